"""Bytes of a text file as text, with the encoding that was found."""

import codecs
import re

from ite.errors import ReadError
from ite.trial.labels import shown

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte-order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PROBE = 4_000


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Raises
    ------
    ReadError
        Where the bytes are no text in any encoding we know; the line is named.
    """
    text, encoding = _decode(data, name)
    text = text.removesuffix("\x1a")
    control = _CONTROL.search(text)
    if control is not None:
        what = "a null byte" if control.group() == "\x00" else f"the control character {ord(control.group())}"
        raise ReadError(
            f"The file {shown(name)} should be plain text, but line {_line(text, control.start())} holds {what}; "
            "it is damaged or another kind of file. Save it again as CSV."
        )
    return text, encoding


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for mark, codec, label in _MARKS:
        if data.startswith(mark):
            return _strictly(data, codec, label, name), label
    wide = _wide_codec(data[:_PROBE])
    if wide is not None:
        return _strictly(data, wide, "UTF-16", name), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        replaced = data.decode("utf-8", errors="replace")
        valid = sum(character > "\x7f" and character != "\ufffd" for character in replaced)
        if valid > replaced.count("\ufffd"):
            raise _wrong(data, error.start, "UTF-8", name) from error
    return _strictly(data, "cp1252", "Windows-1252", name), "Windows-1252 (Western European)"


def _strictly(data: bytes, codec: str, label: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _wrong(data, error.start, label, name) from error


def _wrong(data: bytes, place: int, label: str, name: str) -> ReadError:
    byte = f" (byte {data[place]:#04x})" if place < len(data) else ""
    line = data[:place].count(b"\n") + 1
    return ReadError(
        f"The file {shown(name)} looks like {label} text, but line {line} holds a character that is not{byte}; "
        "save it again with the encoding UTF-8."
    )


def _wide_codec(start: bytes) -> str | None:
    """Return the codec of UTF-16 text without a mark: every other byte of Western text is null."""
    pairs = len(start) // 2
    if pairs < 4:
        return None
    low, high = start[0 : 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    if high > 0.7 * pairs and low == 0:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 * pairs and high == 0 else None


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
