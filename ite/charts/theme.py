"""How every chart looks: colours, second cues, sizes, and the units on an effect axis."""

from dataclasses import dataclass
from typing import Literal

import altair as alt

Theme = Literal["light", "dark"]
Drawing = alt.Chart | alt.LayerChart

WIDTH = 760
HEIGHT = 340
MAX_MARKS = 5_000
BRUSH = "brush"

# Okabe and Ito (2008), control neutral; the dark set is lightened until each colour has 3:1 against the ground.
_ARM_COLOURS: dict[Theme, tuple[str, ...]] = {
    "light": ("#5F6771", "#0072B2", "#D55E00", "#008A65", "#B0578A", "#8A6D00"),
    "dark": ("#C3CAD2", "#56B4E9", "#FF8A3D", "#1FC496", "#E39AC6", "#F0E442"),
}
_ARM_DASHES: tuple[tuple[int, ...], ...] = ((6, 3), (1, 0), (2, 2), (10, 3), (8, 2, 2, 2), (4, 4))
_ARM_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


@dataclass(frozen=True, kw_only=True)
class Ink:
    """The colours of a theme that are not an arm's."""

    ground: str
    text: str
    quiet: str
    grid: str
    reference: str
    harm: str


_INKS: dict[Theme, Ink] = {
    "light": Ink(
        ground="#FFFFFF", text="#0B0F14", quiet="#4A525C", grid="#E3E7EC", reference="#0B0F14", harm="#A23B00"
    ),
    "dark": Ink(ground="#10151C", text="#FFFFFF", quiet="#C3CAD2", grid="#2C333D", reference="#FFFFFF", harm="#FF8A3D"),
}


def ink(theme: Theme) -> Ink:
    """Return the ground, text and line colours of a theme."""
    return _INKS[theme]


def arm_colours(arms: tuple[str, ...], theme: Theme) -> dict[str, str]:
    """Return the colour of each arm: its place in the trial's list of arms decides, control first."""
    colours = _ARM_COLOURS[theme]
    return {arm: colours[index % len(colours)] for index, arm in enumerate(arms)}


def arm_colour(arm: str, arms: tuple[str, ...], theme: Theme) -> str:
    """Return one arm's colour, the same on every chart."""
    return arm_colours(arms, theme)[arm]


def arm_colour_scale(arms: tuple[str, ...], theme: Theme) -> alt.Scale:
    """Return the colour scale of the arms."""
    colours = arm_colours(arms, theme)
    return alt.Scale(domain=list(colours), range=list(colours.values()))


def arm_dash_scale(arms: tuple[str, ...]) -> alt.Scale:
    """Return the dash scale of the arms: the second cue of lines."""
    dashes = [list(_ARM_DASHES[index % len(_ARM_DASHES)]) for index in range(len(arms))]
    return alt.Scale(domain=list(arms), range=dashes)


def arm_shape_scale(arms: tuple[str, ...]) -> alt.Scale:
    """Return the shape scale of the arms: the second cue of points."""
    return alt.Scale(domain=list(arms), range=[_ARM_SHAPES[index % len(_ARM_SHAPES)] for index in range(len(arms))])


def dress(drawing: Drawing, theme: Theme, *, alt_text: str, height: int = HEIGHT, canvas: bool = False) -> Drawing:
    """Give a chart the size, fonts and colours of a theme, and its text for screen readers.

    The text is kept as the chart's ``description`` (read it back with `alt_text`). `canvas` is for charts with a
    selection: in SVG each of their marks would be an unnamed image to a screen reader.
    """
    dressed = drawing.copy(deep=False)  # only the outermost fields change: a deep copy would take most of the time
    dressed.width, dressed.height = WIDTH, height
    dressed.description, dressed.background = alt_text, ink(theme).ground
    if canvas:
        dressed.usermeta = {"embedOptions": {"renderer": "canvas"}}
    # The width is that of the whole picture, the height that of its plot, on a page as in a file.
    dressed.autosize = alt.AutoSizeParams(type="fit-x", contains="padding")
    dressed.config = _config(ink(theme))
    return dressed


def layered(*layers: Drawing) -> alt.LayerChart:
    """Draw charts on top of each other, the first at the bottom."""
    return alt.LayerChart(layer=list(layers))


def alt_text(drawing: Drawing) -> str:
    """Return the text that stands for a chart where it cannot be seen."""
    return str(drawing.description)


def _config(colours: Ink) -> alt.Config:
    font = "Source Sans, Source Sans Pro, Segoe UI, Helvetica, Arial, sans-serif"
    return alt.Config(
        font=font,
        axis=alt.AxisConfig(
            labelColor=colours.text,
            titleColor=colours.text,
            labelFontSize=15,
            titleFontSize=16,
            titleFontWeight="normal",
            titlePadding=12,
            gridColor=colours.grid,
            domainColor=colours.quiet,
            tickColor=colours.quiet,
            labelLimit=320,
        ),
        legend=alt.LegendConfig(
            labelColor=colours.text,
            titleColor=colours.text,
            labelFontSize=15,
            titleFontSize=15,
            titleFontWeight="normal",
            orient="top",
            offset=26,  # the words on top of a reference line stand between the legend and the plot
            symbolSize=160,
            symbolStrokeWidth=3,
            labelLimit=320,
        ),
        text=alt.MarkConfig(color=colours.text, fontSize=15),
        view=alt.ViewConfig(stroke=None),
    )
