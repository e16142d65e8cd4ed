"""Codes of a category replaced by the labels that the file gives them, such as 1 by "Male"."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ite.trial.labels import label_text, shown, shown_list


def labelled(
    names: Sequence[str], columns: Sequence[list[Any]], labels_of: Mapping[str, Mapping[Any, str]]
) -> tuple[list[list[Any]], list[str]]:
    """Return the columns with labels for codes where every value has one, and notes on what was done.

    A column in which only some values have a label is a measurement with special codes: it keeps its numbers, and the
    codes among them are named in a note, for the user to make them missing.

    Parameters
    ----------
    names, columns
        Name and cells of each column; a missing cell is None.
    labels_of
        Label of each code, by column.
    """
    found, replaced, notes = [], [], []
    for name, cells in zip(names, columns, strict=True):
        labels = labels_of.get(name, {})
        present = {cell for cell in cells if cell is not None} if labels else set()
        coded = present & labels.keys()
        if coded and coded == present:
            texts = _texts({code: labels[code] for code in coded})
            found.append([None if cell is None else texts[cell] for cell in cells])
            replaced.append(name)
        else:
            found.append(cells)
        if coded and coded != present:
            notes.append(_special(name, {code: labels[code] for code in coded}))
    if replaced:
        notes.insert(0, f"Codes were replaced by their labels in column {shown_list(replaced)}.")
    return found, notes


def _texts(labels: Mapping[Any, str]) -> dict[Any, str]:
    """Return one text for each code: its label, with the code where two codes share one or it is empty."""
    counts = Counter(label.strip() for label in labels.values())
    return {code: _text(code, label.strip(), counts) for code, label in labels.items()}


def _text(code: object, label: str, counts: Counter[str]) -> str:
    if not label:
        return label_text(code)
    return label if counts[label] == 1 else f"{label} ({label_text(code)})"


def _special(name: str, labels: Mapping[Any, str]) -> str:
    codes = [f"{label_text(code)} = {label.strip()}" for code, label in labels.items()]
    return (
        f"Column {shown(name)} holds values without a label beside labelled codes ({shown_list(sorted(codes))}) and "
        "was left as it is; make a code for 'unknown' missing before you use it."
    )
