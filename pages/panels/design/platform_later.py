"""Arms that join a platform later: whom they are compared with, and what that leaves of their power."""

from functools import partial

import numpy as np

from ite.charts.design_other import named, probability_chart, resource_words
from ite.charts.design_platform import staggered_table
from ite.charts.number_words import percent_words
from ite.design.alternatives.staggered_entry import (
    StaggeredCharacteristics,
    StaggeredEntry,
    staggered_characteristics,
)
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_reading import reading
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each pair of bars is the power of one comparison: with the controls enrolled while the arm was open, and with those \
from before it joined as well. Every arm keeps the size that it has above; the control enrols as long as any arm does.

Concurrent controls are the default. Patients who came earlier may differ, in who they were and how they were cared \
for, and such a change over time would count as an effect of the treatment. What the earlier controls add in power is \
what that risk would buy. In an umbrella the arm of a frequent marker is full early, so that its concurrent controls \
are few even where it starts at once.

Two arms share only the controls enrolled while both were open, so their results hang together less than in a trial \
whose arms all start at once; the critical value allows for that."""


def later_block(spec: StaggeredEntry) -> ResultBlock:
    """Return the power of arms that join later."""
    found = staggered_characteristics(spec)
    table = staggered_table(found)
    calendar = found.calendar
    return ResultBlock(
        key="later-arms",
        title=f"With arms that join later: {calendar.randomised:,.0f} patients in {calendar.full.max():,.1f} months",
        sentence=_sentence(found),
        data=named(table),
        method=(
            f"Critical value {found.concurrent.critical:.3f} with concurrent controls, {found.all_so_far.critical:.3f} "
            f"with earlier ones. {found.method}"
        ),
        code=design_code(
            {"spec": spec},
            [staggered_characteristics, staggered_table, named],
            "named(staggered_table(staggered_characteristics(spec)))",
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(spec),
        **figure.drawn(partial(probability_chart, table, "Power")),
    )


def _sentence(found: StaggeredCharacteristics) -> str:
    last = int(np.argmax(found.spec.joins))
    arm = found.arms.iloc[last]
    cost = resource_words(float("nan"), found.calendar.cost)
    return (
        f"Treatment {last + 1} joins at month {arm['joins']:g} and is full at month {arm['full']:,.1f}. Compared with "
        f"the {arm['controls']:,.0f} controls enrolled meanwhile its power is {percent_words(arm['power'])}. With the "
        f"{arm['controls_so_far'] - arm['controls']:,.0f} from before as well it would be "
        f"{percent_words(arm['power_so_far'])}, if nothing changed over time.{cost}"
    )
