"""Charts and sentences of a typed design: described, bounded, the same in both themes, and true to their numbers."""

import math
from collections.abc import Callable

import pytest

from ite.charts.design_looks import boundary_chart, expected_size_chart, interim_chart
from ite.charts.design_looks_enlarged import conditional_power_chart, second_stage_chart
from ite.charts.design_looks_table import levels_as_read, looks_as_read
from ite.charts.design_size import assurance_chart, calendar_chart, power_chart
from ite.charts.reading_assurance import assurance_method, assurance_sentence, assurance_title
from ite.charts.reading_design import arms_words, size_method, size_sentence, size_title
from ite.charts.reading_enlargement import (
    levels_sentence,
    levels_title,
    power_sentence,
    power_title,
    second_stage_sentence,
    second_stage_title,
)
from ite.charts.reading_looks import expected_sentence, interim_sentence, looks_sentence, looks_title, table_sentence
from ite.charts.theme import MAX_MARKS, Drawing, Theme, alt_text, ink
from ite.design.fixed.effect_range import EffectRange, assurance_curve, usual_range
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.design.fixed.trial_size import OneAnalysis, power_curve, size_trial, trial_calendar
from ite.design.fixed.what_if import what_if
from ite.design.sequential.boundary import Boundary
from ite.design.sequential.enlargement import enlargement_curve, enlargement_levels, zone_of_plan
from ite.design.sequential.futility import Futility
from ite.design.sequential.group_sequential import plan_group_sequential
from ite.design.sequential.planned_looks import interim_curve, interim_result, look_table, size_table, with_looks

