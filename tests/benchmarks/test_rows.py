"""Rows of the committed tables come out again: the studies measured the code that is here."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from benchmarks import calibration, forest_size, learner_comparison, power, relative_scale

Row = dict[str, Any]
#: Written with six digits; what took how long is no result.
TOLERANCE = 2e-5
TIMES = {"cpu_seconds"}
CALIBRATION = sorted(calibration.STUDIES)


def table_of(module: Any, name: str) -> pd.DataFrame:  # noqa: ANN401 - a benchmark module
    path = module.RESULTS / f"{name}.csv"
    if not path.exists():
        pytest.skip(f"{name} has not been measured yet")
    return pd.read_csv(path)


def assert_row(actual: Row, expected: pd.Series) -> None:
    for column, value in expected.drop(labels=list(TIMES), errors="ignore").items():
        if isinstance(value, str):
            assert actual[str(column)] == value, column
        else:
            close = pytest.approx(float(value), rel=TOLERANCE, abs=1e-7, nan_ok=True)
            assert float(actual[str(column)]) == close, column


def assert_rows(table: pd.DataFrame, positions: range, again: Callable[[int, pd.Series], Row]) -> None:
    for position in positions:
        assert_row(again(position, table.iloc[position]), table.iloc[position])


@pytest.mark.golden
@pytest.mark.parametrize("study", CALIBRATION)
def test_calibration(study: str) -> None:
    table = table_of(calibration, f"calibration_{study}")
    rows = 10 if calibration.STUDIES[study].learner is None else 3
    assert_rows(table, range(rows), lambda _, row: calibration.run_row((study, int(row["seed"]))))


@pytest.mark.golden
def test_power() -> None:
    table = table_of(power, "power")
    assert_rows(table, range(10), lambda _, row: power.run_row((row["cell"], int(row["seed"]))))


@pytest.mark.golden
def test_learner_comparison() -> None:
    table = table_of(learner_comparison, "learner_comparison")
    cells = len(learner_comparison.CELLS)
    assert_rows(
        table,
        range(2),
        lambda position, row: learner_comparison.run_row((row["cell"], position // cells, int(row["seed"]))),
    )


@pytest.mark.golden
def test_forest_size() -> None:
    table = table_of(forest_size, "forest_size")
    first = table.iloc[0]
    again = forest_size.run_trial((first["cell"], 0, int(first["seed"])))
    for position, row in enumerate(again):
        assert_row(row, table.iloc[position])


@pytest.mark.golden
def test_relative_scale() -> None:
    table = table_of(relative_scale, "relative_scale")
    assert_rows(
        table,
        range(10),
        lambda _, row: relative_scale.run_row((row["endpoint"], int(row["seed"]), int(row["number"]))),
    )
