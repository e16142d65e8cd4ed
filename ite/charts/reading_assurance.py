"""The sentences that go with assurance: what success is worth where the effect is not known for sure."""

import pandas as pd

from ite.charts.number_words import percent_words
from ite.charts.reading_looks import estimate_words
from ite.design.fixed.design import Endpoint
from ite.design.fixed.effect_range import EffectRange, effect_prior

_NAMES = {"means": "a difference of means", "rates": "a difference of rates", "log_rank": "a hazard ratio"}
#: A benefit this probable is taken for granted: its probability would be rounded to 100 %.
_SURE = 0.9995


def assurance_title(planned: pd.Series) -> str:
    """Return power and assurance of the planned size as a headline.

    Parameters
    ----------
    planned
        The planned size's row of an assurance curve.
    """
    return f"Assurance {percent_words(planned['assurance'])}, beside a power of {percent_words(planned['power'])}"


def assurance_sentence(endpoint: Endpoint, believed: EffectRange, planned: pd.Series) -> str:
    """Return what power and assurance say of the planned size, and what no size can exceed."""
    weakest, strongest = (estimate_words(endpoint, end) for end in (believed.weakest, believed.strongest))
    possible = effect_prior(endpoint, believed).benefit_probability
    limit = (
        f" No trial, however large, could pass {percent_words(possible)}, the probability that there is any benefit."
        if possible < _SURE
        else ""
    )
    return (
        f"With {planned['patients']:,.0f} patients the benefit is shown with a probability of "
        f"{percent_words(planned['power'])} if the assumed effect is true, but of "
        f"{percent_words(planned['assurance'])} if all that is known is {_NAMES[endpoint.kind]} between {weakest} and "
        f"{strongest} (95 % range).{limit}"
    )


def assurance_method(endpoint: Endpoint, alpha: float, *, looks: int = 1) -> str:
    """Return how the assurance was computed."""
    scale = "the logarithm of the hazard ratio" if endpoint.kind == "log_rank" else "the effect"
    analyses = "one analysis, in closed form" if looks == 1 else f"{looks} analyses, by exact quadrature"
    return (
        f"Normal prior of {scale} with the range as its central 95 %, not cut off; z-test at the one-sided level "
        f"{100.0 * alpha:g} %, {analyses}, no simulation."
    )
