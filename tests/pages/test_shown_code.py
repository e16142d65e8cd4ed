"""Every "Show code" of every page runs from the folder of the data and gives the numbers of its block."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import ite
from ite.analysis import analyse
from ite.estimation.spec import EffectSpec
from ite.report.block import ResultBlock
from ite.study import Study, with_effects, with_spec, with_trial
from ite.trial.data import TrialData
from ite.trial.reading import read_trial
from ite.trial.roles import Roles
from pages.ui import figure, jobs
from pages.ui.service import JobStatus

pytestmark = [pytest.mark.page, pytest.mark.filterwarnings("ignore")]
ROOT = Path(__file__).parents[2]
FILE = "my trial.csv"
SPEC = EffectSpec(learner="x_lasso", horizon=24, seed=5, folds=3, repeats=1)
ROLES = Roles(
    treatment="arm",
    control="none",
    time="months",
    event="relapse",
    covariates=("age", "stage"),
    randomization={"none": 1 / 3, "low": 1 / 3, "high": 1 / 3},
)
# Each page with what a visitor may choose on it.
VISITS: tuple[tuple[str, dict[str, str]], ...] = (
    ("data", {}),
    ("effects", {}),
    ("effects", {"question": "Does the ranking hold up?"}),
    ("effects", {"question": "What kind of covariates?"}),
    ("effects", {"question": "Benefit and harm"}),
    ("effects", {"question": "Credibility"}),
    ("effects", {"question": "Sensitivity"}),
    ("subgroups", {"biomarker": "age"}),
    ("subgroups", {"biomarker": "stage", "prespecified": "true"}),
)


def _write_trial(path: Path) -> None:
    rng = np.random.default_rng(3)
    n = 360
    arm, age = rng.choice(["none", "low", "high"], n), rng.normal(60, 10, n)
    months = rng.exponential(20 + (arm == "high") * np.clip(age - 50, 0, 30))
    censored = rng.uniform(12, 48, n)
    stage = rng.choice(["I", "II", "III"], n).astype(object)
    stage[:9] = None
    columns = {"arm": arm, "age": age, "stage": stage, "months": np.minimum(months, censored) + 0.1}
    pd.DataFrame({**columns, "relapse": (months <= censored).astype(int)}).to_csv(path, index=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("own")
    _write_trial(made / FILE)
    return made


@pytest.fixture(scope="module")
def study(folder: Path) -> Study:
    """Return a study whose effects are estimated."""
    trial = read_trial(folder / FILE, ROLES)
    found = analyse(trial, SPEC)
    return with_effects(with_spec(with_trial(Study(), trial), SPEC), found.effects, found.evidence, preview=False)


@pytest.fixture
def _remembered(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Estimate once: that a script estimates the same again is tested beside the code. Jobs run here and now."""

    def estimate(trial: TrialData, spec: EffectSpec) -> Any:  # noqa: ANN401 - stands in for the public call
        assert study.trial is not None
        assert study.effects is not None
        assert (trial.digest, spec) == (study.trial.digest, study.effects.spec)
        return study.effects

    monkeypatch.setattr(ite, "estimate", estimate, raising=False)
    monkeypatch.setattr(ite, "evaluate", lambda *_: study.evidence, raising=False)
    monkeypatch.setattr(jobs, "run", lambda _, function, *args: JobStatus(state="done", result=function(*args)))


def blocks_of(study: Study, page: str, choices: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[ResultBlock]:
    """Visit a page and return the results it shows."""
    shown: list[ResultBlock] = []
    monkeypatch.setattr(figure, "show", lambda block, *_, **__: shown.append(block))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["_study"] = study
    for name, value in choices.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert shown
    return shown


def run(code: str) -> pd.DataFrame:
    namespace: dict[str, Any] = {}
    exec(compile(code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    table = namespace["shown"]
    return table if isinstance(table, pd.DataFrame) else table.to_frame()


def values(frame: pd.DataFrame) -> list[set[str]]:
    """Numbers of each row, to twelve digits; names may be worded for the reader, numbers may not.

    A table without numbers is all words, which then must be the same.
    """
    numbers = frame.select_dtypes("number")
    if numbers.empty:
        return [set(map(str, row)) for row in frame.itertuples(index=False)]
    return [{f"{value:.12g}" for value in row if not pd.isna(value)} for row in numbers.itertuples(index=False)]


@pytest.mark.usefixtures("_remembered")
@pytest.mark.parametrize(("page", "choices"), VISITS, ids=lambda part: part if isinstance(part, str) else str(part))
def test_shown_code_gives_the_shown_numbers(
    study: Study, folder: Path, page: str, choices: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = blocks_of(study, page, choices, monkeypatch)
    monkeypatch.chdir(folder)
    wrong = []
    for block in blocks:
        found = values(run(block.code))
        lost = [row for row in values(block.data) if not any(row <= other for other in found)]
        if lost:
            wrong.append(f"{block.key}: {len(lost)} of {len(block.data)} rows are not in what the code shows")
    assert wrong == []
