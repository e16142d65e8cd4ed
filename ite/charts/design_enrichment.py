"""Charts of an adaptive enrichment design: its course with probabilities, and its power."""

from collections.abc import Hashable
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.design_bars import share_axis
from ite.charts.number_words import percent_words
from ite.charts.theme import Drawing, Theme, arm_colours, dress, ink, layered
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.design.enrichment.spec import EnrichmentDesign
from ite.trial.normal import NORMAL_975

_DESIGNS = ("this design", "pinned")
_NAMES = {"full": "full population"}
_EVERYBODY, _KINDS = "everybody", ["stage", "stop"]
_STOP = "stop"
_STOPS = {"stop_success": "stop: benefit shown", "stop_futility": "stop: futility"}
#: Half a box in stages and in rows, a row in pixels, and boxes that fit above each other.
_HALF, _BOX_HALF, _ROW, _MOST_BOXES = 0.28, 0.36, 76, 5


def counted(design: EnrichmentDesign) -> str:
    """Return what the sizes of a design count."""
    return "events" if design.scenario.outcome.kind == "survival" else "patients"


def in_words(populations: str) -> str:
    """Name populations for a reader: the usual two by what they are, others by their own names."""
    return " + ".join(_NAMES.get(name, name) for name in populations.split(" + "))


def power_table(found: OperatingCharacteristics) -> pd.DataFrame:
    """Return how often each hypothesis is rejected: claim, probability, standard_error, lower, upper (95 %)."""
    populations = [
        (f"benefit in {in_words(name)}", power, error)
        for name, power, error in zip(
            found.populations.index, found.populations["power"], found.populations["power_se"], strict=True
        )
    ]
    overall = [
        (words, *found.summary.loc[measure, ["estimate", "standard_error"]])
        for measure, words in (("any", "at least one of them"), ("all", "all of them"))
        if len(found.populations) > 1
    ]
    frame = pd.DataFrame([*populations, *overall], columns=["claim", "probability", "standard_error"])
    reach = NORMAL_975 * frame["standard_error"]
    return frame.assign(
        lower=np.clip(frame["probability"] - reach, 0, 1), upper=np.clip(frame["probability"] + reach, 0, 1)
    )


def power_chart(
    found: OperatingCharacteristics, pinned: OperatingCharacteristics | None = None, theme: Theme = "light"
) -> Drawing:
    """Draw how often each population's benefit is shown, with Monte-Carlo intervals, beside a pinned design's."""
    designs = zip(_DESIGNS, (found, pinned), strict=True)
    frame = pd.concat([power_table(each).assign(design=name) for name, each in designs if each is not None])
    frame["words"] = [percent_words(*pair) for pair in zip(frame["probability"], frame["standard_error"], strict=True)]
    colours = list(arm_colours(("control", "new"), theme).values())[::-1]
    scale = alt.Scale(domain=list(_DESIGNS), range=colours)
    legend = alt.Legend(title=None) if pinned is not None else None
    claims = list(dict.fromkeys(frame["claim"]))
    axis, axis_scale = share_axis(frame["upper"], claims, frame["words"])
    title = "Probability to reject"
    base = alt.Chart(frame).encode(
        alt.Y("claim:N", sort=claims, title=None, axis=alt.Axis(labelLimit=260)),
        alt.YOffset("design:N", sort=list(_DESIGNS)),
        alt.X("probability:Q", title=title, axis=axis, scale=axis_scale),
    )
    beyond = alt.X("upper:Q", title=title, axis=axis, scale=axis_scale)  # words stand clear of the interval
    layers = layered(
        base.mark_bar(height={"band": 0.62}).encode(alt.Color("design:N", scale=scale, legend=legend)),
        base.mark_rule(strokeWidth=2, color=ink(theme).reference).encode(alt.X("lower:Q"), alt.X2("upper:Q")),
        base.mark_text(align="left", dx=10).encode(beyond, text="words:N"),
    )
    pairs = "; ".join(
        f"{claim} {words} ({design})"
        for claim, words, design in zip(frame["claim"], frame["words"], frame["design"], strict=True)
    )
    return dress(layers, theme, alt_text=f"Probability to reject: {pairs}.", height=20 + 46 * len(frame))


def flow_table(found: OperatingCharacteristics) -> pd.DataFrame:
    """Return the boxes of the design's course.

    One row per box: stage, box (the populations under study, or why the trial stops), size (as planned, in words),
    probability and standard_error (joint: of all trials).
    """
    design = found.design
    steps = np.diff((0.0, *design.cumulative_sizes))
    unit = counted(design)
    rows: list[tuple[object, ...]] = [(1, _EVERYBODY, f"{steps[0]:,.0f} {unit}", 1.0, 0.0)]
    for stage in range(2, design.stages + 1):
        sets = found.selection[found.selection["stage"] == stage].nlargest(_MOST_BOXES, "joint")
        planned = "size chosen at the look" if design.reestimation else f"{steps[stage - 1]:,.0f} {unit}"
        rows += [
            (stage, in_words(name), planned, share, error)
            for name, share, error in zip(sets["populations"], sets["joint"], sets["joint_se"], strict=True)
        ]
        rows += _stops(found, stage)
    return pd.DataFrame(rows, columns=["stage", "box", "size", "probability", "standard_error"])


