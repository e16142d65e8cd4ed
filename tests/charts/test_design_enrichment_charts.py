"""Charts of enrichment designs: valid in both themes, described, bounded, and true to their results."""

import numpy as np
import pandas as pd
import pytest

from ite.charts import design_enrichment, design_error_map, design_strategies, design_tables
from ite.charts.design_bars import share_axis
from ite.charts.theme import MAX_MARKS, Drawing, Theme, alt_text
from ite.design.comparison.error_map import ErrorMap, error_map
from ite.design.comparison.regret import regret
from ite.design.comparison.side_by_side import compare_strategies
from ite.design.comparison.tornado import tornado
from ite.design.enrichment.simulate import simulate_enrichment
from ite.errors import DesignError
from tests.design.enrichment.examples import one_subgroup, two_overlapping

pytestmark = pytest.mark.known_truth
DESIGN = one_subgroup()
FOUND = simulate_enrichment(DESIGN, 1_000, 3)


@pytest.fixture(scope="module")
def errors() -> ErrorMap:
    return error_map(DESIGN, trials=100, again=200)


def draw(name: str, theme: Theme, errors: ErrorMap) -> Drawing:
    drawings = {
        "power": lambda: design_enrichment.power_chart(FOUND, None, theme),
        "pinned": lambda: design_enrichment.power_chart(FOUND, simulate_enrichment(DESIGN, 500, 4), theme),
        "flow": lambda: design_enrichment.flow_chart(FOUND, theme),
        "three stages": lambda: design_enrichment.flow_chart(simulate_enrichment(two_overlapping(), 1_000), theme),
        "strategies": lambda: design_strategies.strategies_chart(compare_strategies(DESIGN, trials=500), theme),
        "regret": lambda: design_strategies.regret_chart(regret(DESIGN, trials=200), theme),
        "tornado": lambda: design_strategies.tornado_chart(tornado(DESIGN, trials=500), theme),
        "errors": lambda: design_error_map.error_map_chart(errors, theme),
    }
    return drawings[name]()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["power", "pinned", "flow", "three stages", "strategies", "regret", "tornado", "errors"]
)
def test_chart_is_valid_described_and_bounded(name: str, theme: Theme, errors: ErrorMap) -> None:
    drawing = draw(name, theme, errors)
    spec = drawing.to_dict()
    assert len(alt_text(drawing)) > 30
    assert sum(len(rows) for rows in spec["datasets"].values()) <= MAX_MARKS


def test_power_bars_are_the_result_with_their_monte_carlo_interval() -> None:
    table = design_enrichment.power_table(FOUND).set_index("claim")
    power, error = FOUND.populations.loc["subgroup", ["power", "power_se"]].astype(float)
    row = table.loc["benefit in subgroup"]
    assert row["probability"] == power
    assert row["upper"] - row["probability"] == pytest.approx(1.96 * error, rel=1e-3)
    assert table.loc["at least one of them", "probability"] == FOUND.summary.loc["any", "estimate"]


@pytest.mark.parametrize("stages", [2, 3])
def test_ways_out_of_a_stage_are_all_trials_that_reached_it(stages: int) -> None:
    design = DESIGN if stages == 2 else two_overlapping((0.3, 0.2, 0.1, 0.0))
    table = design_enrichment.flow_table(simulate_enrichment(design, 2_000, 5))
    running = 1.0
    for stage in range(2, stages + 1):
        ways = table[table["stage"] == stage]
        np.testing.assert_allclose(ways["probability"].sum(), running, atol=1e-12)
        running = float(ways.loc[~ways["box"].str.startswith("stop"), "probability"].sum())


def test_a_population_never_joins_again() -> None:
    boxes = design_enrichment._placed(design_enrichment.flow_table(simulate_enrichment(two_overlapping(), 2_000, 5)))
    lines = design_enrichment._lines(boxes)
    last = lines[lines["x2"] > 2.5]
    assert len(last)
    sources = {(row["stage"], row["row"]): row["box"] for row in boxes.to_dict("records")}
    for line in last.to_dict("records"):
        source, target = sources[2, line["y"]], sources[3, line["y2"]]
        assert target.startswith("stop") or set(target.split(" + ")) <= set(source.split(" + "))


def test_the_map_marks_the_worst_points_and_draws_every_configuration(errors: ErrorMap) -> None:
    rows = [
        row for rows in design_error_map.error_map_chart(errors, "light").to_dict()["datasets"].values() for row in rows
    ]
    assert sorted(row["rank"] for row in rows if "rank" in row) == ["1", "2", "3", "4", "5"]
    assert len([row for row in rows if "error" in row and "rank" not in row]) == len(errors.grid)


