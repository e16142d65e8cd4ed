"""The script of two outcomes gives the numbers of the calls behind the page."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ite.estimation.estimate import estimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.benefit_and_harm import benefit_and_harm
from ite.evaluation.second_outcome import second_effects, second_outcome_roles, second_outcome_spec
from ite.report.evidence_code import second_outcome_code
from ite.trial.reading import read_trial
from tests.estimation.trials import roles, trial_frame


@pytest.mark.independent
@pytest.mark.filterwarnings("ignore")
def test_the_script_gives_the_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = trial_frame(160, 3)
    harmed = np.random.default_rng(3).uniform(size=160) < 0.3 + 0.2 * (frame["arm"] == "treated")
    frame.assign(toxicity=np.where(harmed, "severe", "none")).to_csv(tmp_path / "own.csv", index=False)
    monkeypatch.chdir(tmp_path)
    asked = {"column": "toxicity", "positive": "severe"}
    trial = read_trial("own.csv", roles())
    effects = estimate(trial, EffectSpec(learner="x_lasso", folds=3, repeats=1))
    spec = second_outcome_spec(effects.spec)
    second = second_effects(read_trial("own.csv", second_outcome_roles(trial.roles, **asked)), spec)
    code = second_outcome_code("own.csv", trial.roles, effects.spec, asked, second.spec, "treated")
    namespace: dict[str, Any] = {}
    exec(compile(code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    expected = benefit_and_harm(effects, second, "treated")
    pd.testing.assert_frame_equal(namespace["shown"], expected)
    observed = frame["arm"].map(lambda arm: harmed[(frame["arm"] == arm).to_numpy()].mean())
    difference = observed[frame["arm"] == "control"].iloc[0] - observed[frame["arm"] == "treated"].iloc[0]
    assert abs(expected["second"][0] - difference) < 0.05
    assert expected["second"][0] < 0