pytestmark = pytest.mark.known_truth
MEANS = OneAnalysis(endpoint=Means(mean_difference=0.4))
RATES = OneAnalysis(endpoint=Rates(rate_treatment=0.45, rate_control=0.3), dropout=0.1)
TIMES = OneAnalysis(endpoint=LogRank(hazard_ratio=0.7), control_median_months=12, dropout=0.1)
# The first of three looks is for futility only: it has no bound for benefit.
LOOKS = Boundary(information_fractions=(0.3, 0.6, 1.0), futility_only_looks=(1,))
DESIGN = with_looks(TIMES, LOOKS, Futility(scale="z", bounds=(-0.5, 0.5)))
PLAN = plan_group_sequential(DESIGN)
TABLE = look_table(TIMES, PLAN)
SIZE = size_trial(TIMES)
SAID = interim_result(PLAN, DESIGN, 2, 0.8)
BELIEVED = EffectRange(weakest=1.05, strongest=0.5)
ASSURED = assurance_curve(TIMES, SIZE.n_total, BELIEVED)
TWO = with_looks(TIMES, Boundary())
TWO_PLAN = plan_group_sequential(TWO)
ZONE = zone_of_plan(TWO_PLAN, largest_ratio=2.0, target=0.8)
ENLARGED = enlargement_curve(TWO_PLAN, TWO, ZONE)
CHARTS: dict[str, Callable[[Theme], Drawing]] = {
    "power": lambda theme: power_chart(power_curve(TIMES, SIZE.n_total, (1.0, 0.75)), TIMES, SIZE, theme),
    "assurance": lambda theme: assurance_chart(ASSURED, ASSURED.loc[18], theme),
    "second stage": lambda theme: second_stage_chart(ENLARGED, TIMES.endpoint, theme),
    "conditional power": lambda theme: conditional_power_chart(ENLARGED, TIMES.endpoint, theme),
    "calendar": lambda theme: calendar_chart(trial_calendar(TIMES, SIZE.n_total), SIZE, theme),
    "bounds": lambda theme: boundary_chart(TABLE, TIMES.endpoint, theme),
    "expected": lambda theme: expected_size_chart(size_table(PLAN), TIMES.endpoint, theme),
    "interim": lambda theme: interim_chart(interim_curve(PLAN, DESIGN, 2), SAID, TIMES.endpoint, theme),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", CHARTS)
def test_chart_is_valid_described_and_readable(name: str, theme: Theme) -> None:
    drawing = CHARTS[name](theme)
    spec = drawing.to_dict()
    assert spec["background"] == ink(theme).ground
    assert len(alt_text(drawing)) > 30
    assert "nan" not in alt_text(drawing)
    assert sum(len(values) for values in spec["datasets"].values()) <= MAX_MARKS


def test_a_look_that_cannot_stop_for_benefit_has_no_bound_drawn() -> None:
    spec = CHARTS["bounds"]("light").to_dict()
    drawn = [[row["kind"] for row in rows] for rows in spec["datasets"].values() if any("kind" in row for row in rows)]
    assert drawn
    for kinds in drawn:
        assert (kinds.count("stop for benefit"), kinds.count("stop for futility")) == (2, 2)


@pytest.mark.parametrize(
    ("arms", "words"),
    [
        ((133, 133), "266 patients, 133 in each arm"),
        ((1200, 600), "1,800 patients, 1,200 under treatment and 600 under control"),
    ],
)
def test_patients_in_words(arms: tuple[int, int], words: str) -> None:
    assert arms_words(*arms) == words


def test_a_size_is_read_with_what_it_is_worth_otherwise() -> None:
    size = size_trial(RATES)
    otherwise = what_if(RATES, size, weaker=0.5)
    said = size_sentence(RATES, size, otherwise)
    assert f"a rate of 45 % instead of 30 % with a power of {100 * size.power:.1f} %" in said
    assert f"{otherwise.weaker_size.n_total:,} patients would be needed" in said
    assert "10 % of the patients are lost." in size_method(RATES, size)


def test_event_times_are_read_in_patients_and_events() -> None:
    assert size_title(TIMES, SIZE).endswith("for 331 events")
    assert "lost within twelve months" in size_method(TIMES, SIZE)
    assert looks_title(TIMES, PLAN).startswith(f"At most {int(PLAN.max_size) + 1} events in ")


def test_a_plan_says_how_often_it_stops_early() -> None:
    stops = PLAN.operating.truths.set_index("truth")["stop_early_futility"]
    said = looks_sentence(TIMES, PLAN)
    assert f"for futility with {100 * stops['assumed effect']:.1f} %" in said
    assert said.endswith(f"stops early for futility with {100 * stops['no effect']:.1f} %.")
    assert "it cannot stop for benefit" in table_sentence(TIMES, TABLE)
    without = plan_group_sequential(with_looks(MEANS, Boundary()))
    assert looks_sentence(MEANS, without).endswith("shows the benefit in the end with 90.0 %.")


@pytest.mark.parametrize(("first", "words"), [(0.5, "fewer"), (0.02, "more")])
def test_looks_that_come_too_early_cost_more_than_they_save(first: float, words: str) -> None:
    fractions = (first, 2 * first, 1.0) if first < 0.5 else (first, 1.0)
    plan = plan_group_sequential(with_looks(MEANS, Boundary(family="pocock", information_fractions=fractions)))
    assert f" % {words} than the {2 * math.ceil(plan.fixed_size / 2):,} of one analysis" in expected_sentence(
        MEANS, plan
    )


def test_assurance_is_read_beside_the_power_with_its_range_and_its_limit() -> None:
    planned = ASSURED.loc[18]
    assert assurance_title(planned) == (
        f"Assurance {100 * planned['assurance']:.1f} %, beside a power of {100 * SIZE.power:.1f} %"
    )
    said = assurance_sentence(TIMES.endpoint, BELIEVED, planned)
    assert f"With {SIZE.n_total:,} patients" in said
    assert "a hazard ratio between 1.05 and 0.5 (95 % range)" in said
    # log(1.05 x 0.5) / log(1.05 / 0.5) x 1.96 = -1.70, below which a normal variable lies in 95.6 of 100 cases.
    assert "could pass 95.6 %" in said
    assert "could pass" not in assurance_sentence(TIMES.endpoint, usual_range(TIMES.endpoint), planned)
    assert "Normal prior of the logarithm" in assurance_method(TIMES.endpoint, 0.025)
    assert "3 analyses" in assurance_method(MEANS.endpoint, 0.025, looks=3)


def test_an_enlargement_is_read_with_its_zone_and_the_levels_of_its_tests() -> None:
    levels = enlargement_levels(TWO_PLAN, TWO, ZONE)
    promising = ENLARGED.loc[ENLARGED["zone"] == "promising", "estimate"]
    assert second_stage_title(ENLARGED, TIMES.endpoint) == "A second stage of 167 events, or up to 500"
    said = second_stage_sentence(ENLARGED, TIMES.endpoint, ZONE)
    assert f"From an estimate of {promising.iloc[0]:.3g} to one of {promising.iloc[-1]:.3g}" in said
    # Mehta and Pocock (2011), table 1: 36 % for a look half-way and at most twice the size.
    assert "with 35.6 % to 80 %" in said
    assert "the level of 2.50 % always" in levels_sentence(levels, ZONE)
    assert levels_title(levels).endswith(f"a level of {100 * levels['level'].iloc[3]:.2f} %")
    table = levels_as_read(levels)
    assert list(table["level of the whole trial"][:2]) == ["2.50 %", "2.50 %"]
    assert table["rule"].iloc[3] == "enlarged wherever needed, usual statistic"
    gain = ENLARGED.loc[(ENLARGED["usual_power"] - ENLARGED["planned_power"]).idxmax()]
    assert gain["zone"] == "promising"
    assert f"{100 * gain['planned_power']:.1f} % as planned" in power_sentence(ENLARGED, TIMES.endpoint)
    assert power_title(ENLARGED).endswith(f" to {100 * gain['usual_power']:.1f} %")
    stopped = ENLARGED[ENLARGED["zone"] != "promising"]
    assert second_stage_sentence(stopped, TIMES.endpoint, ZONE).startswith("No estimate")


def test_the_looks_are_read_without_columns_that_no_look_has() -> None:
    read = looks_as_read(TABLE, TIMES.endpoint)
    assert read["z for benefit"].tolist() == ["none", *(f"{z:.3f}" for z in TABLE["z_benefit"].iloc[1:])]
    assert read["events"].tolist() == [str(math.ceil(events - 1e-6)) for events in TABLE["events"]]
    assert not [name for name in read.columns if "_" in name]
    plan = plan_group_sequential(with_looks(MEANS, Boundary()))
    without = looks_as_read(look_table(MEANS, plan), MEANS.endpoint)
    assert not [name for name in without.columns if name.endswith("for futility")]
    assert without["month"].tolist() == ["24.0", "36.0"]
    assert looks_title(MEANS, plan).startswith(f"At most {without['patients'].iloc[-1]} patients")


def test_an_estimate_is_read_in_its_own_unit() -> None:
    design = with_looks(RATES, Boundary())
    plan = plan_group_sequential(design)
    said = interim_sentence(RATES.endpoint, 1, 0.08, interim_result(plan, design, 1, 0.08))
    assert said.startswith("An estimate of +8.0 percentage points at look 1")
    assert interim_sentence(TIMES.endpoint, 2, 0.8, SAID).startswith("An estimate of 0.8 at look 2")
