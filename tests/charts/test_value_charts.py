"""Charts of patients to treat, and of life and quality: what they draw and what is said where they cannot be seen."""

from itertools import pairwise
from typing import Any

import pytest

from ite.charts.theme import Drawing, alt_text
from ite.charts.value_life import lives_chart, years_chart
from ite.charts.value_patients import icon_array
from ite.charts.value_patients_baseline import baseline_chart, baseline_grid
from ite.value.baseline_risk import RelativeEffect
from ite.value.patients_to_treat import AbsoluteChange, NumbersNeeded, PatientsToTreat, patients_from_numbers
from ite.value.qaly import UtilityPath
from ite.value.two_lives import TwoLives, compare_lives

pytestmark = pytest.mark.known_truth


def drawn(chart: Drawing) -> list[list[dict[str, Any]]]:
    """Return the rows of each data set of a chart."""
    return list(chart.to_dict()["datasets"].values())


@pytest.mark.parametrize("people", [100, 1000])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_person_is_one_mark(people: int, theme: Any) -> None:  # noqa: ANN401
    chart = icon_array(patients_from_numbers(NumbersNeeded(nnt=5, nnh=133)), people, theme)
    (rows,) = drawn(chart)
    assert len(rows) == people
    assert len({(row["row"], row["column"]) for row in rows}) == people
    assert sum(row["person"].endswith("helped") for row in rows) == people / 5


def test_harms_that_are_not_known_are_not_drawn_as_none() -> None:
    text = alt_text(icon_array(PatientsToTreat(gain=AbsoluteChange(difference=0.1)), 100))
    assert text == "Of 100 people treated: 10 helped, harms not known, 90 no different."


def test_a_scale_of_numbers_needed_passes_through_infinity_and_stays_readable() -> None:
    effect = RelativeEffect(measure="odds ratio", estimate=0.9, lower=0.6, upper=1.4)
    axes = [
        layer["encoding"]["y"]["axis"]["values"]
        for layer in baseline_chart(effect, 0.2, 0.3, "NNTB 63").to_dict()["layer"]
        if "values" in layer.get("encoding", {}).get("y", {}).get("axis", {})
    ]
    ticks = axes[0]
    assert min(ticks) < 0 < max(ticks)
    assert 0 in ticks
    assert min(after - before for before, after in pairwise(ticks)) >= 0.08 * (max(ticks) - min(ticks))


@pytest.mark.parametrize(("measure", "most"), [("risk ratio", 0.4), ("odds ratio", 0.9)])
def test_a_harmful_risk_ratio_is_drawn_as_far_as_it_holds(measure: Any, most: float) -> None:  # noqa: ANN401
    assert baseline_grid(RelativeEffect(measure=measure, estimate=2.5))[-1] == pytest.approx(most)


def test_two_lives_are_drawn_and_said() -> None:
    first, second = (
        UtilityPath(time_years=(0, 4), utility=utility, source="test") for utility in ((0.4, 0.8), (0.6, 0.6))
    )
    asked = TwoLives(names=("new", "old"), paths=(first, second))
    found = compare_lives(asked)
    chart = lives_chart(asked, found)
    upper = [(row["time_years"], row["upper"]) for rows in drawn(chart) for row in rows if "upper" in row]
    assert [value for pair in upper for value in pair] == pytest.approx([0, 0.6, 2, 0.6, 4, 0.8])
    assert alt_text(chart).startswith("Utility of new and old over 0 to 4 years.")
    assert "year 1: −0.15" in alt_text(years_chart(asked, found)).replace("-", "−")
