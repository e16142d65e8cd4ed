"""How much or how long to treat: where one more unit of exposure damages more than it controls."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from ite.charts.reading_value_desk_dose import sweet_spot_sentence
from ite.charts.value_desk_sweet_spot import best_exposure_table, sweet_spot_chart, sweet_spot_table
from ite.errors import ValuationError
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.sweet_spot import SweetSpot, sweet_spot
from ite.value.uncertain_sweet_spot import UncertainExposure, UncertainSweetSpot, uncertain_sweet_spot
from pages.panels.value.desk_fields import slider
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import number
from pages.ui.sourced import Sources, sourced, sources
from pages.ui.words_field import words_field

_HOW_TO_READ = """\
Control rises fast and levels off; damage comes later and keeps rising. Utility is control less damage times its \
weight. The vertical line is the exposure of largest expected utility over what is not known of the two rates; the \
shaded part is where the best exposure lies with 95 % probability.

Where damage comes as fast as benefit, or counts enough, no exposure is better than none: "do not treat". The curves \
are drawn at the typed rates. Both follow 1 less an exponential, which is an assumption about their shape."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """The best exposure, at the typed rates and over draws of them."""

    spec: UncertainExposure
    spot: SweetSpot
    found: UncertainSweetSpot
    unit: str
    told: Sources


def draw() -> None:
    """Draw the rates and, beside them, the best exposure."""
    left, right = st.columns([5, 8], gap="medium")
    with left:
        weight = slider("Weight of damage", 8, 1, "vd-damage", "What full damage counts against full control.")
        unit = words_field("Unit of exposure", "weeks", "vd-unit", longest=20).strip()
        benefit = _rate("Rate of benefit", 0.5, 0.1, "vd-rate")
        damage = _rate("Rate of damage", 0.1, 0.02, "vd-damage-rate")
        longest = number("Longest exposure", 20.0, "vd-longest", "The most that can be given.", step=1.0)
        with st.expander("Sources"):
            numbers = {
                "rate of benefit": (benefit[0], f"per unit of {unit}"),
                "rate of damage": (damage[0], "likewise"),
            }
            numbers["weight of damage"] = (weight, "full controls")
            texts = sources(numbers, "vd-spot")

    def make() -> Spot:
        spec = UncertainExposure(
            benefit_rate=benefit[0],
            damage_rate=damage[0],
            damage_weight=weight,
            longest=longest,
            benefit_variation=_variation(*benefit),
            damage_variation=_variation(*damage),
        )
        found = uncertain_sweet_spot(spec, seed=0)
        told = sourced(numbers, texts)
        return Spot(spec=spec, spot=sweet_spot(spec), found=found, unit=unit or "units", told=told)

    with right:
        spot = attempt("value-desk-spot", make)
        if spot is not None:
            _result(spot)


def _rate(label: str, rate: float, error: float, key: str) -> tuple[float, float]:
    left, right = st.columns(2)
    with left:
        typed = number(
            label, rate, key, "Per unit of exposure; the half of its effect is reached at 0.69 / rate.", step=0.05
        )
    with right:
        return typed, number("Standard error", error, f"{key}-se", f"Of the {label.lower()}.", step=0.01)


def _variation(rate: float, error: float) -> float:
    """Return the standard error over the rate; the settings refuse a rate that is not above 0, in their own words."""
    if error < 0:
        raise ValuationError(f"A standard error should be at least 0, but {error:g} was given. Correct it.")
    return error / rate if rate > 0 else 0.0


def _result(spot: Spot) -> None:
    figure.show(
        ResultBlock(
            key="desk-sweet-spot",
            title="How much, or how long, to treat?",
            sentence=sweet_spot_sentence(spot.spot, spot.found, spot.unit),
            **figure.drawn(partial(sweet_spot_chart, spot.spot, spot.found, spot.unit)),
            data=sweet_spot_table(spot.spec),
            method=f"Typed rates, log-normal with the standard errors given; {spot.found.draws:,} draws. "
            f"Sources: {spot.told.words}.",
            code=design_code(
                {"spec": spot.spec},
                [sweet_spot_table, best_exposure_table],
                "sweet_spot_table(spec)",
                ["print(best_exposure_table(spec))"],
            ),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(spot.spec, spot.told, seed=0),
        ),
        "desk-sweet-spot",
    )
