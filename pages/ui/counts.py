"""Counts as they are typed into a cell: patients of patients, such as 12 of 20."""

import re

from ite.errors import ValuationError

_COUNTS = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:of|/)\s*(\d+(?:\.\d+)?)\s*", re.IGNORECASE)
_LONGEST = 40


def read_counts(words: object, of_whom: str) -> tuple[float, float]:
    """Read "12 of 20" or "12/20".

    Raises
    ------
    ValuationError
        For anything else; `of_whom` names whose counts they are.
    """
    found = _COUNTS.fullmatch(str(words))
    if found is None:
        raise ValuationError(
            f"The counts of {of_whom} should be patients of patients, such as 12 of 20, but "
            f"'{str(words)[:_LONGEST]}' was given. Type them like that."
        )
    return float(found[1]), float(found[2])
