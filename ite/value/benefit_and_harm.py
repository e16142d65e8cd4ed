"""Benefit and harm of a treatment in people: numbers needed to treat and to harm, and the chance of each."""

from dataclasses import dataclass

from ite.errors import ValuationError
from ite.estimation.nnt import NumberNeededToTreat
from ite.value.icon_array import IconCounts, icon_counts


@dataclass(frozen=True, kw_only=True)
class BenefitAndHarm:
    """How many are helped and how many harmed, as absolute differences to control.

    Attributes
    ----------
    gain : float
        Absolute increase of good outcomes, a fraction; negative where treatment has fewer.
    harm : float
        Absolute increase of harms, a fraction; negative where treatment spares them.
    """

    gain: float
    harm: float

    def __post_init__(self) -> None:
        """Refuse what is no difference of two shares."""
        for value in (self.gain, self.harm):
            if not -1 <= value <= 1:
                raise ValuationError(
                    f"A difference of two risks lies between -100 % and 100 %, but {100 * value:g} % was given. "
                    "Give fractions."
                )

    @property
    def nnt(self) -> float | None:
        """Patients to treat for one more good outcome; None where treatment gives no more of them."""
        return 1 / self.gain if self.gain > 0 else None

    @property
    def nnh(self) -> float | None:
        """Patients to treat for one more harm; None where treatment gives no more of them."""
        return 1 / self.harm if self.harm > 0 else None

    @property
    def likelihood_helped_or_harmed(self) -> float | None:
        """How many times likelier help is than harm, NNH / NNT; None where one of the two is not defined.

        Source: Straus & McAlister 2000, CMAJ 162:1581-1583 (likelihood to be helped or harmed).
        """
        return self.gain / self.harm if self.gain > 0 and self.harm > 0 else None

    def extra_outcomes(self, treated: float) -> float:
        """Return good outcomes gained among so many treated, not rounded."""
        return self.gain * treated

    def extra_harms(self, treated: float) -> float:
        """Return harms added among so many treated, not rounded."""
        return self.harm * treated

    def icons(self, people: int = 100) -> IconCounts:
        """Return how many of 100 or 1,000 people are helped, harmed and unchanged.

        Where treatment has fewer good outcomes these count as harmed, and where it spares harms as helped.
        """
        helped = max(self.gain, 0.0) + max(-self.harm, 0.0)
        harmed = max(self.harm, 0.0) + max(-self.gain, 0.0)
        return icon_counts(helped, harmed, people)


def benefit_and_harm_from_numbers(nnt: float, nnh: float) -> BenefitAndHarm:
    """Return benefit and harm as told by a number needed to treat and one needed to harm, each 1 or more.

    Source: Laupacis, Sackett & Roberts 1988, NEJM 318:1728-1733.
    """
    for number, name in ((nnt, "treat"), (nnh, "harm")):
        if not number >= 1:
            raise ValuationError(f"A number needed to {name} is at least 1, but {number:g} was given. Correct it.")
    return BenefitAndHarm(gain=1 / nnt, harm=1 / nnh)


def benefit_and_harm(benefit: NumberNeededToTreat, harm: NumberNeededToTreat) -> BenefitAndHarm:
    """Return benefit and harm of two estimates; both are absolute reductions, so an added harm is negative."""
    return BenefitAndHarm(gain=benefit.reduction, harm=-harm.reduction)
