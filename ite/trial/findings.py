"""What a check of the data found, and all findings about one trial."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ite.trial.data import BoolArray

Light = Literal["red", "amber", "green"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One traffic light of the intake report.

    Attributes
    ----------
    light
        red blocks fitting, amber deserves a look, green found nothing.
    name
        What was checked.
    sentence
        What was found, in one or two plain sentences.
    rows
        Positions of the patients concerned, from 0 in the order of the trial; empty where none or all are.
    columns
        Names of the columns concerned.
    remedy
        What to do; empty for green.
    """

    light: Light
    name: str
    sentence: str
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class IntakeReport:
    """All findings about a trial, the reddest first."""

    findings: tuple[Finding, ...]

    @property
    def blocks(self) -> bool:
        """Whether a red finding blocks fitting."""
        return any(finding.light == "red" for finding in self.findings)

    def of_light(self, light: Light) -> tuple[Finding, ...]:
        """Return the findings of one colour."""
        return tuple(finding for finding in self.findings if finding.light == light)


def green(name: str, sentence: str) -> Finding:
    """Return a finding that found nothing."""
    return Finding(light="green", name=name, sentence=sentence)


def positions(mask: BoolArray) -> tuple[int, ...]:
    """Return the positions at which a mask of shape (n,) holds."""
    return tuple(int(position) for position in np.flatnonzero(mask))


def percent(share: float) -> str:
    """Return a share as text: "4.2 %"."""
    return f"{100 * share:.2g} %" if share < 0.1 else f"{100 * share:.0f} %"


def arm_counts(labels: Iterable[str], counts: Iterable[float]) -> str:
    """Return counts by arm as text: "Obs 12, Lev 15"."""
    return ", ".join(f"{label} {count:g}" for label, count in zip(labels, counts, strict=True))
