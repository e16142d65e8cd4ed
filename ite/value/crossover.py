"""What a trial shows when controls get the treatment and treated patients do not take it."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from ite.value.fields import Finite, Share, ValueSettings

_ROUNDING = 1e-12


class Crossover(ValueSettings):
    """An effect that is the same for everybody, and how far the arms were mixed.

    Attributes
    ----------
    effect
        Of being treated.
    crossover
        Share of controls who get the treatment.
    noncompliance
        Share of the treated arm who do not take it.
    """

    called: ClassVar[str] = "Crossover"

    effect: Finite = Field(title="Effect of treatment")
    crossover: Share = Field(default=0.0, title="Controls who get the treatment (%)")
    noncompliance: Share = Field(default=0.0, title="Treated arm without treatment (%)")


@dataclass(frozen=True, kw_only=True, eq=False)
class DilutedEffect:
    """What is left of an effect.

    Attributes
    ----------
    contrast : float
        Share treated in the treated arm minus that among controls; below 0 if more controls were treated.
    assignment : float
        Effect that the arms as randomised show (intention to treat).
    adjusted : float or None
        That effect over the contrast: the effect of treatment again; None where the arms were treated alike.
    size_factor : float or None
        How many times the patients show the diluted effect with the same power; None where none would do.
    """

    spec: Crossover
    contrast: float
    assignment: float
    adjusted: float | None
    size_factor: float | None


def diluted_effect(spec: Crossover) -> DilutedEffect:
    """Return what crossover and non-compliance leave of an effect that is the same for everybody.

    Source: contamination-adjusted intention to treat (Sussman & Hayward 2010, BMJ 340:c2073).
    """
    contrast = 1 - spec.crossover - spec.noncompliance
    if abs(contrast) < _ROUNDING:
        return DilutedEffect(spec=spec, contrast=0.0, assignment=0.0, adjusted=None, size_factor=None)
    assignment = spec.effect * contrast
    return DilutedEffect(
        spec=spec,
        contrast=contrast,
        assignment=assignment,
        adjusted=assignment / contrast,
        size_factor=1 / contrast**2,
    )
