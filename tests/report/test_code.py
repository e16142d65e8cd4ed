"""Every script that is shown runs as a reader would run it, and gives the shown numbers."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ite.charts.effects import benefit_bins
from ite.estimation.estimate import estimate
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.evaluate import evaluate
from ite.report.code import benefit_code, build, estimate_code, evidence_code, forest_code, slice_code, trial_code
from ite.subgroup.benefit_curve import slice_benefit
from ite.subgroup.forest import subgroup_forest
from ite.subgroup.slice import Slice, compare_slice
from ite.trial.data import TrialData
from ite.trial.reading import read_trial
from ite.trial.roles import Roles
from ite.trial.samples import SAMPLES, load_sample

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")
FILE = 'Bob\'s "trial" {n}.csv'
SPEC = EffectSpec(learner="x_lasso", folds=3, repeats=1, seed=5)
ROLES = Roles(
    treatment="the 'arm'",
    control='"none"',
    outcome="outcome\\n",
    covariates=("age {years}", "sex; import os"),
    higher_is_better=False,
    protected=("sex; import os",),
    randomization={'"none"': 1 / 3, "new": 2 / 3},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a trial whose names could break a script."""
    rng = np.random.default_rng(3)
    n = 240
    treated, age = rng.random(n) < 2 / 3, rng.normal(60, 10, n)
    frame = pd.DataFrame(
        {
            "the 'arm'": np.where(treated, "new", '"none"'),
            "outcome\\n": age / 10 + treated * (age - 70) / 10 + rng.normal(size=n),
            "age {years}": age,
            "sex; import os": rng.choice(["f", "m"], n),
        }
    )
    made = tmp_path_factory.mktemp("trial")
    frame.to_csv(made / FILE, index=False)
    return made


@pytest.fixture(scope="module")
def trial(folder: Path) -> TrialData:
    return read_trial(folder / FILE, ROLES)


@pytest.fixture(scope="module")
def effects(trial: TrialData) -> EffectEstimate:
    return estimate(trial, SPEC)


@pytest.fixture(autouse=True)
def start_in_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def run(code: str) -> Any:  # noqa: ANN401 - a table of some kind
    """Run a script as a reader would and return what it shows."""
    namespace: dict[str, Any] = {}
    exec(compile(code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    return namespace["shown"]


@pytest.mark.known_truth
def test_trial_code_reads_the_trial(trial: TrialData, capsys: pytest.CaptureFixture[str]) -> None:
    pd.testing.assert_frame_equal(run(trial_code(FILE, ROLES)), trial.frame)
    assert "age {years}" in capsys.readouterr().out


@pytest.mark.known_truth
@pytest.mark.parametrize("shown", ["ate", "benefit", "ranking", "scores"])
def test_estimate_code_gives_the_same_effects(effects: EffectEstimate, shown: str) -> None:
    made = run(estimate_code(FILE, ROLES, effects.spec, f"effects.{shown}"))
    pd.testing.assert_frame_equal(made, getattr(effects, shown), check_exact=True)


@pytest.mark.known_truth
@pytest.mark.parametrize("shown", ["heterogeneity", "modifiers", "toc", "calibration"])
def test_evidence_code_gives_the_same_evidence(trial: TrialData, effects: EffectEstimate, shown: str) -> None:
    made = run(evidence_code(FILE, ROLES, effects.spec, f"evidence.{shown}"))
    pd.testing.assert_frame_equal(made, getattr(evaluate(trial, effects), shown), check_exact=True)


@pytest.mark.known_truth
@pytest.mark.parametrize(("by", "shown"), [("age {years}", "curve"), ("sex; import os", "regions")])
def test_benefit_code_gives_the_same_curve(trial: TrialData, effects: EffectEstimate, by: str, shown: str) -> None:
    made = run(benefit_code(FILE, ROLES, effects.spec, {"by": by, "arm": "new"}, shown=f"benefit.{shown}"))
    expected = slice_benefit(trial, effects, by=by, arm="new", seed=SPEC.seed)
    pd.testing.assert_frame_equal(made, getattr(expected, shown), check_exact=True)


@pytest.mark.known_truth
def test_benefit_code_repeats_that_the_biomarker_was_prespecified(effects: EffectEstimate) -> None:
    asked = {"by": "sex; import os", "arm": "new", "prespecified": True}
    shown = "benefit.regions.assign(p_value=benefit.p_value)"
    assert run(benefit_code(FILE, ROLES, effects.spec, asked, shown))["p_value"].notna().all()


@pytest.mark.known_truth
@pytest.mark.parametrize(
    "chosen",
    [
        Slice(name='it\'s "old"', axis="age {years}", arm="new", lower=58.25),
        Slice(name="f", axis="sex; import os", arm="new", levels=("f",), prespecified=True),
    ],
)
def test_slice_code_gives_the_same_comparison(trial: TrialData, effects: EffectEstimate, chosen: Slice) -> None:
    made = run(slice_code(FILE, ROLES, effects.spec, chosen))
    expected = compare_slice(trial, effects, chosen, seed=SPEC.seed).frame
    pd.testing.assert_frame_equal(made, expected, check_exact=True)


@pytest.mark.known_truth
def test_forest_code_gives_the_same_forest(trial: TrialData) -> None:
    made = run(forest_code(FILE, ROLES, ["sex; import os"], "new"))
    pd.testing.assert_frame_equal(made, subgroup_forest(trial, by=("sex; import os",), arm="new").levels)


@pytest.mark.known_truth
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.key)
def test_code_of_a_sample_reads_the_shipped_file(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    monkeypatch.chdir(Path(__file__).parents[2])
    made = run(trial_code(f"data/{sample.file}", sample.roles))
    pd.testing.assert_frame_equal(made, load_sample(sample.key).frame)


@pytest.mark.known_truth
@pytest.mark.parametrize("model", [ROLES, SPEC, EffectSpec(), *(sample.roles for sample in SAMPLES)])
def test_a_specification_is_built_again_without_its_defaults(model: Roles | EffectSpec) -> None:
    code = build(model)
    assert run(f"import ite\nshown = {code}") == model
    assert not re.search(r"=None\b", code)


@pytest.mark.known_truth
def test_code_uses_public_calls_only() -> None:
    code = evidence_code(FILE, ROLES, SPEC)
    assert re.findall(r"^(?:import|from) .*$", code, re.MULTILINE) == ["import ite"]


@pytest.mark.known_truth
def test_a_function_without_a_public_name_is_called_by_its_module(effects: EffectEstimate) -> None:
    code = estimate_code(FILE, ROLES, effects.spec, 'ite.charts.effects.benefit_bins(effects, "new")')
    assert "import ite.charts.effects\n" in code
    pd.testing.assert_frame_equal(run(code), benefit_bins(effects, "new"))


@pytest.mark.known_truth
def test_only_modules_are_imported() -> None:
    shown = 'ite.describe_outcome(trial).arms.join(ite.analysis.cox_by_arm(trial)).rename({"ite.os.system(": "x"})'
    imports = [line for line in trial_code(FILE, ROLES, shown).splitlines() if line.startswith("import")]
    assert imports == ["import ite", "import ite.analysis"]
