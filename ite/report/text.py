"""Words from data in a file: nothing that a file format cannot hold, and lines that fit."""

import re
import unicodedata

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_NARROW = frozenset("iljtfrI.,:;'|!()[] ·")
_BROAD = frozenset("mwMW@%")


def clean(text: str) -> str:
    """Return the text without the characters that XML forbids; they become U+FFFD, so that nothing vanishes unseen."""
    return _UNPRINTABLE.sub("\ufffd", text)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break one paragraph into lines for a width, both in the unit of the font `size`; a word too long is cut.

    The width of a glyph is that of its kind in a sans serif face, rounded up, so that lines do not run over.
    """
    lines = [""]
    for word in clean(text).split():
        for piece in _pieces(word, width / size):
            joined = f"{lines[-1]} {piece}".strip()
            if _width(joined) * size <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, room: float) -> list[str]:
    pieces = [""]
    for glyph in word:
        if pieces[-1] and _width(pieces[-1] + glyph) > room:
            pieces.append("")
        pieces[-1] += glyph
    return pieces


def _width(text: str) -> float:
    return sum(map(_glyph_width, text))


def _glyph_width(glyph: str) -> float:
    """Width of a glyph as a share of the font's size."""
    if glyph in _NARROW:
        return 0.36
    if glyph in _BROAD:
        return 0.92
    if unicodedata.east_asian_width(glyph) in "WF":
        return 1.0
    return 0.72 if glyph.isupper() else 0.56
