"""Charts of the Subgroups page, from real slices of a hand-made estimate."""

import numpy as np
import pandas as pd
import pytest

from ite.charts import subgroups
from ite.charts.theme import MAX_MARKS, Drawing, Theme, alt_text, arm_colour
from ite.subgroup.benefit_curve import slice_benefit
from ite.subgroup.forest import SubgroupForest
from ite.subgroup.slice import Slice, compare_slice
from tests.charts.examples import ARM, continuous_trial, effects_of

pytestmark = pytest.mark.known_truth
TRIAL = continuous_trial()
EFFECTS = effects_of(TRIAL)
COLOUR = arm_colour(ARM, TRIAL.arms, "light")


def forest() -> SubgroupForest:
    levels = pd.DataFrame(
        {
            "covariate": ["sex", "sex"],
            "level": ["female", "male"],
            "n": [150, 4],
            "events": [np.nan, np.nan],
            "estimate": [1.2, np.nan],
            "lower": [0.4, np.nan],
            "upper": [2.0, np.nan],
            "note": ["", "too few patients"],
        }
    )
    return SubgroupForest(
        arm=ARM, scale="difference in outcome", horizon=None, landmark=None, levels=levels, interactions=levels.head(0)
    )


def draw(name: str, theme: Theme) -> Drawing:
    if name == "forest":
        return subgroups.forest_chart(forest(), TRIAL.arms, average=1.0, theme=theme)
    if name == "slice":
        comparison = compare_slice(TRIAL, EFFECTS, Slice(name="high", axis="marker", arm=ARM, lower=50.0))
        return subgroups.slice_chart(comparison, EFFECTS.scale, COLOUR, average=1.0, theme=theme)
    if name == "histogram":
        return subgroups.biomarker_histogram(TRIAL.covariates["marker"], "marker", theme, colour=COLOUR)
    benefit = slice_benefit(TRIAL, EFFECTS, by={"curve": "marker", "levels": "sex"}[name])
    drawer = subgroups.benefit_curve_chart if name == "curve" else subgroups.levels_chart
    return drawer(benefit, TRIAL.arms, average=1.0, theme=theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["curve", "levels", "slice", "histogram", "forest"])
def test_chart_is_valid_described_and_bounded(name: str, theme: Theme) -> None:
    drawing = draw(name, theme)
    spec = drawing.to_dict()
    assert len(alt_text(drawing)) > 30
    assert sum(len(values) for values in spec["datasets"].values()) <= MAX_MARKS


def test_a_level_without_an_estimate_shows_its_reason() -> None:
    values = [row for rows in draw("forest", "light").to_dict()["datasets"].values() for row in rows]
    male = next(row for row in values if row.get("level") == "male")
    assert male["words"] == "too few patients"
    assert male["estimate"] is None


def test_biomarker_histogram_can_be_brushed_and_leaves_missing_values_out() -> None:
    spec = draw("histogram", "light").to_dict()
    assert [parameter["name"] for parameter in spec["params"]] == ["brush"]
    assert spec["usermeta"]["embedOptions"]["renderer"] == "canvas"
    assert subgroups.biomarker_bins(pd.Series([1.0, 2.0, np.nan]))["patients"].sum() == 2


def test_counts_name_events_only_where_there_are_any() -> None:
    counted = subgroups.slice_chart(
        compare_slice(TRIAL, EFFECTS, Slice(name="high", axis="marker", arm=ARM, lower=50.0)),
        EFFECTS.scale,
        COLOUR,
        average=1.0,
        theme="light",
    )
    labels = [row["counts"] for rows in counted.to_dict()["datasets"].values() for row in rows if "counts" in row]
    assert labels
    assert all("events" not in label for label in labels)
