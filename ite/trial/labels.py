"""How single values, rows and columns are written, in comparisons and in sentences."""

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from numbers import Integral, Real

LONGEST_SHOWN = 40
LONGEST_LABEL = 60
ROWS_SHOWN = 5


def label_text(value: object) -> str:
    """Return the text form in which levels are compared: stripped, and 1 for 1, 1.0 and a numeric column's 1.

    A time stamp at midnight is written as its date.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        number = float(value)
        return str(int(number)) if math.isfinite(number) and number == int(number) else repr(number)
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    return str(value).strip()


def shown(value: object) -> str:
    """Return a value as quoted in a sentence: one line, printable characters only, at most 40 of them."""
    text = "".join(character if character.isprintable() else " " for character in label_text(value))
    return f"'{text}'" if len(text) <= LONGEST_SHOWN else f"'{text[: LONGEST_SHOWN - 1]}…'"


def spoken(column: str | None) -> str:
    """Return a column's name as running text says it, for a unit or an axis: spaces for underscores."""
    return (column or "").replace("_", " ").strip()


def called(column: str | None, labels: Mapping[str, str]) -> str:
    """Return what running text calls a column: the label its file gives it, on one line of at most 60 characters.

    A column without a label is called by its name.
    """
    label = "".join(character if character.isprintable() else " " for character in labels.get(column or "", "")).strip()
    if not label:
        return spoken(column)
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"


def shown_list(values: Sequence[object], limit: int = ROWS_SHOWN) -> str:
    """Return values as quoted in a sentence, joined by commas, with the number of those left out."""
    return _joined([shown(value) for value in values], limit)


def shown_rows(positions: Iterable[int], limit: int = ROWS_SHOWN) -> str:
    """Return zero-based positions as data rows counted from 1: "row 3", "rows 3, 8 and 12"."""
    rows = [str(int(position) + 1) for position in positions]
    return f"{'row' if len(rows) == 1 else 'rows'} {_joined(rows, limit)}"


def closest(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the most similar known name, or nothing."""
    by_lower = {candidate.lower(): candidate for candidate in known}
    match = difflib.get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6)
    return f" (did you mean {shown(by_lower[match[0]])}?)" if match else ""


def _joined(texts: Sequence[str], limit: int) -> str:
    if len(texts) > limit:
        return f"{', '.join(texts[:limit])} and {len(texts) - limit} more"
    return " and ".join(part for part in (", ".join(texts[:-1]), texts[-1]) if part) if texts else "none"
