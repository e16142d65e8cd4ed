"""What a trial shows when controls get the treatment and treated patients do not take it."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from ite.errors import ValuationError
from ite.value.fields import Share, ValueSettings

_ROUNDING = 1e-12


class MixedArms(ValueSettings):
    """How far the arms of a trial were mixed.

    Attributes
    ----------
    crossover
        Share of controls who get the treatment.
    noncompliance
        Share of the treated arm who do not take it.
    """

    called: ClassVar[str] = "Crossover"

    crossover: Share = Field(default=0.0, title="Controls who get the treatment (%)")
    noncompliance: Share = Field(default=0.0, title="Treated arm without treatment (%)")

    @property
    def contrast(self) -> float:
        """Share treated in the treated arm minus that among controls; below 0 if more controls were treated."""
        contrast = 1 - self.crossover - self.noncompliance
        return 0.0 if abs(contrast) < _ROUNDING else contrast


@dataclass(frozen=True, kw_only=True, eq=False)
class DilutedEffect:
    """What is left of an effect that is the same for everybody.

    Attributes
    ----------
    assignment : float
        What the arms as randomised show (intention to treat).
    size_factor : float or None
        How many times the patients show it with the same power as the whole effect; None where no number would do.
    """

    arms: MixedArms
    assignment: float
    size_factor: float | None


@dataclass(frozen=True, kw_only=True, eq=False)
class AdjustedEffect:
    """What treatment does, from what the arms as randomised show; `se` takes the shares as known."""

    arms: MixedArms
    effect: float
    se: float | None


def diluted_effect(effect: float, arms: MixedArms) -> DilutedEffect:
    """Return what crossover and non-compliance leave of an effect that is the same for everybody."""
    contrast = arms.contrast
    return DilutedEffect(arms=arms, assignment=effect * contrast, size_factor=1 / contrast**2 if contrast else None)


def adjusted_effect(assignment: float, arms: MixedArms, *, se: float | None = None) -> AdjustedEffect | None:
    """Return the effect of treatment behind that of assignment; None where the arms were treated alike.

    Parameters
    ----------
    assignment, se
        Effect by intention to treat, and its standard error where it is known.
    arms
        How far the arms were mixed. The effect must be the same for everybody; else it is that in compliers.

    Raises
    ------
    ValuationError
        If the standard error is below 0.

    Source: contamination-adjusted intention to treat (Sussman & Hayward 2010, BMJ 340:c2073).
    """
    if se is not None and not se >= 0:
        raise ValuationError(f"A standard error should be at least 0, but {se:g} was given. Correct it.")
    contrast = arms.contrast
    if not contrast:
        return None
    return AdjustedEffect(arms=arms, effect=assignment / contrast, se=None if se is None else se / abs(contrast))
