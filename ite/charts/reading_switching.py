"""Sentences about survival where controls switched to treatment."""

import math

from ite.charts.scale import three_digits
from ite.value.switching import SwitchAdjusted


def switching_sentence(found: SwitchAdjusted, arm: str) -> str:
    """Say how many controls switched and by how much treatment stretches time had none done so."""
    start = f"{found.switched:,} of {found.controls:,} controls switched to {arm}."
    if not math.isfinite(found.factor):
        return (
            f"{start} No factor between 1/20 and 20 makes the untreated times of the arms alike, so none can be told."
        )
    limits = [three_digits(limit) if math.isfinite(limit) else "no limit" for limit in (found.lower, found.upper)]
    return (
        f"{start} Under treatment the time to the event lasts about {three_digits(found.factor)} times as long as "
        f"without (95 % interval {limits[0]} to {limits[1]}), had no control switched. This rests on treatment working "
        'alike before and after a switch, which makes it never beyond "suggestive".'
    )
