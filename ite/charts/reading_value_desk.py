"""The sentences that go with options of a decision: tables in, words out."""

import pandas as pd

from ite.charts.number_words import percent_words
from ite.charts.reading_value_chance import chance_words
from ite.charts.scale import same_decimals, three_digits
from ite.value.weight_sensitivity import WeightTornado

#: Stands with every answer of the desk.
WHO_DECIDES = "Nothing here starts, stops or switches a treatment: a treating clinician decides."


def options_sentence(table: pd.DataFrame) -> str:
    """Say which option has the largest expected utility, by how much, and what choosing it may cost.

    Parameters
    ----------
    table
        Of `ite.charts.value_desk.options_table`.
    """
    first, second = table.iloc[0], table.iloc[1]
    value, lower, upper = same_decimals(first[["expected_utility", "lower", "upper"]].to_numpy(float))
    ahead = float(first["expected_utility"] - second["expected_utility"])
    if ahead == 0:
        return f"{first['option']} and {second['option']} have the same expected utility, {value}."
    best = chance_words(float(first["probability_best"]), float(first["probability_best_error"]))
    return (
        f"{first['option']} has the largest expected utility, {value} ({lower} to {upper}), "
        f"{three_digits(ahead)} more than {second['option']}. It is the best with a probability of {best}; choosing it "
        f"loses {three_digits(float(first['regret']))} on average against always choosing the best (regret)."
    )


def weights_sentence(table: pd.DataFrame, best: str) -> str:
    """Say which weights could turn the choice between the best option and another.

    Parameters
    ----------
    table
        Of `ite.charts.value_desk_weights.weights_table`.
    """
    own = table[(table["Option"] == best) | (table["Other"] == best)]
    turning = own[own["In words"].str.contains(" above, ", regex=False)]
    if turning.empty:
        return f"No weight alone can turn the choice: {best} stays the best whatever it is set to."
    parts = [
        f"{row['Other'] if row['Option'] == best else row['Option']} at a weight of {row['Weight of']} of "
        f"{row['Equal at']}"
        for row in turning.to_dict("records")
    ]
    return f"{best} is worth as much as {', '.join(parts)}; each with the other weights kept."


def tornado_sentence(found: WeightTornado) -> str:
    """Say whether halving or doubling a weight turns the choice."""
    ends = [
        (row["weight"], end, row[f"best_{end}"]) for row in found.bars.to_dict("records") for end in ("low", "high")
    ]
    turned = [
        f"{'halving' if end == 'low' else 'doubling'} the weight of {weight} makes {best} the best"
        for weight, end, best in ends
        if best != found.chosen
    ]
    if not turned:
        return f"{found.chosen} stays the best when any one weight is halved or doubled."
    return f"{found.chosen} is best now, but {' and '.join(turned)}."


def probability_sentence(names: tuple[str, str], probability: float) -> str:
    """Say how probably the second option responds more often than the first."""
    return f"{names[1]} responds more often than {names[0]} with a probability of {percent_words(probability)}."
