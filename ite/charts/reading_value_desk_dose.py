"""The sentences on how much to treat, and from which benefit on: results in, words out."""

import numpy as np

from ite.charts.number_words import percent_words
from ite.charts.reading_value_chance import chance_words
from ite.charts.scale import same_decimals
from ite.value.sweet_spot import SweetSpot
from ite.value.treatment_threshold import BenefitThreshold, DiseaseStakes, disease_threshold
from ite.value.uncertain_sweet_spot import UncertainSweetSpot


def sweet_spot_sentence(spot: SweetSpot, found: UncertainSweetSpot, unit: str) -> str:
    """Say which exposure to choose, how sure that is, and how probably none is better."""
    never = chance_words(found.probability_do_not_treat, found.probability_error)
    if found.exposure == 0:
        return f"Do not treat: no exposure is expected to bring more than it damages. Probability of that: {never}."
    best, lower, upper = same_decimals(np.array([found.exposure, found.lower, found.upper]))
    longest = spot.spec.longest
    end = " It is the longest that was allowed." if longest is not None and found.exposure >= longest else ""
    return (
        f"Expected utility is largest at {best} {unit}; the best exposure lies between {lower} and {upper} with 95 % "
        f'probability.{end} Beyond it, one more unit damages more than it controls. Probability of "do not treat": '
        f"{never}."
    )


def stakes_sentence(spec: DiseaseStakes) -> str:
    """Say above which probability of disease treating is better than not."""
    threshold = percent_words(disease_threshold(spec))
    return (
        f"Treat where the probability of disease is above {threshold}: there the benefit to those who have it "
        "outweighs the harm to those who do not."
    )


def burden_sentence(found: BenefitThreshold, amount: str) -> str:
    """Say which predicted benefit is worth the harm, cost and burden; `amount` is it in its unit."""
    if found.value == 0:
        return (
            "Nothing is asked of the benefit yet: any predicted benefit is worth treating. Give harm, cost or burden."
        )
    largest = str(found.parts["benefit"].idxmax())
    share = percent_words(float(found.parts["benefit"].max()) / found.value)
    return f"Offer only where more than {amount} is predicted. {largest.capitalize()} asks for {share} of it."
