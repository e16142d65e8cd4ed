"""The number needed to treat of patients with another risk: one relative effect, many absolute ones."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import get_args

import streamlit as st

from ite.charts.reading_value_patients import baseline_number, baseline_sentence
from ite.charts.value_patients_baseline import baseline_chart, baseline_grid
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.arm_risks import relative_effect
from ite.value.baseline_risk import Measure, RelativeEffect, nnt_by_baseline_risk
from pages.panels.value.patients_card import Card
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import choice, number, percent

_MEASURES: dict[str, Measure] = {measure.capitalize(): measure for measure in get_args(Measure)}
_TABLE = "nnt_by_baseline_risk(effect, baseline_grid(effect))"
_HOW_TO_READ = """\
A treatment that takes the same part off every risk helps those most who are at most risk. The line is the number of \
patients treated for one who is spared the bad outcome, by the risk they would have without treatment; the band is the \
95 % interval of the relative effect, the risk itself taken as known.

The scale is that of the risk reduction, with its numbers needed to treat written beside it: a reduction of 10 % is \
one in 10. So an interval that includes no difference passes through infinity, where it belongs.

That the relative effect is the same at every risk is an assumption. A constant risk ratio and a constant odds ratio \
agree where risks are low and part where they are high."""


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A relative effect, the baseline risk that is asked about, and the card whose arms it comes from, if any."""

    effect: RelativeEffect
    risk: float
    card: Card | None
    number: str

    @property
    def own(self) -> float | None:
        """Risk in the control arm."""
        risks = None if self.card is None else self.card.found.risks
        return None if risks is None else risks.control.risk

    @property
    def code(self) -> str:
        """Python that draws the curve again."""
        if self.card is None:
            return design_code({"effect": self.effect}, [baseline_grid, nnt_by_baseline_risk], _TABLE)
        step = f'effect = relative_effect("{self.effect.measure}", found.risks)'
        return self.card.code(_TABLE, [baseline_grid, nnt_by_baseline_risk, relative_effect], [step])


def baseline(card: Card) -> None:
    """Draw the settings and the curve."""
    left, right = st.columns([4, 8], gap="large")
    found = card.found.risks
    with left:
        words = "Held the same at every risk. On the bad outcome: below 1 is benefit."
        measure = _MEASURES[choice("Relative effect", list(_MEASURES), "vp-measure", words)]
        # Typed numbers tell no relative effect; two arms do.
        effect_of = _typed(measure) if found is None else partial(relative_effect, measure, found)
        words = "Of the bad outcome, without treatment, in the patients you ask about."
        risk = percent("Risk without treatment", (1, 90), 20, "vp-risk", words)

    def make() -> Curve:
        effect = effect_of()
        source = None if found is None else card
        return Curve(effect=effect, risk=risk, card=source, number=baseline_number(effect, risk))

    with right:
        curve = attempt(f"value-baseline-{found is None}", make)
        if curve is not None:
            _result(curve)


def _typed(measure: Measure) -> Callable[[], RelativeEffect]:
    """Draw the fields of a relative effect; return what makes it."""
    estimate = number("Estimate", 0.75, "vp-ratio", "Treatment over control.", step=0.05)
    lower = number("Lower limit", 0.65, "vp-ratio-lower", "Of its 95 % interval.", step=0.05)
    upper = number("Upper limit", 0.87, "vp-ratio-upper", "Of its 95 % interval.", step=0.05)
    return lambda: RelativeEffect(measure=measure, estimate=estimate, lower=lower, upper=upper)


def _result(curve: Curve) -> None:
    effect, card = curve.effect, curve.card
    where = "Typed relative effect" if card is None else "Relative effect of the arms, crude"
    figure.show(
        ResultBlock(
            key="value-baseline",
            title="And for patients at another risk?",
            sentence=baseline_sentence(effect, curve.risk),
            **figure.drawn(partial(baseline_chart, effect, curve.risk, curve.own, curve.number)),
            data=nnt_by_baseline_risk(effect, baseline_grid(effect)),
            method=f"{where}, held constant over baseline risk; its limits carried over, the risk taken as known.",
            code=curve.code,
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(effect) if card is None else card.provenance(effect),
        ),
        "value-baseline",
    )
