"""How large the trial is, and when it may stop or choose its size on the way."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from ite.charts.design_enrichment import counted
from ite.design.enrichment.reestimation import Reestimation
from ite.design.enrichment.spec import EnrichmentDesign
from pages.panels.design.enrichment_field import choice, keyed, number, optional, share
from pages.panels.design.enrichment_start import MOST_STAGES

_SUCCESS = {"all_populations": "All under study are shown", "at_least_one": "At least one is shown"}


def cumulative_sizes(base: EnrichmentDesign) -> tuple[float, ...]:
    """Draw the number of stages and the size by the end of each."""
    unit, kind = counted(base), base.scenario.outcome.kind
    stages = int(
        number("Stages", "stages", float(base.stages), (2.0, float(MOST_STAGES), 1.0), "A look is between two stages.")
    )
    usual = base.cumulative_sizes if stages == base.stages else _even(base.cumulative_sizes[-1], stages)
    return tuple(
        number(
            f"{unit.capitalize()} by the end of stage {stage}",
            f"{kind}_size_{stage}_of_{stages}",
            size,
            (2.0, 1e6, 10.0),
            "Both arms together." if stage == 1 else None,
        )
        for stage, size in enumerate(usual, start=1)
    )


def _even(total: float, stages: int) -> tuple[float, ...]:
    return tuple(float(round(total * stage / stages)) for stage in range(1, stages + 1))


def futility_p(now: float | None) -> float | None:
    """Draw the futility stop."""
    return optional(
        "Stop for futility at p of at least",
        "futility",
        now,
        (0.01, 0.99, 0.05),
        "The trial stops where the stage's one-sided p-value is at least this in every population under study. "
        "Empty: never.",
    )


def success(now: str) -> str:
    """Draw when an early success ends the trial."""
    return str(choice("Stop for success when", "success", now, _SUCCESS))


def reestimation(base: EnrichmentDesign, sizes: tuple[float, ...]) -> Callable[[], Reestimation | None]:
    """Draw the re-estimation of stage 2, for two stages, and return what makes it."""
    if len(sizes) != 2:
        return _never
    now, stage = base.reestimation, max(sizes[1] - sizes[0], 1.0)
    wanted = st.toggle(
        "Choose the size of stage 2 at the look",
        value=now is not None,
        help="For a wanted conditional power, given what stage 1 showed; the level is kept.",
        **keyed("reestimate"),
    )
    if not wanted:
        return _never
    start = now or Reestimation(target_conditional_power=0.8, least=max(stage / 2, 1.0), most=3 * stage)
    hint = "Empty: the estimate of stage 1."
    return partial(
        Reestimation,
        target_conditional_power=share(
            "Wanted conditional power", "target", start.target_conditional_power, (50.0, 99.0, 1.0)
        ),
        least=number("Smallest stage 2", "least", start.least, (1.0, 1e6, 10.0)),
        most=number("Largest stage 2", "most", start.most, (1.0, 1e6, 10.0)),
        assumed_effect=optional("Assumed effect", "assumed", start.assumed_effect, (0.0001, 1e6, 0.05), hint),
    )


def _never() -> None:
    """Return no re-estimation."""
