"""The icon array: people helped, harmed and unchanged, each drawn once."""

import altair as alt
import pandas as pd

from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink
from ite.value.patients_to_treat import PatientsToTreat

HELPED, HARMED, UNCHANGED = "helped", "harmed", "no different"
#: People in a row, and the size of one, by how many are shown.
_ROW = {100: 20, 1000: 50}
_SIZE = {100: 420, 1000: 75}
_HEIGHT = 210


def icon_array(found: PatientsToTreat, people: int, theme: Theme = "light") -> Drawing:
    """Draw 100 or 1,000 people treated, one mark each: colour and shape say what treatment changes for them."""
    icons = found.icons(people)
    counts = {HELPED: icons.helped, HARMED: icons.harmed, UNCHANGED: icons.unchanged}
    words = {name: f"{count:,} {name}" for name, count in counts.items()}
    unknown = found.harm is None and not icons.harmed
    if unknown:
        words[HARMED] = "harms not known"
    place = pd.RangeIndex(people)
    frame = pd.DataFrame(
        {
            "column": place % _ROW[people],
            "row": place // _ROW[people],
            "person": [words[name] for name, count in counts.items() for _ in range(count)],
        }
    )
    colours = {
        HELPED: arm_colour(HELPED, ("", HELPED), theme),
        HARMED: ink(theme).harm,
        UNCHANGED: ink(theme).quiet,
    }
    domain = list(words.values())
    legend = alt.Legend(title=None, symbolSize=220, values=domain, offset=10)
    base: alt.Chart = alt.Chart(frame)
    marks: alt.Chart = base.mark_point(size=_SIZE[people], filled=False, opacity=1, strokeWidth=2).encode(
        alt.X("column:O", axis=None),
        alt.Y("row:O", axis=None),
        alt.Color("person:N", scale=alt.Scale(domain=domain, range=list(colours.values())), legend=legend),
        alt.Fill(
            "person:N",
            scale=alt.Scale(domain=domain, range=[colours[HELPED], colours[HARMED], ink(theme).ground]),
            legend=legend,
        ),
        alt.Shape("person:N", scale=alt.Scale(domain=domain, range=["circle", "triangle-up", "circle"]), legend=legend),
    )
    text = f"Of {people:,} people treated: {', '.join(words.values())}."
    return dress(marks, theme, alt_text=text, height=_HEIGHT, canvas=True)
