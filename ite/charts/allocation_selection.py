"""Who would be served over what the groups' average benefits may be, drawn and said."""

import altair as alt

from ite.allocation.selection import Selection
from ite.charts.axes import label, vertical_rule
from ite.charts.theme import Drawing, Theme, arm_colour, dress, layered

_KINDS = ("", "share")


def selection_chart(found: Selection, theme: Theme = "light") -> Drawing:
    """Draw each group's probability to be offered treatment, with the middle 95 % of the draws."""
    frame = found.groups.assign(words=_shares(found))
    names, colour = list(frame["group"]), arm_colour("share", _KINDS, theme)

    def x(field: str) -> alt.X:
        axis, scale = alt.Axis(format=".0%", tickCount=6), alt.Scale(domain=[0, 1])
        return alt.X(f"{field}:Q", title="Offered treatment", axis=axis, scale=scale)

    base = alt.Chart(frame).encode(alt.Y("group:N", sort=names, title=None, axis=alt.Axis(labelLimit=180)))
    layers = layered(
        vertical_rule(x("value"), found.lot_share, theme, words="a lot", dashed=True),
        base.mark_rule(strokeWidth=3, color=colour).encode(x("lower"), alt.X2("upper:Q")),
        base.mark_point(size=140, filled=True, opacity=1, color=colour).encode(x("mean_share")),
        label(base.encode(x("mean_share")), "words", theme, dy=-16, size=14),
    )
    pairs = "; ".join(f"{group} {words}" for group, words in zip(names, frame["words"], strict=True))
    return dress(layers, theme, alt_text=f"Probability to be offered treatment: {pairs}.", height=40 + 46 * len(frame))


def selection_sentence(found: Selection) -> str:
    """Say of each group how likely its members are served, and how likely more so than by lot."""
    above = zip(found.groups["group"], _shares(found), found.groups["above_lot"], strict=True)
    parts = [f"{group} {words}, above a lot with probability {chance:.2f}" for group, words, chance in above]
    return f"Offered treatment if only benefit counts: {'; '.join(parts)}."


def _shares(found: Selection) -> list[str]:
    shares = 100 * found.groups[["mean_share", "lower", "upper"]].to_numpy(float)
    return [f"{share:.0f} % ({lower:.0f} to {upper:.0f})" for share, lower, upper in shares]
