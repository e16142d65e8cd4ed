"""Words from data in a file: nothing that a file format cannot hold, and lines that fit."""

import re
import textwrap

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_GLYPH_WIDTH = 0.52


def clean(text: str) -> str:
    """Return the text without the characters that XML forbids; they become U+FFFD, so that nothing vanishes unseen."""
    return _UNPRINTABLE.sub("\ufffd", text)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break one paragraph into lines for a width, both in the unit of the font `size`.

    The average glyph of a sans serif face is taken as 0.52 of its size, a little more than it is, so that lines do
    not run over.
    """
    return textwrap.wrap(clean(" ".join(text.split())), max(10, int(width / (size * _GLYPH_WIDTH)))) or [""]