def test_a_map_of_four_strata_is_refused() -> None:
    found = error_map(two_overlapping(), trials=100, again=100)
    with pytest.raises(DesignError, match="two axes"):
        design_error_map.error_map_chart(found)


@pytest.mark.parametrize("prevalence", [0.1, 0.4, 0.85])
def test_every_truth_lies_on_the_map(prevalence: float) -> None:
    found = error_map(one_subgroup("rates", prevalence), trials=100, again=200)
    spec = design_error_map.error_map_chart(found).to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows if "error" in row]
    for axis, field in (("x", "inside"), ("y", "outside")):
        low, high = spec["layer"][0]["encoding"][axis]["scale"]["domain"]
        assert all(low - 1e-9 <= row[field] <= high + 1e-9 for row in rows)
    squares = [row for row in rows if "right" in row]
    assert len(squares) > 0.9 * len(found.grid)


def test_a_truth_below_the_map_is_held_at_its_edge() -> None:
    """Where nearly all have the marker, those without it must be harmed greatly before the benefit cancels out."""
    found = error_map(one_subgroup(prevalence=0.9), trials=100, again=200)
    spec = design_error_map.error_map_chart(found).to_dict()
    rows = [row for rows in spec["datasets"].values() for row in rows if row.get("shape") == "triangle-down"]
    low = min(find["encoding"]["y"]["scale"]["domain"][0] for find in spec["layer"] if "scale" in find["encoding"]["y"])
    assert rows
    assert {row["outside"] for row in rows} == {low}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_bars_of_probabilities_have_an_axis_to_one_hundred_percent(theme: Theme) -> None:
    for drawing in (
        design_enrichment.power_chart(FOUND, None, theme),
        design_strategies.strategies_chart(compare_strategies(DESIGN, trials=500), theme),
    ):
        x = drawing.to_dict()["layer"][0]["encoding"]["x"]
        assert x["axis"]["values"] == [0, 0.2, 0.4, 0.6, 0.8, 1]
        assert x["scale"]["domain"][1] >= 1


@pytest.mark.parametrize(("ends", "last"), [((0.01, 0.03), 0.1), ((0.1, 0.3), 1.0), ((0.5, 2.3), 2.0)])
def test_shares_have_the_whole_axis_errors_a_tenth_and_ratios_end_where_they_do(
    ends: tuple[float, float], last: float
) -> None:
    axis, scale = share_axis(pd.Series(ends), ["one", "other"], pd.Series(["short", "a longer word"]))
    assert axis.to_dict()["values"][-1] == last
    assert scale.to_dict()["domain"][1] >= max(last, *ends)


def test_each_box_of_the_course_has_one_share() -> None:
    boxes = design_enrichment._placed(design_enrichment.flow_table(simulate_enrichment(two_overlapping(), 2_000, 5)))
    labels = design_enrichment._labels(design_enrichment._lines(boxes))
    assert len(labels) == len(boxes) - 1


def test_tables_in_words_are_the_results_figures() -> None:
    figures = design_tables.figures_in_words(FOUND).set_index("Figure")["This design"]
    power, error = FOUND.summary.loc["any", ["estimate", "standard_error"]]
    assert figures["benefit shown in at least one population"] == f"{100 * power:.1f} % ± {100 * error:.1f} %"
    assert figures["a population without benefit rejected (family-wise error)"] == "–"
    assert figures["size on average"].endswith(" patients")
    estimates = design_tables.estimates_in_words(FOUND).set_index("Estimate")
    assert estimates.loc["subgroup, shrunken", "Coverage"] == "–"
    assert list(estimates["Truth"].unique()) == ["0.220", "0.400"]
    assert len(design_tables.selection_in_words(FOUND)) == len(FOUND.continues)


def test_rates_are_read_in_percentage_points_and_events_leave_patients_open() -> None:
    rates = simulate_enrichment(one_subgroup("rates"), 500, 1)
    assert set(design_tables.estimates_in_words(rates)["Truth"]) == {"20.0", "11.0"}
    needs = design_tables.needs_in_words(compare_strategies(one_subgroup("events"), trials=500)).set_index("Strategy")
    assert (needs.loc["enriched", ["Patients", "Tested", "Months", "Cost"]] == "–").all()
    assert needs.loc["all-comers", "Tested"] == "0"


def test_worst_truths_are_numbered_as_on_the_map(errors: ErrorMap) -> None:
    table = design_tables.worst_errors_in_words(errors)
    assert list(table["Number"]) == ["1", "2", "3", "4", "5"]
    assert table["Error"].iloc[0] == f"{100 * errors.worst['error'].max():.2f} %"
