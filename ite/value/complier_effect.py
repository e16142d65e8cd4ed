"""Whose effect an instrument shows: the compliers', which need not be everybody's.

Legend: the always-takers are treated whatever they are assigned, the never-takers never, the compliers as assigned;
nobody does the opposite of what is assigned, and assignment acts through treatment alone.
"""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from ite.value.fields import Finite, Share, ValueSettings, require_whole


class PrincipalStrata(ValueSettings):
    """Shares of the three kinds of patients, which add up to 1, and the effect of treatment in each."""

    called: ClassVar[str] = "Compliance"

    share_always: Share = Field(title="Share of always-takers (%)")
    share_never: Share = Field(title="Share of never-takers (%)")
    share_complier: Share = Field(title="Share of compliers (%)")
    effect_always: Finite = Field(title="Effect in always-takers")
    effect_never: Finite = Field(title="Effect in never-takers")
    effect_complier: Finite = Field(title="Effect in compliers")


@dataclass(frozen=True, kw_only=True, eq=False)
class ComplierEffect:
    """The effects that different analyses aim at; positive means benefit where the given effects do.

    Attributes
    ----------
    average : float
        Of treatment, over everybody.
    assignment : float
        Of being assigned (intention to treat).
    first_stage : float
        Of being assigned on being treated: the share of compliers.
    complier : float or None
        Of treatment among compliers, which an instrument shows; None where there are none.
    """

    spec: PrincipalStrata
    average: float
    assignment: float
    first_stage: float
    complier: float | None


def complier_effect(spec: PrincipalStrata) -> ComplierEffect:
    """Return the average effect, that of assignment, and that among compliers.

    Raises
    ------
    ValuationError
        If the shares do not add up to 1.

    Source: Angrist, Imbens & Rubin 1996, JASA 91:444-455.
    """
    require_whole((spec.share_always, spec.share_never, spec.share_complier), "the three kinds of patients")
    assignment = spec.share_complier * spec.effect_complier
    others = spec.share_always * spec.effect_always + spec.share_never * spec.effect_never
    return ComplierEffect(
        spec=spec,
        average=others + assignment,
        assignment=assignment,
        first_stage=spec.share_complier,
        complier=assignment / spec.share_complier if spec.share_complier > 0 else None,
    )
