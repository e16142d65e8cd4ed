"""From effects to evidence: what goes where, with effects made by hand so that no learner is needed."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ite.estimation.estimate import estimate
from ite.estimation.holm import holm
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.evaluate import evaluate
from ite.evaluation.result import Evidence
from ite.trial.data import TrialData
from tests.estimation.trials import roles, trial_frame

N = 400


def made_by_hand(
    seed: int, *, slopes: tuple[float, ...] = (0.0,), constant: bool = False, **changes: object
) -> Evidence:
    """Scores with a trend of the given slope along x0 in each treated arm, predictions along x0 or constant."""
    rng = np.random.default_rng(seed)
    arms = len(slopes) + 1
    frame = trial_frame(N, seed, arms=arms)
    trial = TrialData.from_frame(frame, roles(**changes))
    names = list(trial.treated_arms)
    x = frame["x0"].to_numpy()
    scores = pd.DataFrame(
        {name: 1 + slope * x + rng.standard_normal(N) for name, slope in zip(names, slopes, strict=True)}
    )
    fold = rng.permutation(N) % 5
    # A learner that finds nothing leaves rounding errors, not zeros: another one in each fold.
    ranking = pd.DataFrame(dict.fromkeys(names, (fold - 2) * 1e-17 if constant else x))
    sequential = ranking.where(pd.Series(fold > 0), np.nan)
    ate = pd.DataFrame({"estimate": scores.mean(), "se": scores.sem(), "lower": np.nan, "upper": np.nan})
    effects = EffectEstimate(
        spec=EffectSpec(learner="x_lasso", repeats=1),
        scale="difference in mean y",
        ate=ate,
        scores=scores,
        benefit=ranking + ate["estimate"],
        ranking=ranking,
        sequential=sequential,
        fold=fold,
        factor=pd.Series(1.0, index=names),
        baseline_risk=frame["x1"].to_numpy(),
    )
    return evaluate(trial, effects)


@pytest.fixture(scope="module")
def clear() -> Evidence:
    return made_by_hand(1, slopes=(1.0, 0.0))


@pytest.mark.known_truth
def test_a_clear_difference_is_evidence_in_its_arm_alone(clear: Evidence) -> None:
    assert clear.heterogeneity["verdict"].tolist()[0] == "evidence"
    assert clear.heterogeneity["verdict"].tolist()[1] == "no evidence"
    first = clear.modifiers.query("ranked == 1").set_index("arm")["covariate"]
    assert first.iloc[0] == "x0"
    assert clear.calibration_slope["lower"].iloc[0] > 0
    slope = clear.calibration_slope.iloc[0]
    assert slope["estimate"] == pytest.approx(1, abs=4 * slope["se"])
    assert min(clear.autoc["lower"].iloc[0], clear.qini["lower"].iloc[0]) > 0
    assert clear.gates_contrast["lower"].iloc[0] > 0


@pytest.mark.independent
def test_arms_are_adjusted_by_holm(clear: Evidence) -> None:
    table = clear.heterogeneity
    np.testing.assert_allclose(table["p_value"], holm(table["p_unadjusted"].to_numpy()))


@pytest.mark.known_truth
def test_every_frame_has_the_columns_of_the_contract(clear: Evidence) -> None:
    arms = clear.heterogeneity.index.tolist()
    assert {"p_value", "verdict", "detectable_sd"} <= set(clear.heterogeneity.columns)
    assert {"arm", "covariate", "strength", "p_value", "ranked"} <= set(clear.modifiers.columns)
    for table in (clear.autoc, clear.qini, clear.calibration_slope, clear.gates_contrast):
        assert table.index.tolist() == arms
        assert {"estimate", "se", "lower", "upper"} <= set(table.columns)
        np.testing.assert_allclose(table["upper"] - table["estimate"], 1.959964 * table["se"], rtol=1e-6)
    assert {"arm", "fraction", "estimate", "lower", "upper"} <= set(clear.toc.columns)
    assert clear.calibration.groupby("arm")["fifth"].apply(list).tolist() == [[1, 2, 3, 4, 5]] * 2
    assert clear.calibration.groupby("arm")["n"].sum().tolist() == [N - N // 5] * 2
    assert clear.modifiers.groupby("arm")["ranked"].apply(sorted).tolist() == [[1, 2, 3]] * 2


@pytest.mark.known_truth
def test_calibration_lies_on_the_diagonal_where_predictions_are_right(clear: Evidence) -> None:
    table = clear.calibration[clear.calibration["arm"] == clear.heterogeneity.index[0]]
    assert ((table["lower"] <= table["predicted"] + 0.2) & (table["predicted"] - 0.2 <= table["upper"])).all()
    assert table["predicted"].is_monotonic_increasing
    assert table["estimate"].is_monotonic_increasing


@pytest.mark.known_truth
def test_the_same_trial_without_randomisation_is_suggestive_at_most() -> None:
    evidence = made_by_hand(1, slopes=(1.0,), design="observational")
    assert evidence.heterogeneity["verdict"].tolist() == ["suggestive"]


@pytest.mark.known_truth
@pytest.mark.parametrize("seed", [2, 4])
def test_no_difference_is_no_evidence_with_what_could_have_been_found(seed: int) -> None:
    row = made_by_hand(seed).heterogeneity.iloc[0]
    assert row["verdict"] == "no evidence"
    # (2.4 + 0.84) / sqrt(400) in units of scores of SD 1.
    assert row["detectable_sd"] == pytest.approx(0.16, abs=0.02)


@pytest.mark.known_truth
def test_baseline_risk_that_has_nothing_to_do_with_it_explains_nothing(clear: Evidence) -> None:
    # The square of a correlation of independent variables has mean 1 / n and seldom exceeds 11 / n.
    assert (clear.baseline_risk["r_squared"] < 11 / N).all()


@pytest.mark.known_truth
def test_the_same_input_gives_the_same_evidence() -> None:
    one, other = made_by_hand(4, slopes=(0.2,)), made_by_hand(4, slopes=(0.2,))
    for name in Evidence.__dataclass_fields__:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@pytest.mark.known_truth
def test_constant_predictions_leave_everything_about_them_unknown() -> None:
    evidence = made_by_hand(5, constant=True)
    for table in (evidence.autoc, evidence.qini, evidence.calibration_slope, evidence.gates_contrast):
        assert table[["estimate", "se", "lower", "upper", "p_value"]].isna().all(axis=None)
    assert evidence.toc.loc[evidence.toc["fraction"] < 1, ["lower", "upper"]].isna().all(axis=None)


@pytest.mark.independent
def test_clusters_are_judged_by_t_with_one_degree_fewer_than_clusters() -> None:
    frame = trial_frame(240, seed=6).assign(site=np.arange(240) // 20)
    trial = TrialData.from_frame(frame, roles(cluster="site"))
    evidence = evaluate(trial, estimate(trial, EffectSpec(learner="x_lasso", seed=2)))
    for table in (evidence.autoc, evidence.qini, evidence.calibration_slope, evidence.gates_contrast):
        row = table.iloc[0]
        assert row["upper"] - row["estimate"] == pytest.approx(stats.t.ppf(0.975, 11) * row["se"], rel=1e-9)
        assert row["p_value"] == pytest.approx(2 * stats.t.sf(abs(row["z"]), 11), rel=1e-9)
