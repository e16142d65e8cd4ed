"""Confounding that was measured, and confounding that was not."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import brentq

from ite.errors import ValuationError
from ite.value.standardisation import Mix, StratifiedCounts, standardise
from ite.value.unmeasured_confounding import ObservedRatio, e_value, explaining_strength

KIDNEY = StratifiedCounts(events_a=(81, 192), n_a=(87, 263), events_b=(234, 55), n_b=(270, 80))


def _people(counts: StratifiedCounts) -> pd.DataFrame:
    rows = []
    for arm, events, people in (("A", counts.events_a, counts.n_a), ("B", counts.events_b, counts.n_b)):
        for stratum, (bad, n) in enumerate(zip(events, people, strict=True)):
            rows += [(arm, stratum, 1)] * bad + [(arm, stratum, 0)] * (n - bad)
    return pd.DataFrame(rows, columns=["arm", "stratum", "event"])


@pytest.mark.independent
@pytest.mark.parametrize("mix", ["everybody", "treated with A", "treated with B"])
def test_standardisation_equals_weighting_person_by_person(mix: Mix) -> None:
    counts = KIDNEY.model_copy(update={"mix": mix})
    people = _people(counts)
    share_a = (people["arm"] == "A").groupby(people["stratum"]).transform("mean")
    target = {"everybody": 1.0, "treated with A": share_a, "treated with B": 1 - share_a}[mix]
    weight = target / np.where(people["arm"] == "A", share_a, 1 - share_a)
    rates = {
        arm: np.average(people["event"][people["arm"] == arm], weights=weight[people["arm"] == arm]) for arm in "AB"
    }
    row = standardise(counts).comparison.loc["standardised"]
    assert row["rate_a"] == pytest.approx(rates["A"])
    assert row["rate_b"] == pytest.approx(rates["B"])
    assert row["difference"] == pytest.approx(rates["A"] - rates["B"])


@pytest.mark.known_truth
def test_kidney_stones_reverse_their_sign() -> None:
    found = standardise(KIDNEY)
    assert found.reversed_sign
    assert (found.strata["difference"] > 0).all()
    assert found.comparison.loc["crude", "difference"] < 0
    assert found.strata["weight"].sum() == pytest.approx(1)


@pytest.mark.known_truth
def test_the_standard_error_is_what_repeated_samples_show() -> None:
    rng, n_a, n_b = np.random.default_rng(4), (120, 40), (60, 90)
    differences, errors = [], []
    for _ in range(1000):
        a, b = rng.binomial(n_a, (0.3, 0.6)), rng.binomial(n_b, (0.2, 0.5))
        row = standardise(StratifiedCounts(events_a=tuple(a), n_a=n_a, events_b=tuple(b), n_b=n_b)).comparison
        differences.append(row.loc["standardised", "difference"])
        errors.append(row.loc["standardised", "se"])
    assert abs(np.mean(differences) - 0.1) < 4 * np.std(differences) / math.sqrt(1000)
    assert np.mean(errors) == pytest.approx(np.std(differences), rel=0.1)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"n_b": (270, 0), "events_b": (234, 0)}, "stratum 2 has 0 under B"),
        ({"events_a": (88, 192)}, "Events under A in stratum 1 should lie between 0 and its 87 people, but 88"),
        ({"events_b": (-1, 55)}, "The nearest possible number is 0"),
        ({"n_a": (87,)}, "People under A should have one number for each of the 2 strata, but 1 were given"),
    ],
)
def test_impossible_counts_are_refused(changed: dict[str, tuple[int, ...]], words: str) -> None:
    with pytest.raises(ValuationError, match=words):
        standardise(KIDNEY.model_copy(update=changed))


@pytest.mark.independent
@pytest.mark.parametrize("ratio", [1.01, 1.8, 3.9, 40.0, 0.8, 0.2])
def test_the_e_value_solves_the_bounding_factor(ratio: float) -> None:
    observed = max(ratio, 1 / ratio)
    expected = brentq(lambda e: e**2 / (2 * e - 1) - observed, 1, 1000, xtol=1e-13)
    found = e_value(ObservedRatio(risk_ratio=ratio)).estimate
    assert found == pytest.approx(expected)
    assert explaining_strength(ratio, [found])[0] == pytest.approx(found)


@pytest.mark.known_truth
@pytest.mark.parametrize(("ratio", "limit"), [(1.4, 1.0), (1.4, 0.9), (0.7, 1.2), (1.0, 0.8), (1.0, 1.2), (1.0, 1.0)])
def test_an_interval_that_reaches_1_needs_no_confounder(ratio: float, limit: float) -> None:
    assert e_value(ObservedRatio(risk_ratio=ratio, limit_nearest_1=limit)).limit == 1


@pytest.mark.known_truth
def test_strength_is_symmetric_and_infinite_below_the_observed_ratio() -> None:
    needed = explaining_strength(2.0, [1.5, 2.0, 2.5, 4.0])
    assert np.isinf(needed[:2]).all()
    np.testing.assert_allclose(explaining_strength(2.0, needed[2:]), [2.5, 4.0])
    assert e_value(ObservedRatio(risk_ratio=1.0)).estimate == 1
    assert explaining_strength(1.0, [1.0, 3.0]).tolist() == [1.0, 1.0]


@pytest.mark.known_truth
def test_impossible_ratios_are_refused() -> None:
    with pytest.raises(ValuationError, match="Risk ratio should be greater than 0, but -2 was given"):
        ObservedRatio(risk_ratio=-2)
    with pytest.raises(ValuationError, match="Give the lower one"):
        e_value(ObservedRatio(risk_ratio=2, limit_nearest_1=3))
    with pytest.raises(ValuationError, match="Give the upper one"):
        e_value(ObservedRatio(risk_ratio=0.5, limit_nearest_1=0.3))
