"""Tables and chart of followed patients: true to their numbers, in words, the same in both themes."""

import numpy as np
import pytest

from ite.charts.design_patients import PATIENT, STATISTIC, calendar_table, levels_chart, levels_table
from ite.charts.theme import alt_text
from ite.design.enrichment.patient_comparison import FollowedDesign, follow_patients
from tests.design.enrichment.patients import design, level, one_subgroup

pytestmark = pytest.mark.known_truth


@pytest.fixture(scope="module")
def found() -> FollowedDesign:
    return follow_patients(design(one_subgroup(0.6, 1.0), futility_p=0.5), level(), 300, seed=1)


def test_the_table_holds_both_levels_and_their_difference(found: FollowedDesign) -> None:
    table = levels_table(found).set_index("figure")
    row = table.loc["benefit in subgroup"]
    one, other = found.patients.operating.populations, found.statistics.populations
    assert row[PATIENT] == one.loc["subgroup", "power"]
    assert row[STATISTIC] == other.loc["subgroup", "power"]
    assert row["difference"] == pytest.approx(row[PATIENT] - row[STATISTIC])
    errors = one.loc["subgroup", "power_se"], other.loc["subgroup", "power_se"]
    assert row["difference, Monte-Carlo error"] == pytest.approx(np.sqrt(errors[0] ** 2 + errors[1] ** 2))
    assert table.loc["events on average", PATIENT] > 100
    assert not any("_" in name for name in table.columns)


def test_without_a_true_null_there_is_no_error_to_show(found: FollowedDesign) -> None:
    error = "family-wise error"
    assert error not in set(levels_table(found)["figure"])
    nothing = follow_patients(design(one_subgroup(1, 1)), level(), 200, seed=1)
    assert error in set(levels_table(nothing)["figure"])


def test_the_calendar_is_in_words(found: FollowedDesign) -> None:
    table = calendar_table(found).set_index("Figure")["On average"]
    calendar = found.patients.calendar["estimate"]
    assert table["look 1"].startswith(f"month {calendar['month_look_1']:.1f} ± 0.")
    assert table["planned events reached at look 1"] == "100.0 %"
    assert table["patients screened"].startswith(f"{calendar['screened']:,.0f} ± ")
    assert not any("_" in figure for figure in table.index)


def test_the_chart_shows_shares_in_both_themes(found: FollowedDesign) -> None:
    light, dark = levels_chart(found), levels_chart(found, "dark")
    assert alt_text(light) == alt_text(dark)
    assert f"at least one population, {PATIENT}: " in alt_text(light)
    assert STATISTIC in alt_text(light)
    assert "on average" not in alt_text(light)
    assert light.to_dict() != dark.to_dict()
