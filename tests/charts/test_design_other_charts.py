"""Charts of other designs: valid, described, the same in both themes, and true to their numbers."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from ite.charts.design_curves import (
    MOST_SEQUENCES,
    cut_chart,
    prognostic_chart,
    sequence_chart,
    sequence_table,
)
from ite.charts.design_interaction import (
    interaction_chart,
    interaction_curve,
    shown_by_usual_trial,
    usual_trial_chart,
)
from ite.charts.design_null_average import null_average_chart, null_average_curve
from ite.charts.design_other import (
    allocation_table,
    amount_words,
    efficiency_chart,
    efficiency_table,
    probability_chart,
    threshold_table,
)
from ite.charts.design_platform import platform_table, screening_chart, screening_table, staggered_table
from ite.charts.theme import MAX_MARKS, Drawing, Theme, alt_text, arm_colours, ink
from ite.design.alternatives.adaptive_threshold import AdaptiveThreshold, adaptive_threshold_characteristics
from ite.design.alternatives.assay import Assay
from ite.design.alternatives.efficiency import EnrichmentComparison, compare_enrichment
from ite.design.alternatives.endpoints import MarkerMeans
from ite.design.alternatives.interaction import InteractionSize, InteractionTest, interaction_size
from ite.design.alternatives.marker_cut import MarkerCut, marker_cut_curve
from ite.design.alternatives.marker_effect import MarkerEffect
from ite.design.alternatives.null_average import OppositeEffects
from ite.design.alternatives.prognostic import PrognosticEnrichment, prognostic_curve
from ite.design.alternatives.resources import Resources
from ite.design.alternatives.response_adaptive import ResponseAdaptive, compare_response_adaptive
from ite.design.alternatives.screening_yield import screening_yield
from ite.design.alternatives.sequence_comparison import compare_sequences
from ite.design.alternatives.shared_control import SharedControl, shared_control_characteristics
from ite.design.alternatives.staggered_entry import StaggeredEntry, staggered_characteristics
from ite.design.alternatives.subgroup_power import SubgroupPower, power_in_subgroup
from ite.design.alternatives.treatment_sequences import Level, SequenceTrial, Treatment
from ite.design.alternatives.uncertain_prevalence import BetaPrior, compare_enrichment_under_prior

pytestmark = pytest.mark.known_truth

WEIGHED = EnrichmentComparison(
    endpoint=MarkerMeans(effect_subgroup=0.4, effect_complement=0.0),
    prevalence=0.5,
    assay=Assay(sensitivity=0.9, specificity=0.9),
)
EFFICIENCY = efficiency_table(
    compare_enrichment(WEIGHED), compare_enrichment_under_prior(WEIGHED, BetaPrior(a=50, b=50))
)
ADAPTED = compare_response_adaptive(
    ResponseAdaptive(n_total=60, rate_control=0.3, rate_treatment=0.6, trend=0.1, trials=200)
)
SIZE = InteractionSize(prevalence=0.3, main_effect=0.4, interaction_effect=0.3)
RISK = prognostic_curve(PrognosticEnrichment(auc=0.7, event_probability=0.2, hazard_ratio=0.7))
UMBRELLA = SharedControl(
    n_total=120, effects=(0.4, 0.3), prevalences=(0.2, 0.1), resources=Resources(candidates_per_month=20)
)
YIELD = screening_yield(UMBRELLA)
OPPOSITE = OppositeEffects(shares=(0.5, 0.5), effects=(0.2, -0.2))
HALF = power_in_subgroup(SubgroupPower(n_total=200, prevalence=0.5, effect_subgroup=0.4))
USUAL = shown_by_usual_trial(
    InteractionTest(prevalence=0.5, effect_subgroup=0.4, effect_complement=0.4), 200, HALF, HALF
)


def sequences(treatments: int) -> SequenceTrial:
    level = tuple(Treatment(name=f"T{place}", response=(place / 20, 0.3)) for place in range(treatments))
    return SequenceTrial(entrants=500, groups=("a", "b"), shares=(0.5, 0.5), levels=(Level(treatments=level),) * 2)


CHARTS: dict[str, Callable[[Theme], Drawing]] = {
    "efficiency": lambda theme: efficiency_chart(EFFICIENCY, theme),
    "allocation": lambda theme: probability_chart(allocation_table(ADAPTED), "Share", theme),
    "screening": lambda theme: screening_chart(YIELD, theme),
    "fixed cut": lambda theme: cut_chart(marker_cut_curve(MarkerCut(effect=MarkerEffect(low=-0.1, high=0.5))), theme),
    "prognostic": lambda theme: prognostic_chart(RISK, theme),
    "interaction": lambda theme: interaction_chart(interaction_curve(SIZE), SIZE, theme),
    "null average": lambda theme: null_average_chart(null_average_curve(OPPOSITE), OPPOSITE, theme),
    "usual trial": lambda theme: usual_trial_chart(USUAL, theme),
    "sequences": lambda theme: sequence_chart(sequence_table(compare_sequences(sequences(4))), theme),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_valid_described_and_readable(name: str, theme: Theme) -> None:
    drawing = CHARTS[name](theme)
    spec = drawing.to_dict()
    assert spec["background"] == ink(theme).ground
    assert len(alt_text(drawing)) > 30
    assert sum(len(rows) for rows in spec["datasets"].values()) <= MAX_MARKS
    assert "NaN" not in str(spec)


def test_an_enriched_trial_relative_to_all_comers() -> None:
    # Half of the patients benefit, so that all comers have half the effect; 9 in 10 who test positive carry the marker.
    found = EFFICIENCY.set_index(["figure", "design"])["relative_number"]
    assert found["randomised", "all comers"] == 1.0
    assert found["randomised", "enriched, perfect assay"] == pytest.approx(0.25)
    assert found["randomised", "enriched"] == pytest.approx(0.25 / 0.81)
    assert found["screened", "enriched"] == pytest.approx(0.5 / 0.81)


def test_exact_figures_have_no_empty_layer_of_intervals() -> None:
    table = platform_table(shared_control_characteristics(SharedControl(n_total=400, effects=(0.3, 0.5))))
    assert len(probability_chart(table, "Power").to_dict()["layer"]) == 2
    assert len(CHARTS["allocation"]("light").to_dict()["layer"]) == 3


def test_a_design_on_its_own_is_not_in_the_grey_of_a_control() -> None:
    alone = pd.DataFrame({"claim": ["a", "b"], "design": "it", "probability": [0.4, 0.5], "standard_error": np.nan})
    colour = probability_chart(alone, "Power").to_dict()["layer"][0]["encoding"]["color"]["scale"]
    assert (
        dict(zip(colour["domain"], colour["range"], strict=True))["it"] != arm_colours(("control",), "light")["control"]
    )


def test_a_perfect_assay_is_not_drawn_twice() -> None:
    spec = WEIGHED.model_copy(update={"assay": Assay()})
    table = efficiency_table(compare_enrichment(spec), compare_enrichment_under_prior(spec, BetaPrior(a=5, b=5)))
    assert set(table["design"]) == {"all comers", "enriched"}


@pytest.mark.parametrize(("specificity", "reference"), [(0.97, "enriched"), (0.9, "enriched, perfect assay")])
def test_the_first_trial_that_is_possible_is_the_reference(specificity: float, reference: str) -> None:
    harmed = EnrichmentComparison(
        endpoint=MarkerMeans(effect_subgroup=0.4, effect_complement=-0.2),
        prevalence=0.03,
        assay=Assay(sensitivity=0.9, specificity=specificity),
    )
    table = efficiency_table(compare_enrichment(harmed), compare_enrichment_under_prior(harmed, BetaPrior(a=3, b=97)))
    drawn = efficiency_chart(table).to_dict()
    assert f"Relative to {reference}" in {find["encoding"]["x"].get("title") for find in drawn["layer"]}
    values = [row["value"] for rows in drawn["datasets"].values() for row in rows if row["design"] == reference]
    assert values
    assert set(values) == {1.0}


def test_separate_trials_succeed_independently() -> None:
    found = platform_table(shared_control_characteristics(SharedControl(n_total=400, effects=(0.3, 0.5))))
    separate = found[found["design"] == "a two-arm trial each"].set_index("claim")["probability"]
    one, other = separate["treatment 1, effect 0.3"], separate["treatment 2, effect 0.5"]
    assert separate["all of them"] == pytest.approx(one * other)
    assert separate["at least one"] == pytest.approx(one + other - one * other)


def test_screening_is_told_per_treatment() -> None:
    table = screening_table(YIELD)
    assert list(table["screened on average"]) == [300.0, 600.0]
    assert "treatment 2, 10 %: 600 (" in alt_text(screening_chart(YIELD))


def test_a_platform_with_staggered_arms_is_told_with_both_choices_of_controls() -> None:
    found = staggered_characteristics(StaggeredEntry(design=UMBRELLA, joins=(0, 6)))
    table = staggered_table(found).set_index(["claim", "design"])["probability"]
    assert table["treatment 2, from month 6", "concurrent controls"] == found.concurrent.power[1]
    assert table["at least one", "earlier controls as well"] == found.all_so_far.power_any


def test_only_simulated_claims_carry_a_monte_carlo_error() -> None:
    spec = AdaptiveThreshold(n_total=200, effect=MarkerEffect(high=0.5), cuts=(0.25, 0.5), trials=400)
    table = threshold_table(adaptive_threshold_characteristics(spec)).set_index("claim")
    exact = ["one test in everybody", "any claim", "claim for everybody"]
    assert table.loc[exact, "standard_error"].isna().all()
    for claim in ("for the top 75 %", "for the top 50 %"):
        share, error = table.loc[claim, ["probability", "standard_error"]]
        assert error == pytest.approx(np.sqrt(share * (1 - share) / 400))


def test_what_adapting_does_under_no_effect_is_a_type_i_error() -> None:
    table = allocation_table(ADAPTED)
    assert set(table["claim"]) >= {"power", "type-I error", "power (trend)", "type-I error (trend)", "responders"}
    null = ADAPTED.figures.loc[("response-adaptive", "no effect"), "rejected"]
    row = table[(table["claim"] == "type-I error") & (table["design"] == "response-adaptive")]
    assert row["probability"].item() == null


def test_the_curves_of_an_interaction_pass_through_its_sizes() -> None:
    curve, sizes = interaction_curve(SIZE), interaction_size(SIZE)
    for question, size in (("overall effect", sizes.n_main), ("interaction", sizes.n_interaction)):
        line = curve[curve["question"] == question]
        assert np.interp(size, line["patients"], line["power"]) == pytest.approx(0.8, abs=2e-3)


def test_equal_effects_give_the_interaction_its_level_and_either_group_less_than_the_whole() -> None:
    power = USUAL.set_index("claim")["probability"]
    assert power["that the effects differ"] == pytest.approx(0.05)
    assert power["effect with the marker"] == HALF.power < power["overall effect"]


def test_the_average_is_null_where_matching_gains_most() -> None:
    curve = null_average_curve(OPPOSITE).pivot_table(index="share", columns="what", values="points")
    assert curve.loc[0.5].to_dict() == pytest.approx({"average difference": 0.0, "gain from matching": 10.0})
    assert curve["gain from matching"].idxmax() == 0.5
    assert curve.loc[0.75, "average difference"] == pytest.approx(10.0)


def test_without_prices_the_fewest_screened_are_marked_and_no_cost_is_drawn() -> None:
    text = alt_text(prognostic_chart(RISK))
    assert "fewest screened, at 0.0% left out" in text
    assert "cost" not in text


def test_sequences_are_drawn_best_first_and_not_too_many() -> None:
    table = sequence_table(compare_sequences(sequences(4)))
    assert table["average"].is_monotonic_decreasing
    assert len(table) == 16
    drawn = sequence_chart(table).to_dict()
    names = {row["sequence"] for rows in drawn["datasets"].values() for row in rows}
    assert names == set(table["sequence"].head(MOST_SEQUENCES))


@pytest.mark.parametrize(
    ("what", "number", "words"),
    [
        ("randomised", 100.2, "101"),
        ("randomised", 100.0000000001, "100"),
        ("months", 12.34, "12.3"),
        ("cost", 950_000.0, "950,000"),
        ("cost", 12_345_678.0, "12.3 million"),
        ("screened", float("inf"), "no size is enough"),
    ],
)
def test_amounts_in_words(what: str, number: float, words: str) -> None:
    assert amount_words(what, number) == words
