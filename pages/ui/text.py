"""Words from data on a page: shown as they are written, never as Markdown."""

import re

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_INLINE = re.compile(r"([\\`*_\[\]<>~$|&])")
_IN_ONE_FIGURE = re.compile(r"(?<=[\d%]) (?=[%±])|(?<=±) (?=\d)")
_LEADING = re.compile(r"^(#{1,6}|[+\-=])")
_LEADING_NUMBER = re.compile(r"^(\d+)([.)])")
# Streamlit finds these in the text after Markdown has been read, so a backslash does not stop it: links without
# brackets, e-mail addresses, :emoji: and :colour[..], and arrows such as -> and --. An invisible joiner does.
_JOINER = "\u2060"
_LATE = re.compile(
    r"((?<=\w)@(?=\w)|www(?=\.)|:(?=[\w+\-/]*:|[a-z]|//)|-(?=-|\\?>)|\\?[<>~](?==)|\\?<(?=-))", re.IGNORECASE
)


def plain(text: object) -> str:
    """Return Markdown that shows `text` exactly as it is written, on one line.

    Use it for every title, sentence, label or caption that holds words from data or files: a column named ``*x*`` keeps
    its stars, ``<b>`` stays text, and ``:smile:`` is no emoji. Line breaks and control characters become spaces.
    """
    line = _UNPRINTABLE.sub(" ", str(text)).strip()
    line = _INLINE.sub(r"\\\1", line)
    line = _LEADING.sub(r"\\\1", line)
    line = _LEADING_NUMBER.sub(r"\1\\\2", line)
    return _LATE.sub(rf"\1{_JOINER}", line)


def unbroken(text: str) -> str:
    """Return text whose figures stay on one line: "66.9 % ± 0.5 %" is not cut at the end of a line."""
    return _IN_ONE_FIGURE.sub("\u00a0", text)
