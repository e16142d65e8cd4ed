"""Named slices against everybody else."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ite.errors import SubgroupError
from ite.subgroup.slice import Slice, compare_slice
from ite.trial.data import TrialData
from tests.subgroup.drawn import drawn_scores, drawn_trial, given_effects


@pytest.mark.independent
def test_equals_the_means_of_the_scores() -> None:
    trial = drawn_trial()
    scores = drawn_scores(trial)
    comparison = compare_slice(
        trial, given_effects(trial, scores), Slice(name="high", axis="age", arm="active", lower=60)
    )
    inside = trial.frame["age"].to_numpy() > 60
    frame = comparison.frame
    assert list(frame.index) == ["slice", "complement", "difference"]
    assert frame.loc["slice", "estimate"] == pytest.approx(scores[inside].mean())
    assert frame.loc["difference", "estimate"] == pytest.approx(scores[inside].mean() - scores[~inside].mean())
    assert list(frame["n"]) == [inside.sum(), (~inside).sum(), 240]
    assert frame.loc["slice", "events"] == trial.outcome[inside].sum()
    assert frame.loc["slice", "n_treated"] == (inside & (trial.arm_index == 1)).sum()
    assert comparison.critical_value > 2.5
    assert comparison.p_value is None


@pytest.mark.known_truth
def test_every_slice_of_an_axis_shares_one_critical_value() -> None:
    trial = drawn_trial()
    effects = given_effects(trial, drawn_scores(trial))
    values = {
        compare_slice(trial, effects, Slice(name="x", axis="marker", arm="active", lower=low)).critical_value
        for low in (-0.5, 0.0, 0.25)
    }
    assert len(values) == 1


@pytest.mark.known_truth
def test_only_a_pre_specified_slice_has_a_p_value_and_a_plain_interval() -> None:
    trial = drawn_trial()
    effects = given_effects(trial, drawn_scores(trial))
    cut = {"name": "x", "axis": "marker", "arm": "active", "lower": 0.0}
    declared = compare_slice(trial, effects, Slice(**cut, prespecified=True))
    brushed = compare_slice(trial, effects, Slice(**cut))
    assert declared.critical_value == pytest.approx(1.959964)
    assert declared.p_value is not None
    excludes = not declared.frame.loc["difference", "lower"] <= 0 <= declared.frame.loc["difference", "upper"]
    assert excludes == (declared.p_value < 0.05)
    width = brushed.frame["upper"] - brushed.frame["lower"]
    assert np.all(width > 1.3 * (declared.frame["upper"] - declared.frame["lower"]))
    assert "p " not in brushed.sentence
    assert "Exploratory" in brushed.method


@pytest.mark.known_truth
def test_numbers_needed_to_treat_only_for_risks() -> None:
    trial = drawn_trial()
    scores = drawn_scores(trial, effect=0.5)
    cut = Slice(name="x", axis="marker", arm="active", lower=0.0)
    risk = compare_slice(trial, given_effects(trial, scores), cut)
    assert risk.nnt is not None
    assert risk.nnt.nnt == pytest.approx(1 / abs(risk.frame.loc["slice", "estimate"]))
    survival = _survival_trial()
    restricted = given_effects(survival, drawn_scores(survival), scale="difference in restricted mean days up to 365")
    assert compare_slice(survival, restricted, cut).nnt is None


@pytest.mark.known_truth
def test_events_count_up_to_the_horizon() -> None:
    trial = _survival_trial()
    effects = given_effects(trial, drawn_scores(trial), scale="difference in restricted mean days up to 365")
    effects.spec.__dict__["horizon"] = 365.0
    comparison = compare_slice(trial, effects, Slice(name="x", axis="marker", arm="active", upper=0.0))
    expected = ((trial.time <= 365) & (trial.event == 1) & (trial.frame["marker"] <= 0)).sum()
    assert comparison.frame.loc["slice", "events"] == expected


@pytest.mark.known_truth
def test_missing_values_are_on_neither_side() -> None:
    marker = np.random.default_rng(3).normal(size=240)
    marker[:17] = np.nan
    trial = drawn_trial(marker=marker)
    effects = given_effects(trial, drawn_scores(trial), ranking=np.arange(240.0))
    comparison = compare_slice(trial, effects, Slice(name="x", axis="marker", arm="active", lower=0.0))
    assert comparison.missing == 17
    assert comparison.frame.loc["slice", "n"] + comparison.frame.loc["complement", "n"] == 223
    assert "17 patients without a value of marker" in comparison.method


@pytest.mark.known_truth
def test_too_few_patients_says_how_many() -> None:
    trial = drawn_trial()
    effects = given_effects(trial, drawn_scores(trial))
    with pytest.raises(SubgroupError, match=r"at least 20 patients of each arm.*marker > 1.8 has \d+ on active"):
        compare_slice(trial, effects, Slice(name="x", axis="marker", arm="active", lower=1.8))
    with pytest.raises(SubgroupError, match=r"the complement of marker > -1\.9"):
        compare_slice(trial, effects, Slice(name="x", axis="marker", arm="active", lower=-1.9))


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"axis": "marker"}, "either a range"),
        ({"axis": "marker", "lower": 1.0, "levels": ("A",)}, "either a range"),
        ({"axis": "marker", "lower": 2.0, "upper": 1.0}, "2 is not below 1"),
        ({"axis": "predicted benefit", "lower": 0.0, "prespecified": True}, "cannot be pre-specified"),
        ({"axis": "predicted benefit", "levels": ("A",)}, "range"),
    ],
)
def test_a_slice_is_one_cut(fields: dict[str, object], message: str) -> None:
    with pytest.raises(SubgroupError, match=message):
        Slice(name="x", arm="active", **fields)  # type: ignore[arg-type]


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"axis": "weight", "lower": 1.0}, "'weight' was given"),
        ({"axis": "site", "lower": 1.0}, "holds categories"),
        ({"axis": "site", "levels": ("A", "Z")}, r"found 'Z'"),
        ({"axis": "marker", "levels": ("1",)}, "240 different numbers"),
        ({"axis": "marker", "lower": 0.0, "arm": "third"}, "'third' was given"),
    ],
)
def test_a_slice_that_the_trial_does_not_know_is_refused(fields: dict[str, object], message: str) -> None:
    trial = drawn_trial()
    chosen = Slice(**({"name": "x", "arm": "active"} | fields))  # type: ignore[arg-type]
    with pytest.raises(SubgroupError, match=message):
        compare_slice(trial, given_effects(trial, drawn_scores(trial)), chosen)


@pytest.mark.known_truth
def test_predicates_read_as_one_would_write_them() -> None:
    def predicate(**fields: object) -> str:
        return Slice(**({"name": "x", "arm": "active", "axis": "nodes"} | fields)).predicate  # type: ignore[arg-type]

    assert predicate(lower=4) == "nodes > 4"
    assert predicate(upper=0) == "nodes ≤ 0"
    assert predicate(lower=-1.5, upper=65) == "-1.5 < nodes ≤ 65"
    assert predicate(levels=("F", "M")) == "nodes is F or M"
    assert predicate(axis="predicted benefit", lower=0.25) == "predicted benefit of active > 0.25"


@pytest.mark.known_truth
def test_a_slice_survives_a_round_trip() -> None:
    chosen = Slice(name="high", axis="nodes", arm="active", lower=4, prespecified=True)
    assert Slice.model_validate_json(chosen.model_dump_json()) == chosen


@pytest.mark.known_truth
def test_predicted_benefit_rests_on_later_folds_at_the_same_share() -> None:
    trial = drawn_trial(n=400)
    effects = given_effects(trial, drawn_scores(trial))
    cut = float(np.quantile(effects.benefit["active"], 0.7))
    comparison = compare_slice(trial, effects, Slice(name="top", axis="predicted benefit", arm="active", lower=cut))
    assert comparison.frame.loc["slice", "n"] == 120
    assert comparison.frame.loc["difference", "n_used"] == 320  # the first of five folds has no earlier model
    assert comparison.frame.loc["slice", "n_used"] == pytest.approx(96, abs=4)
    used = effects.fold > 0
    scores, ranks = effects.scores["active"].to_numpy(), np.full(400, np.nan)
    for fold in range(1, 5):
        members = effects.fold == fold
        ranks[members] = effects.sequential["active"][members].rank(pct=True)
    top = used & (ranks > 0.7 + 1e-9)
    expected = scores[top].mean() - scores[used & ~top].mean()
    assert comparison.frame.loc["difference", "estimate"] == pytest.approx(expected, abs=0.05)
    assert "earlier folds only" in comparison.method


@pytest.mark.known_truth
def test_one_common_effect_cannot_be_cut() -> None:
    trial = drawn_trial()
    effects = given_effects(trial, drawn_scores(trial), ranking=np.full(240, 0.1))
    with pytest.raises(SubgroupError, match="one common effect"):
        compare_slice(trial, effects, Slice(name="x", axis="predicted benefit", arm="active", lower=0.0))


@pytest.mark.known_truth
@settings(max_examples=15)
@given(seed=st.integers(0, 10_000), shift=st.floats(-5, 5), factor=st.floats(0.1, 50))
def test_order_and_units_do_not_matter(seed: int, shift: float, factor: float) -> None:
    trial = drawn_trial(n=160, seed=seed)
    scores = drawn_scores(trial, seed=seed)
    chosen = Slice(name="x", axis="age", arm="active", lower=58)
    plain = compare_slice(trial, given_effects(trial, scores), chosen)
    order = np.random.default_rng(seed).permutation(160)
    shuffled = TrialData.from_frame(trial.frame.iloc[order].reset_index(drop=True), trial.roles, name="shuffled")
    turned = compare_slice(shuffled, given_effects(shuffled, shift + factor * scores[order]), chosen)
    columns = ["estimate", "lower", "upper"]
    expected = factor * plain.frame[columns]
    expected.loc[["slice", "complement"]] += shift
    pd.testing.assert_frame_equal(turned.frame[columns], expected, rtol=1e-3, atol=1e-3 * factor)


def _survival_trial() -> TrialData:
    from ite.trial.roles import Roles  # noqa: PLC0415 - only two tests need it

    base = drawn_trial()
    rng = np.random.default_rng(8)
    frame = base.frame.assign(days=rng.exponential(400, 240).round() + 1, died=(rng.random(240) < 0.7).astype(int))
    roles = Roles(treatment="arm", control="control", time="days", event="died", covariates=("marker", "age", "site"))
    return TrialData.from_frame(frame.drop(columns="response"), roles, name="survival")
