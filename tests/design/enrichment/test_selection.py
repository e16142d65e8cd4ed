from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.design.enrichment.rule_language import NAMES, check_rule, compute_rule
from ite.design.enrichment.selection import Selection, select
from ite.design.enrichment.simulate import simulate_enrichment
from ite.errors import DesignError
from tests.design.enrichment.examples import one_subgroup, two_overlapping

VALUE = np.array([[0.30, 0.30, 0.10, -0.1], [0.30, 0.20, 0.25, -0.2], [0.10, 0.29, 0.24, -0.3]])
ALL = np.ones(VALUE.shape, dtype=bool)


def _chosen(selection: Selection, studied: np.ndarray = ALL) -> list[list[int]]:
    facts = {"effect": VALUE, "best_effect": VALUE.max(axis=0, keepdims=True)}
    found = select(selection, VALUE, studied, facts, threshold=selection.threshold)
    return [np.flatnonzero(found[:, trial]).tolist() for trial in range(VALUE.shape[1])]


@pytest.mark.known_truth
def test_each_rule_chooses_what_it_says() -> None:
    assert _chosen(Selection(rule="best")) == [[1], [0], [1], [0]]  # a tie goes to the later population
    assert _chosen(Selection(rule="r_best", keep=2)) == [[0, 1], [0, 2], [1, 2], [0, 1]]
    assert _chosen(Selection(rule="epsilon", epsilon=0.02)) == [[0, 1], [0, 2], [1, 2], [0]]
    assert _chosen(Selection(rule="all")) == [[0, 1, 2]] * 4
    assert _chosen(Selection(rule="margin", margin=0.1)) == [[0], [0], [1], [0]]
    assert _chosen(Selection(rule="expression", expression="effect >= best_effect - 0.02")) == [
        [0, 1],
        [0, 2],
        [1, 2],
        [0],
    ]


@pytest.mark.known_truth
def test_a_threshold_drops_and_a_population_that_left_never_returns() -> None:
    assert _chosen(Selection(rule="best", threshold=0.0)) == [[1], [0], [1], []]
    assert _chosen(Selection(rule="all", threshold=0.24)) == [[0, 1], [0, 2], [1], []]
    gone = ALL.copy()
    gone[1] = False
    assert _chosen(Selection(rule="best"), gone) == [[0], [0], [2], [0]]


@pytest.mark.known_truth
@pytest.mark.parametrize("scale", ["effect_estimate", "z_statistic", "posterior_probability", "predictive_power"])
@pytest.mark.parametrize("outcome", ["means", "rates", "events"])
def test_every_scale_prefers_the_better_population_in_every_outcome(scale: str, outcome: str) -> None:
    found = simulate_enrichment(one_subgroup(outcome, selection=Selection(scale=scale)), trials=4_000, seed=2)
    joint = found.continues.set_index("population")["joint"]
    assert joint["subgroup"] > joint["full"] * (1.5 if scale == "effect_estimate" else 0.8)


@pytest.mark.known_truth
def test_the_posterior_scale_is_the_flat_prior_posterior() -> None:
    """A threshold of 0.9 on P(effect > 0) is a threshold of 1.2816 on z."""
    posterior = Selection(rule="all", scale="posterior_probability", threshold=0.9)
    by_z = Selection(rule="all", scale="z_statistic", threshold=1.2815515655446004)
    one = simulate_enrichment(two_overlapping((0.2,) * 4, selection=posterior), trials=5_000, seed=3)
    other = simulate_enrichment(two_overlapping((0.2,) * 4, selection=by_z), trials=5_000, seed=3)
    assert one.summary.equals(other.summary)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    "rule",
    ["__import__('os')", "effect.real > 0", "effect[0] > 0", "(lambda: 1)() > 0", "effect > 'a'", "effect", "effect > ",
     "unknown > 0", "effect ** 9 > 0", "[x for x in z]", "effect == 0", "not effect", "True", "(z > 0) + 1 > 0",
     "z > 0" + " and z > 0" * 60, "effect > 1 if z else 2"],
)  # fmt: skip
def test_what_is_not_a_rule_is_refused_in_a_sentence(rule: str) -> None:
    with pytest.raises(DesignError):
        check_rule(rule)
    with pytest.raises(DesignError):
        Selection(rule="expression", expression=rule)


@pytest.mark.known_truth
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz_ .,()[]<>=+-*/0123456789'\"", max_size=60))
def test_any_text_is_a_rule_or_a_sentence(text: str) -> None:
    """No text raises anything but the sentence for the user."""
    with suppress(DesignError):
        check_rule(text)


@pytest.mark.independent
def test_a_rule_is_computed_like_the_same_expression_in_python() -> None:
    rng = np.random.default_rng(4)
    values = {name: rng.standard_normal((3, 50)) for name in NAMES}
    rule = "(effect > 0.1 or z >= 1 - p / 2) and not posterior < -share * 3"
    v = values
    expected = ((v["effect"] > 0.1) | (v["z"] >= 1 - v["p"] / 2)) & ~(v["posterior"] < -v["share"] * 3)
    assert (compute_rule(rule, values) == expected).all()
    chained = compute_rule("-1 < effect <= z", values)
    assert (chained == ((v["effect"] > -1) & (v["effect"] <= v["z"]))).all()


@pytest.mark.known_truth
def test_a_rule_without_its_number_is_refused() -> None:
    for rule in ("r_best", "epsilon", "margin", "expression"):
        with pytest.raises(DesignError, match="needs a value"):
            Selection(rule=rule)
