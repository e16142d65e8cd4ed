"""What a user may choose about the next trial: whom to enrol, how many, and how it is tested."""

from typing import Annotated, Literal, Self, TypedDict

from pydantic import Field, model_validator

from ite.design.alternatives.resources import Resources
from ite.design.fitted.best_fraction import Goal
from ite.design.fixed.spec import Alpha, DesignSpec, Finite
from ite.errors import DesignError
from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import PREDICTED_BENEFIT
from ite.subgroup.slice import Slice
from ite.trial.data import BoolArray, TrialData

#: Largest number of patients that a next trial is planned with.
LARGEST_TRIAL = 1_000_000
_CHOICES = ("enrol", "min_benefit", "slice", "rule")


class TwoMarkerRule(DesignSpec):
    """Patients chosen by two covariates.

    Attributes
    ----------
    first, second
        A slice of each covariate.
    combine
        Enrolled if in both slices ("and") or in at least one ("or").
    """

    first: Slice
    second: Slice
    combine: Literal["and", "or"] = "and"

    @property
    def predicate(self) -> str:
        """Who is enrolled, as a reader would write it."""
        return f"{self.first.predicate} {self.combine} {self.second.predicate}"

    def mask(self, trial: TrialData, effects: EffectEstimate) -> BoolArray:
        """Return who is enrolled, shape (patients,); a missing value is in no slice."""
        one, other = self.first.mask(trial, effects), self.second.mask(trial, effects)
        return one & other if self.combine == "and" else one | other


class Settings(TypedDict, total=False):
    """Fields of `NextTrialSpec` but for the arm, as keywords."""

    enrol: float | Literal["best"] | None
    min_benefit: float | None
    slice: Slice | None
    rule: TwoMarkerRule | None
    n: int | None
    events: int | None
    alpha: float
    looks: int
    target: float
    drop_out: float
    goal: Goal
    resources: Resources
    currency: str


class NextTrialSpec(DesignSpec):
    """A randomised 1:1 trial of one arm against control in some of the patients; exactly one way to choose them.

    Attributes
    ----------
    arm
        The treated arm.
    enrol
        Share of patients enrolled, those with the greatest predicted benefit; "best" takes the fraction that serves
        `goal` best, and everybody where all-comers are not beaten.
    min_benefit
        Enrol who is predicted to benefit by at least so much, on the scale of the effects, after shrinkage.
    slice, rule
        Enrol a named slice of a covariate, or by two of them.
    n, events
        Patients randomised in both arms; or, for a time-to-event outcome, the events expected among them by the
        horizon. With neither, as many patients as the target assurance needs.
    alpha
        One-sided level.
    looks
        Analyses, equally spaced, with the Lan-DeMets boundary of the O'Brien-Fleming kind.
    target
        Assurance that sizes are found for.
    drop_out
        Share of randomised patients without an outcome.
    goal
        What "best" makes small: patients randomised, patients screened, or cost.
    resources
        Rates and prices; what is not known stays unknown.
    currency
        What the prices are counted in; for words alone.
    """

    arm: str
    enrol: Annotated[float, Field(gt=0, le=1)] | Literal["best"] | None = None
    min_benefit: Finite | None = None
    slice: Slice | None = None
    rule: TwoMarkerRule | None = None
    n: int | None = Field(default=None, ge=20, le=LARGEST_TRIAL)
    events: int | None = Field(default=None, ge=10, le=LARGEST_TRIAL)
    alpha: Alpha = 0.025
    looks: int = Field(default=1, ge=1, le=10)
    target: float = Field(default=0.8, ge=0.5, le=0.99)
    drop_out: float = Field(default=0.0, ge=0, le=0.9)
    goal: Goal = "randomised"
    resources: Resources = Resources()
    currency: str = Field(default="money units", min_length=1, max_length=20)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        given = [name for name in _CHOICES if getattr(self, name) is not None]
        if len(given) != 1:
            found = "none was given" if not given else f"{' and '.join(map(repr, given))} were given"
            raise DesignError(
                f"Patients are chosen in exactly one way of {', '.join(map(repr, _CHOICES))}, but {found}. Give one."
            )
        if self.n is not None and self.events is not None:
            raise DesignError("The size is given in patients (n) or in events, but both were given. Leave one out.")
        for chosen in self.slices:
            if chosen.arm != self.arm:
                raise DesignError(f"The next trial tests {self.arm}, but the slice is of {chosen.arm}. Name one arm.")
            if chosen.axis == PREDICTED_BENEFIT:
                raise DesignError(
                    "A slice of the predicted benefit is chosen with 'enrol' or 'min_benefit'. Give one of the two."
                )
        return self

    @property
    def slices(self) -> tuple[Slice, ...]:
        """Return the slices that choose patients, none where predicted benefit does."""
        if self.slice is not None:
            return (self.slice,)
        return () if self.rule is None else (self.rule.first, self.rule.second)
