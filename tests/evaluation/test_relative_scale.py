"""Is the odds ratio, or the hazard ratio, the same for everybody?"""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from ite.estimation.features import encode
from ite.evaluation import global_test
from ite.evaluation.basis import Basis, modifier_basis
from ite.evaluation.global_test import max_association
from ite.evaluation.relative_scale import _cox_scores, _logistic_scores, relative_scale_test
from ite.trial.data import TrialData
from tests.estimation.trials import roles, small_trial

PROGNOSIS = np.array([0.9, -0.6, 0.4])


def frame(n: int, seed: int, *, kind: str, log_ratio: float = -0.6, interaction: float = 0.0) -> pd.DataFrame:
    """Strong prognostic covariates, a constant ratio, and its change with the two-level x2."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, 3))
    x[:, 2] = x[:, 2] > 0
    treated = rng.permutation(n) % 2
    predictor = x @ PROGNOSIS + treated * (log_ratio + interaction * (x[:, 2] - 0.5))
    table = pd.DataFrame(x, columns=["x0", "x1", "x2"]).assign(arm=np.where(treated, "treated", "control"))
    if kind == "binary":
        return table.assign(y=(rng.random(n) < 1 / (1 + np.exp(0.5 - predictor))).astype(float))
    onset = rng.standard_exponential(n) / (0.2 * np.exp(predictor))
    left = np.minimum(rng.standard_exponential(n) / 0.05, 8 + 4 * rng.random(n))
    return table.assign(time=np.minimum(onset, left), event=(onset <= left).astype(int))


def trial(table: pd.DataFrame) -> TrialData:
    names = {"outcome": None, "time": "time", "event": "event"} if "time" in table else {}
    return TrialData.from_frame(table, roles(**names))


def p_value(table: pd.DataFrame, seed: int = 0) -> float:
    given = trial(table)
    features = encode(given.covariates)
    effects = SimpleNamespace(cluster=None, spec=SimpleNamespace(seed=seed))
    result = relative_scale_test(given, effects, features, modifier_basis(features, given.arm_index))
    return float(result["p_value"].iloc[0])


def signed_z(table: pd.DataFrame) -> float:
    """Association of the residual products with x2 alone."""
    given = trial(table)
    features = encode(given.covariates).matrix
    treated = (given.arm_index == 1).astype(float)
    compute = _cox_scores if "time" in table else _logistic_scores
    scores = compute(given, np.ones(given.n, dtype=bool), features, treated)
    column = table["x2"].to_numpy() - table["x2"].mean()
    z = max_association(scores, column[:, None], 0).statistic
    return float(np.sign(column @ scores) * z)


def wald_z(table: pd.DataFrame) -> float:
    treated = (table["arm"] == "treated").to_numpy(dtype=float)
    x = table[["x0", "x1", "x2"]].to_numpy()
    design = np.column_stack([x, treated, treated * x[:, 2]])
    if "time" in table:
        model = sm.PHReg(table["time"].to_numpy(), design, status=table["event"].to_numpy(), ties="breslow")
        return float(model.fit(disp=0).tvalues[-1])
    return float(sm.Logit(table["y"].to_numpy(), sm.add_constant(design)).fit(disp=0).tvalues[-1])


@pytest.mark.independent
@pytest.mark.parametrize("kind", ["binary", "survival"])
@pytest.mark.parametrize(("seed", "interaction"), [(1, 0.0), (2, 0.4), (3, -0.4)])
def test_one_covariate_is_close_to_the_wald_test_of_an_interaction(kind: str, seed: int, interaction: float) -> None:
    table = frame(2_000, seed, kind=kind, interaction=interaction)
    # First-order equivalent tests. They differ by the ridge and by a variance that does not take off what the estimated
    # common ratio explains, which leaves ours slightly smaller where baseline risks differ much.
    assert signed_z(table) == pytest.approx(wald_z(table), abs=0.3)


@pytest.mark.known_truth
@pytest.mark.parametrize("kind", ["binary", "survival"])
def test_a_constant_ratio_is_seldom_doubted(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """40 null trials; more rejections at 5 % than the bound would happen in about 2 of 1,000 runs."""
    monkeypatch.setattr(global_test, "FLIPS", 399)
    rejected = sum(p_value(frame(300, 100 + seed, kind=kind), seed) <= 0.05 for seed in range(40))
    assert rejected <= stats.binom.ppf(0.998, 40, 0.05)


@pytest.mark.known_truth
@pytest.mark.parametrize("kind", ["binary", "survival"])
def test_a_ratio_that_changes_sides_is_found(kind: str) -> None:
    assert p_value(frame(1_500, 5, kind=kind, log_ratio=0.0, interaction=1.5)) < 0.001


@pytest.mark.known_truth
def test_a_continuous_outcome_has_no_relative_scale() -> None:
    given = small_trial()
    basis = Basis(columns=np.zeros((120, 1)), covariate=("x0",), untested=())
    assert relative_scale_test(given, SimpleNamespace(), encode(given.covariates), basis).empty


@pytest.mark.known_truth
def test_no_binary_event_in_either_arm_is_unknown() -> None:
    table = frame(200, 6, kind="binary")
    arms = np.where(np.arange(200) % 3 == 0, "second", table["arm"])
    happened = (arms == "second") & (np.arange(200) % 2 == 0)
    given = trial(table.assign(arm=arms, y=happened.astype(float)))
    features = encode(given.covariates)
    effects = SimpleNamespace(cluster=None, spec=SimpleNamespace(seed=0))
    result = relative_scale_test(given, effects, features, modifier_basis(features, given.arm_index))
    assert np.isnan(result.loc["treated", "p_value"])


@pytest.mark.known_truth
def test_no_event_in_time_is_unknown() -> None:
    assert np.isnan(p_value(frame(200, 6, kind="survival").assign(event=0)))
