"""Code that follows the patients again gives the same tables, in a process that has imported nothing before."""

import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from ite.charts.design_patients import calendar_table, levels_table
from ite.design.enrichment.patient_comparison import follow_patients
from ite.report.patient_code import PatientRun, patient_code
from tests.design.enrichment.patients import design, level, one_subgroup

pytestmark = pytest.mark.known_truth
RESPONSE = {"control": (0.3, 0.3), "treatment": (0.5, 0.35), "dependence": 0.8}
RUNS = {
    "increments": PatientRun(design=design(one_subgroup(1, 1)), level=level(), trials=200, seed=4),
    "cohorts": PatientRun(
        design=design(),
        level=level(
            patients=900,
            control_hazards=({"levels": (0.03,)}, {"levels": (0.04, 0.02), "starts": (0, 6)}),
            construction="separate_cohorts",
            calendar_limit_months=60.0,
            early_response=RESPONSE,
        ),
        trials=150,
    ),
}


@pytest.mark.parametrize("kind", RUNS)
def test_code_gives_the_same_tables(kind: str) -> None:
    run = RUNS[kind]
    found = follow_patients(run.design, run.level, run.trials, run.seed)
    for table, expected in (("levels_table", levels_table(found)), ("calendar_table", calendar_table(found))):
        namespace: dict[str, Any] = {}
        exec(compile(patient_code(run, table), "shown code", "exec"), namespace)  # noqa: S102 - this is the test
        pd.testing.assert_frame_equal(namespace["shown"], expected)


def test_code_runs_by_itself() -> None:
    code = patient_code(RUNS["increments"], "calendar_table")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "patients screened" in done.stdout
    assert max(map(len, code.splitlines())) <= 110
