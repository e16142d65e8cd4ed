"""Rows of the committed tables come out again: the studies measured the code that is here."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from benchmarks import (
    allocation_delivered,
    calibration,
    curve_knots,
    enrolment,
    family_wise_error,
    forest_size,
    forest_tests,
    interval_coverage,
    learner_comparison,
    learner_ranking,
    modifier_tests,
    power,
    relative_scale,
    slice_calibration,
    targeting_band,
)
from ite.trial.data import OutcomeKind

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
            assert str(actual[str(column)]) == value, column
        elif actual.get(str(column)) is None:  # unknown, or not measured in this cell
            assert pd.isna(value), column
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


@pytest.mark.golden
def test_targeting_band() -> None:
    table = table_of(targeting_band, "targeting_band")
    assert_rows(
        table,
        range(len(targeting_band.CELLS)),
        lambda _, row: targeting_band.run_row((row["cell"], int(row["seed"]))),
    )


@pytest.mark.golden
@pytest.mark.parametrize("outcome", forest_tests.SIZES)
def test_forest_tests(outcome: OutcomeKind) -> None:
    table = table_of(forest_tests, f"forest_tests_{outcome}")
    rows = 4 if outcome == "time_to_event" else 10
    assert_rows(table, range(rows), lambda _, row: forest_tests.run_row((outcome, int(row["n"]), int(row["seed"]))))


@pytest.mark.golden
def test_allocation_delivered() -> None:
    table = table_of(allocation_delivered, "allocation_delivered")
    again = range(len(allocation_delivered.CELLS))
    assert_rows(table, again, lambda _, row: allocation_delivered.run_row((row["cell"], int(row["seed"]))))


@pytest.mark.golden
def test_curve_knots() -> None:
    table = table_of(curve_knots, "curve_knots")
    assert_rows(
        table, range(10), lambda _, row: curve_knots.run_row((int(row["n"]), int(row["knots"]), int(row["seed"])))
    )


@pytest.mark.golden
@pytest.mark.parametrize("study", enrolment.STUDIES)
def test_enrolment(study: str) -> None:
    table = table_of(enrolment, f"enrolment_{study}")
    assert_rows(table, range(2), lambda _, row: enrolment.run_row((study, int(row["seed"]))))


@pytest.mark.golden
def test_family_wise_error() -> None:
    table = table_of(family_wise_error, "family_wise_error")
    for position in range(0, len(table), len(table) // 10):
        row = table.iloc[position]
        assert family_wise_error.run_row(row) == row["rejections"]


@pytest.mark.golden
@pytest.mark.parametrize("study", sorted(slice_calibration.STUDIES))
def test_slices(study: str) -> None:
    table = table_of(slice_calibration, f"slice_{study}")
    again, cells = slice_calibration.STUDIES[study]
    # Within a batch of seeds the cells follow one another: one row of each, but of the slow study.
    batch = min(slice_calibration.BATCH, int(table.groupby("cell").size().min()))
    for position, cell in enumerate(cells[:1] if study == "pipeline" else cells):
        row = table.iloc[position * batch]
        assert_row(again((cell, int(row["seed"]))), row)


@pytest.mark.golden
def test_learner_ranking() -> None:
    table = table_of(learner_ranking, "learner_ranking")
    ours = ["generator", "n", "seed", "effect_sd", "ours, x_lasso", "ours, x_lasso, order", "common effect"]

    def again(_: int, row: pd.Series) -> Row:
        return learner_ranking.run_row((str(row["generator"]), int(row["n"]), int(row["seed"]), ("x_lasso",)))

    assert_rows(table[ours], range(4), again)


@pytest.mark.golden
def test_interval_coverage() -> None:
    table = table_of(interval_coverage, "interval_coverage")
    assert_rows(
        table,
        range(1),
        lambda _, row: interval_coverage.run_row((str(row["generator"]), int(row["n"]), int(row["seed"]))),
    )


@pytest.mark.golden
def test_modifier_tests() -> None:
    table = table_of(modifier_tests, "modifier_tests")
    assert_rows(table, range(10), lambda _, row: modifier_tests.run_row((str(row["cell"]), int(row["seed"]))))