def _stops(found: OperatingCharacteristics, stage: int) -> list[tuple[object, ...]]:
    """Return the trials that the look before a stage stops; with one look, success and futility apart."""
    if found.design.stages == 2:
        return [
            (stage, words, "at the look", *found.summary.loc[measure, ["estimate", "standard_error"]])
            for measure, words in _STOPS.items()
        ]
    reached = found.selection.groupby("stage")["joint"].sum()
    before = 1.0 if stage == 2 else float(reached.get(stage - 1, 0.0))
    share = max(before - float(reached.get(stage, 0.0)), 0.0)
    return [(stage, _STOP, f"at look {stage - 1}", share, float(np.sqrt(share * (1 - share) / found.trials)))]


def flow_chart(found: OperatingCharacteristics, theme: Theme = "light") -> Drawing:
    """Draw the design: stage 1 in everybody, what a look leads to and how often, and the stages that follow."""
    boxes = _placed(flow_table(found))
    lines = _lines(boxes)
    tallest = int(boxes.groupby("stage").size().max())
    x = alt.Scale(domain=[1 - _HALF - 0.02, found.design.stages + _HALF + 0.02], nice=False)
    y = alt.Scale(domain=[tallest / 2, -tallest / 2], nice=False)
    across, down = alt.X("x:Q", axis=None, scale=x), alt.Y("y:Q", axis=None, scale=y)
    colours, stage_colour = ink(theme), arm_colours(("control", "new"), theme)["new"]
    label = alt.Chart(_labels(lines)).encode(
        alt.X("label_x:Q", axis=None, scale=x), alt.Y("label_y:Q", axis=None, scale=y), text="percent:N"
    )
    line, box = alt.Chart(lines), alt.Chart(boxes).encode(across, down)
    layers = layered(
        line.mark_rule(color=colours.quiet, opacity=0.4).encode(
            across, alt.X2("x2:Q"), down, alt.Y2("y2:Q"), alt.StrokeWidth("width:Q", scale=None)
        ),
        box.mark_rect(cornerRadius=6, fill=colours.ground, strokeWidth=2.5).encode(
            alt.X2("x2:Q"),
            alt.Y2("y2:Q"),
            alt.Stroke("kind:N", scale=alt.Scale(domain=_KINDS, range=[stage_colour, colours.quiet]), legend=None),
        ),
        alt.Chart(boxes)
        .mark_text(lineBreak="\n", lineHeight=19, baseline="middle", dy=-9)
        .encode(alt.X("stage:Q", axis=None, scale=x), alt.Y("row:Q", axis=None, scale=y), text="words:N"),
        label.mark_text(align="right", fontWeight="bold", dy=-11, stroke=colours.ground, strokeWidth=5),
        label.mark_text(align="right", fontWeight="bold", dy=-11),
    )
    pairs = "; ".join(
        f"{box} {percent_words(share)}" for box, share in zip(boxes["box"], boxes["probability"], strict=True)
    )
    return dress(layers, theme, alt_text=f"Course of the trial, share of all trials: {pairs}.", height=_ROW * tallest)


def _placed(boxes: pd.DataFrame) -> pd.DataFrame:
    """Give each box its place: one column per stage, rows around the middle."""
    row = boxes.groupby("stage").cumcount() - (boxes.groupby("stage")["box"].transform("size") - 1) / 2
    return boxes.assign(
        row=row,
        x=boxes["stage"] - _HALF,
        x2=boxes["stage"] + _HALF,
        y=row - _BOX_HALF,
        y2=row + _BOX_HALF,
        kind=np.where(boxes["box"].str.startswith(_STOP), "stop", "stage"),
        words=boxes["box"] + "\n" + boxes["size"],
    )


def _lines(boxes: pd.DataFrame) -> pd.DataFrame:
    """Return a line to each box from every box of the stage before that a trial may come from."""
    rows = [
        {
            "x": source["x2"],
            "y": source["row"],
            "x2": target["x"],
            "y2": target["row"],
            "width": 1 + 9 * target["probability"],
            "percent": percent_words(target["probability"]),
            # The label stands near the box that the line leads to.
            "label_x": target["x"] - 0.03,
            "label_y": target["row"] + 0.12 * (source["row"] - target["row"]),
        }
        for target in boxes.to_dict("records")
        for source in boxes.to_dict("records")
        if _may_follow(source, target)
    ]
    return pd.DataFrame(rows)


def _labels(lines: pd.DataFrame) -> pd.DataFrame:
    """Return one line to each box, the straightest: a box has one share, whichever way its trials came."""
    bends = (lines["y"] - lines["y2"]).abs()
    return lines.assign(bend=bends).sort_values("bend").drop_duplicates(["x2", "y2"])


def _may_follow(source: dict[Hashable, Any], target: dict[Hashable, Any]) -> bool:
    """Say whether a trial may go from one box to another: stage by stage, and no population joins again."""
    if source["stage"] + 1 != target["stage"] or source["kind"] == "stop":
        return False
    if source["stage"] == 1 or target["kind"] == "stop":
        return True
    return set(target["box"].split(" + ")) <= set(source["box"].split(" + "))
