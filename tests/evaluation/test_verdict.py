"""From p-values to words."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from ite.estimation.holm import holm
from ite.evaluation.verdict import detectable_sd, verdict


@pytest.mark.independent
@pytest.mark.parametrize("p_values", [[0.03], [0.01, 0.04, 0.03], [0.5, 0.5, 0.9], [0.0001, 0.02, 0.02, 0.8, 0.013]])
def test_holm_equals_statsmodels(p_values: list[float]) -> None:
    np.testing.assert_allclose(holm(np.array(p_values)), multipletests(p_values, method="holm")[1])


@pytest.mark.known_truth
@pytest.mark.parametrize("design", ["randomized", "observational"])
@pytest.mark.parametrize(
    ("p_value", "slope_lower", "expected"),
    [
        (0.0001, 0.1, "evidence"),
        (0.005, 0.1, "evidence"),
        (0.005, 0.0, "suggestive"),
        (0.0001, -0.1, "suggestive"),
        (0.0001, np.nan, "suggestive"),
        (0.0051, 0.1, "suggestive"),
        (0.05, 0.1, "suggestive"),
        (0.05, -0.1, "suggestive"),
        (0.0501, 0.1, "no evidence"),
        (1.0, -0.1, "no evidence"),
    ],
)
def test_the_table_of_decisions(p_value: float, slope_lower: float, expected: str, design: str) -> None:
    word = "suggestive" if design == "observational" and expected == "evidence" else expected
    assert verdict(p_value, slope_lower, design) == word


@pytest.mark.known_truth
def test_an_unknown_p_value_is_no_evidence() -> None:
    assert verdict(np.nan, 0.1, "randomized") == "no evidence"


@pytest.mark.known_truth
def test_an_effect_of_the_detectable_sd_is_found_in_four_of_five() -> None:
    rng = np.random.default_rng(0)
    n, critical, found = 400, 1.96, []
    sd = detectable_sd(2 / np.sqrt(n), critical)
    for _ in range(2_000):
        column = rng.standard_normal(n)
        scores = 2 * rng.standard_normal(n) + sd * column
        part = column * (scores - scores.mean())
        found.append(abs(part.sum()) / np.sqrt(np.sum(part**2)) > critical)
    assert np.mean(found) == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / 2_000) + 0.02)
