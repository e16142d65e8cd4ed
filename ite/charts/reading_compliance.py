"""Sentences about a trial in which not everybody had the treatment they were assigned."""

import math

from ite.charts.scale import EffectUnit
from ite.value.compliance import Compliance
from ite.value.wald_ratio import WaldRatio

PER_PROTOCOL_WARNING = (
    "Per protocol compares those who kept to what was drawn. They chose to, so that the comparison is no longer a "
    "randomised one and may be wrong by as much as the choice matters."
)


def complier_sentence(found: Compliance, unit: EffectUnit, control: str) -> str:
    """Say what assignment does, what having the treatment does among compliers, and how sure that is."""
    assignment, ratio = found.assignment, found.complier
    moved = 100 * ratio.spec.first_stage
    start = (
        f"Being assigned to {found.arm} brings a benefit of "
        f"{unit.label(assignment.estimate, assignment.lower, assignment.upper)} ({unit.scale_words}); {moved:.0f} % "
        f"more of those assigned than of {control} had the treatment."
    )
    if ratio.effect is None:
        return f"{start} Assignment moved nobody, so that nothing is known of having the treatment."
    return (
        f"{start} Among those whom assignment moved, having it brings {unit.number(ratio.effect)}; "
        f"{_limits(ratio, unit)} This rests on assignment acting through treatment alone, which makes it never beyond "
        '"suggestive".'
    )


def _limits(ratio: WaldRatio, unit: EffectUnit) -> str:
    if not ratio.weak:
        return f"the 95 % interval is {unit.interval(*ratio.delta)}." if ratio.delta else ""
    weak = f"assignment moved few (F = {ratio.first_stage_f:.1f}, below 10), so that the Anderson-Rubin set counts:"
    if ratio.shape == "every value":
        return f"{weak} no effect is excluded."
    pieces = [_piece(piece.lower, piece.upper, unit) for piece in ratio.accepted]
    return f"{weak} {' or '.join(pieces)}."


def _piece(lower: float, upper: float, unit: EffectUnit) -> str:
    if math.isinf(lower):
        return f"at most {unit.number(upper)}"
    return f"at least {unit.number(lower)}" if math.isinf(upper) else unit.interval(lower, upper)
