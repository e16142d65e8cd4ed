"""Benefit along a biomarker, and by level."""

import numpy as np
import pytest

from ite.errors import SubgroupError
from ite.subgroup.benefit_curve import slice_benefit
from tests.subgroup.drawn import drawn_scores, drawn_trial, given_effects


@pytest.mark.known_truth
def test_a_curve_with_its_regions_patients_and_events() -> None:
    marker = np.random.default_rng(3).normal(size=400)
    marker[:11] = np.nan
    trial = drawn_trial(n=400, marker=marker)
    scores = drawn_scores(trial)
    benefit = slice_benefit(trial, given_effects(trial, scores, ranking=np.zeros(400)), by="marker")
    assert benefit.kind == "continuous"
    assert (benefit.n, benefit.missing) == (389, 11)
    assert len(benefit.curve) == 61
    assert benefit.regions["n"].sum() == 389
    assert len(benefit.regions) == 5
    known = np.isfinite(marker)
    assert benefit.regions["events"].sum() == trial.outcome[known].sum()
    fifth = marker <= np.quantile(marker[known], 0.2, method="inverted_cdf")
    assert benefit.regions.loc[0, "estimate"] == pytest.approx(scores[fifth].mean())
    assert benefit.density["patients"].sum() == 389
    assert benefit.p_value is None
    assert "11 patients without a value of marker" in benefit.method
    assert "a sudden jump in the effect is drawn as a slope" in benefit.method


@pytest.mark.known_truth
def test_a_p_value_only_where_the_biomarker_was_declared() -> None:
    trial = drawn_trial(n=400)
    effects = given_effects(trial, drawn_scores(trial, effect=trial.frame["marker"].to_numpy()))
    hidden = slice_benefit(trial, effects, by="marker")
    declared = slice_benefit(trial, effects, by="marker", prespecified=True)
    assert hidden.p_value is None
    assert declared.p_value is not None
    assert declared.p_value < 0.001
    assert "pre-specified" in declared.sentence
    assert " p " not in hidden.sentence


@pytest.mark.independent
def test_levels_are_means_and_two_of_them_a_comparison_of_means() -> None:
    trial = drawn_trial(n=300, site=np.where(np.arange(300) % 3 == 0, "A", "B"))
    scores = drawn_scores(trial)
    benefit = slice_benefit(trial, given_effects(trial, scores), by="site", prespecified=True)
    inside = np.arange(300) % 3 == 0
    assert benefit.kind == "categorical"
    assert benefit.curve.empty
    np.testing.assert_allclose(benefit.regions["estimate"], [scores[inside].mean(), scores[~inside].mean()])
    gap = scores[inside].mean() - scores[~inside].mean()
    se = np.sqrt(scores[inside].var(ddof=1) / inside.sum() + scores[~inside].var(ddof=1) / (~inside).sum())
    assert benefit.p_value == pytest.approx(float(2 * (1 - _normal(abs(gap / se)))), abs=0.01)
    assert benefit.critical_value == pytest.approx(2.2365, abs=1e-3)


@pytest.mark.known_truth
def test_a_small_level_is_listed_but_not_estimated() -> None:
    site = np.where(np.arange(240) < 12, "rare", "common")
    trial = drawn_trial(site=site)
    benefit = slice_benefit(trial, given_effects(trial, drawn_scores(trial)), by="site", prespecified=True)
    rare = benefit.regions.set_index("region").loc["rare"]
    assert rare["n"] == 12
    assert np.isnan(rare["estimate"])
    assert "fewer than 10" in rare["note"]
    assert "Too few patients to say: rare" in benefit.sentence
    assert benefit.p_value is None or np.isnan(benefit.p_value)


@pytest.mark.known_truth
def test_numbers_with_few_values_are_levels_in_their_order() -> None:
    grade = np.random.default_rng(4).choice([10, 2, 1], 300)
    trial = drawn_trial(n=300, grade=grade)
    benefit = slice_benefit(trial, given_effects(trial, drawn_scores(trial)), by="grade")
    assert benefit.kind == "categorical"
    assert list(benefit.regions["region"]) == ["1", "2", "10"]


@pytest.mark.known_truth
def test_what_cannot_be_sliced_is_said() -> None:
    trial = drawn_trial(constant=np.ones(240), sparse=np.where(np.arange(240) < 30, np.arange(240.0), np.nan))
    effects = given_effects(trial, drawn_scores(trial))
    with pytest.raises(SubgroupError, match="same value in every patient"):
        slice_benefit(trial, effects, by="constant")
    with pytest.raises(SubgroupError, match="found 15 in the smaller arm"):
        slice_benefit(trial, effects, by="sparse")
    with pytest.raises(SubgroupError, match="'weight' was given"):
        slice_benefit(trial, effects, by="weight")
    with pytest.raises(SubgroupError, match="'third' was given"):
        slice_benefit(trial, effects, by="marker", arm="third")


@pytest.mark.known_truth
def test_clusters_widen_the_band_where_patients_are_alike() -> None:
    trial = drawn_trial(n=400)
    cluster = np.arange(400) // 10
    scores = drawn_scores(trial) + 3 * np.random.default_rng(5).normal(size=40)[cluster]
    marker = np.random.default_rng(6).normal(size=40)[cluster] + 0.01 * np.arange(400)
    trial = drawn_trial(n=400, marker=marker)
    free = slice_benefit(trial, given_effects(trial, scores), by="marker").curve
    tied = slice_benefit(trial, given_effects(trial, scores, cluster=cluster), by="marker").curve
    assert np.mean(tied["upper"] - tied["lower"]) > 1.3 * np.mean(free["upper"] - free["lower"])


def _normal(z: float) -> float:
    from scipy.stats import norm  # noqa: PLC0415 - one test only

    return float(norm.cdf(z))
