"""The one shape of a result, on screen and in every export."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import pandas as pd

from ite.charts.theme import Theme
from ite.report.provenance import Provenance

EXPLORATORY = (
    "Exploratory: this result was chosen after looking at the data. Read it as a question for the next trial, "
    "not as an answer."
)
_LONGEST_NAME = 60


class Drawing(Protocol):
    """What can be turned into a Vega-Lite specification, such as an Altair chart."""

    def to_dict(self) -> dict[str, Any]:
        """Return the specification."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ResultBlock:
    """A result as its reader meets it: title in words, one sentence, a figure, and how it came about.

    All texts are plain: whatever stands in the data is shown as it is written, never as markup.

    Attributes
    ----------
    key : str
        Name of the kind of result, such as "benefit-by-biomarker"; begins the names of exported files.
    title, sentence
        The result in words, and its one-sentence reading.
    chart : function theme -> Altair chart, or None
        Draws the figure for "light" or "dark"; None where the table is the figure.
    alt : str
        What stands for the figure where it cannot be seen.
    data : DataFrame
        The numbers behind the figure, tidy, with everything a reader needs as columns (the index is not shown).
    method : str
        The "n and method" line.
    code : str
        Python that computes the numbers again and prints them.
    how_to_read : str
        What the figure says and what it does not; paragraphs parted by an empty line.
    provenance : Provenance
    exploratory : bool
        Whether the data chose this result; it is then marked so everywhere.
    """

    key: str
    title: str
    sentence: str
    alt: str
    data: pd.DataFrame
    method: str
    code: str
    how_to_read: str
    provenance: Provenance
    chart: Callable[[Theme], Drawing] | None = None
    exploratory: bool = False

    @property
    def file_stem(self) -> str:
        """Name for exported files, without extension: ASCII letters, digits, hyphens; ends with the data's digest."""
        ascii_key = unicodedata.normalize("NFKD", self.key).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", ascii_key.lower()).strip("-")[:_LONGEST_NAME].strip("-")
        return f"{slug or 'result'}-{re.sub(r'[^0-9a-z]', '', self.provenance.digest.lower())[:8] or 'data'}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """`how_to_read`, paragraph by paragraph."""
        return tuple(part.strip() for part in self.how_to_read.split("\n\n") if part.strip())
