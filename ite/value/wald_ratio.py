"""The Wald ratio of an instrument, with an interval that stays right when the instrument is weak.

Legend: r is the instrument's effect on the outcome (reduced form), f its effect on treatment (first stage), v their
variances and covariance; the ratio is r / f.
"""

import math
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field
from scipy.special import ndtri

from ite.errors import ValuationError
from ite.value.fields import Finite, NotNegative, ValueSettings

#: Shapes that the set of ratios not rejected can have.
SetShape = Literal["interval", "outside an interval", "half-line", "every value"]
#: Below this first-stage F the usual interval misleads (Staiger & Stock 1997, Econometrica 65:557-586).
WEAK_BELOW = 10.0
_ROUNDING = 1e-9


class Instrument(ValueSettings):
    """What is known of an instrument.

    Attributes
    ----------
    reduced_form, first_stage
        Its effect on the outcome and on treatment received, for the same contrast of the instrument.
    reduced_form_se, first_stage_se
        Their standard errors.
    covariance
        Of the two; 0 where they come from separate samples.
    confidence
        Of the intervals.
    """

    called: ClassVar[str] = "An instrument"

    reduced_form: Finite = Field(title="Effect on the outcome")
    reduced_form_se: NotNegative = Field(title="Standard error of the effect on the outcome")
    first_stage: Finite = Field(title="Effect on treatment received")
    first_stage_se: NotNegative = Field(default=0.0, title="Standard error of the effect on treatment received")
    covariance: Finite = Field(default=0.0, title="Covariance of the two effects")
    confidence: float = Field(default=0.95, gt=0, lt=1, title="Confidence (%)")


class Piece(NamedTuple):
    """A closed interval; limits may be infinite."""

    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True, eq=False)
class WaldRatio:
    """Effect of treatment among those whom the instrument moves.

    Attributes
    ----------
    effect : float or None
        None without a first stage.
    se_first_order : float or None
        Standard error that takes the first stage as known.
    se_delta : float or None
        Standard error by the delta method.
    delta : Piece or None
        Interval from it: misleading where the instrument is weak.
    accepted : tuple of Piece
        The Anderson-Rubin (Fieller) set: every ratio that is not rejected. It covers whatever the instrument's
        strength, and is not bounded where the first stage is not distinct from 0.
    shape : str
        Of that set, in words.
    first_stage_f : float or None
        Squared first stage over its variance; None where that is 0.
    """

    spec: Instrument
    effect: float | None
    se_first_order: float | None
    se_delta: float | None
    delta: Piece | None
    accepted: tuple[Piece, ...]
    shape: SetShape
    first_stage_f: float | None

    @property
    def weak(self) -> bool:
        """Whether the first-stage F is below 10, so that the delta interval should not be read."""
        return self.first_stage_f is not None and self.first_stage_f < WEAK_BELOW


def wald_ratio(spec: Instrument) -> WaldRatio:
    """Return the ratio of the two effects of an instrument.

    Raises
    ------
    ValuationError
        If the covariance is larger than the standard errors allow.

    Source: Wald 1940, Annals of Mathematical Statistics 11:284-300; Fieller 1954, JRSS B 16:175-185;
    Anderson & Rubin 1949, Annals of Mathematical Statistics 20:46-63.
    """
    most = spec.reduced_form_se * spec.first_stage_se
    if abs(spec.covariance) > most * (1 + _ROUNDING):
        nearest = math.copysign(most, spec.covariance)
        raise ValuationError(
            f"The covariance of the two effects should be at most the product of their standard errors, {most:.6g}, "
            f"but {spec.covariance:.6g} was given. The nearest possible value is {nearest:.6g}."
        )
    z = float(ndtri(0.5 + spec.confidence / 2))
    effect = spec.reduced_form / spec.first_stage if spec.first_stage else None
    se = None if effect is None else _delta_se(spec, effect)
    accepted, shape = _accepted(spec, z)
    return WaldRatio(
        spec=spec,
        effect=effect,
        se_first_order=None if effect is None else spec.reduced_form_se / abs(spec.first_stage),
        se_delta=se,
        delta=None if effect is None or se is None else Piece(effect - z * se, effect + z * se),
        accepted=accepted,
        shape=shape,
        first_stage_f=(spec.first_stage / spec.first_stage_se) ** 2 if spec.first_stage_se else None,
    )


def _delta_se(spec: Instrument, effect: float) -> float:
    return math.sqrt(_variance(spec, effect)) / abs(spec.first_stage)


def _variance(spec: Instrument, effect: float) -> float:
    """Return the variance of r - effect f."""
    found = spec.reduced_form_se**2 - 2 * effect * spec.covariance + (effect * spec.first_stage_se) ** 2
    return max(found, 0.0)


def _accepted(spec: Instrument, z: float) -> tuple[tuple[Piece, ...], SetShape]:
    """Solve (r - x f)^2 <= z^2 (v_r - 2 x v_rf + x^2 v_f), that is a x^2 - 2 b x + c <= 0."""
    a = spec.first_stage**2 - (z * spec.first_stage_se) ** 2
    b = spec.reduced_form * spec.first_stage - z**2 * spec.covariance
    c = spec.reduced_form**2 - (z * spec.reduced_form_se) ** 2
    if a == 0:
        return _half_line(b, c)
    inside = b**2 - a * c
    if a > 0:
        low, high = _roots(a, b, max(inside, 0.0))
        return (Piece(low, high),), "interval"
    if inside <= 0:
        return (Piece(-math.inf, math.inf),), "every value"
    low, high = _roots(a, b, inside)
    return (Piece(-math.inf, low), Piece(high, math.inf)), "outside an interval"


def _half_line(b: float, c: float) -> tuple[tuple[Piece, ...], SetShape]:
    """Solve -2 b x + c <= 0."""
    if b == 0:
        return (Piece(-math.inf, math.inf),), "every value"
    limit = c / (2 * b)
    return ((Piece(limit, math.inf) if b > 0 else Piece(-math.inf, limit)),), "half-line"


def _roots(a: float, b: float, inside: float) -> tuple[float, float]:
    one, other = (b - math.sqrt(inside)) / a, (b + math.sqrt(inside)) / a
    return min(one, other), max(one, other)
