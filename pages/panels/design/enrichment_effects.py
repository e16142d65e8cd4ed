"""What is assumed of the outcome in the subgroup and outside it."""

import streamlit as st

from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from pages.panels.design.enrichment_field import keyed, number, share, slider

_IN, _OUT = "in the subgroup", "outside it"
_EFFECT, _RATIO, _RATE = (-1.0, 1.5, 0.01), (0.2, 2.0, 0.01), (0.0, 100.0, 1.0)


def effects(
    outcome: MeansByStratum | RatesByStratum | HazardsByStratum,
) -> MeansByStratum | RatesByStratum | HazardsByStratum:
    """Draw the assumed effects, first in the subgroup, then outside, and return the outcome."""
    if isinstance(outcome, MeansByStratum):
        return _means(outcome)
    return _rates(outcome) if isinstance(outcome, RatesByStratum) else _event_times(outcome)


def _means(outcome: MeansByStratum) -> MeansByStratum:
    hint = (
        "Difference of means, treatment minus control, in standard deviations of the outcome. Positive is benefit; 0.2 "
        "is often called small, 0.5 medium."
    )
    standardised = [
        slider(f"Effect {where} (in SDs)", f"effect_{place}", round(effect / sd, 6), _EFFECT, hint)
        for where, place, effect, sd in zip((_IN, _OUT), ("in", "out"), outcome.effects, outcome.sds, strict=True)
    ]
    sds = [
        number(f"Standard deviation {where}", f"sd_{place}", sd, (1e-3, 1e5, 0.1), "Of the outcome, within an arm.")
        for where, place, sd in zip((_IN, _OUT), ("in", "out"), outcome.sds, strict=True)
    ]
    return MeansByStratum(effects=tuple(e * sd for e, sd in zip(standardised, sds, strict=True)), sds=tuple(sds))


def _rates(outcome: RatesByStratum) -> RatesByStratum:
    higher = st.toggle(
        "A higher rate is better",
        value=outcome.higher_is_better,
        help="Off where the rate counts bad events, such as relapse.",
        **keyed("higher"),
    )
    arms = {
        arm: tuple(
            share(f"{words} {where}", f"{arm}_{place}", rate, _RATE)
            for where, place, rate in zip((_IN, _OUT), ("in", "out"), getattr(outcome, arm), strict=True)
        )
        for arm, words in (("treatment", "Rate under treatment"), ("control", "Rate under control"))
    }
    return RatesByStratum(**arms, higher_is_better=higher)


def _event_times(outcome: HazardsByStratum) -> HazardsByStratum:
    hint = "Hazard of an event under treatment over that under control. Below 1 is benefit."
    return HazardsByStratum(
        hazard_ratios=tuple(
            slider(f"Hazard ratio {where}", f"ratio_{place}", ratio, _RATIO, hint)
            for where, place, ratio in zip((_IN, _OUT), ("in", "out"), outcome.hazard_ratios, strict=True)
        )
    )
