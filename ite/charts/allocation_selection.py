"""Who would be served over what the groups' average benefits may be, drawn and said."""

import altair as alt

from ite.allocation.selection import Selection
from ite.charts.axes import vertical_rule
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered

_KINDS = ("", "share")


def selection_chart(found: Selection, theme: Theme = "light") -> Drawing:
    """Draw each group's probability to be offered treatment, with the middle 95 % of the draws."""
    frame = found.groups.assign(words=_shares(found))
    names = list(frame["group"])

    def x(field: str) -> alt.X:
        axis, scale = alt.Axis(format=".0%", tickCount=6), alt.Scale(domain=[0, 1])
        return alt.X(f"{field}:Q", title="Offered treatment", axis=axis, scale=scale)

    base = alt.Chart(frame).encode(alt.Y("group:N", sort=names, title=None, axis=alt.Axis(labelLimit=180)))
    layers = layered(
        base.mark_bar(height={"band": 0.5}, color=arm_colour("share", _KINDS, theme)).encode(x("mean_share")),
        base.mark_rule(strokeWidth=2, color=ink(theme).reference).encode(x("lower"), alt.X2("upper:Q")),
        vertical_rule(x("value"), found.lot_share, theme, words="a lot", dashed=True),
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
