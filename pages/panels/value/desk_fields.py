"""Fields of the decision desk: a choice of one of a few, a slider of any scale, and the weights of the utility."""

from collections.abc import Callable

import streamlit as st

from ite.value.utility_weights import UtilityWeights

_ALIKE = 1.0


def slider(label: str, most: float, default: float, key: str, explained: str, *, least: float = 0.0) -> float:
    """Draw a slider over an amount, in steps of half a percent of the most."""
    return float(
        st.slider(
            label,
            float(least),
            float(most),
            float(default),
            step=most / 200,
            format=":gray[%.4g]",
            key=key,
            persist_state="session",
            help=explained,
        )
    )


def weights(key: str, unit: str, scale: float = _ALIKE) -> Callable[[], UtilityWeights]:
    """Draw a slider for each weight; return what makes the weights.

    Parameters
    ----------
    unit
        Of the benefit, in words.
    scale
        A usual amount of benefit: the sliders reach a few times as far.
    """
    harm = slider("Weight of harm", 10 * scale, scale, f"{key}-harm", f"One person harmed counts as this: {unit}.")
    benefit = slider("Weight of benefit", 5, 1, f"{key}-benefit", f"What one unit counts: {unit}.", least=0.05)
    left, right = st.columns(2)
    with left:
        words = f"A cost of 1,000 per person counts as this: {unit}."
        cost = slider("Weight of cost", scale, 0, f"{key}-cost", words)
    with right:
        words = f"One unit of burden counts as this: {unit}."
        burden = slider("Weight of burden", scale, 0, f"{key}-burden", words)
    return lambda: UtilityWeights(benefit=benefit, harm=harm, cost=cost, burden=burden)
