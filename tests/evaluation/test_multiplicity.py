from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.evaluation.multiplicity import adjust_p_values

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=6)


def closed(p: list[float], local: object) -> list[float]:
    """Adjusted p-value of each hypothesis: the largest local p-value of the intersections that contain it."""
    subsets = [subset for size in range(1, len(p) + 1) for subset in combinations(range(len(p)), size)]
    return [max(local([p[j] for j in subset]) for subset in subsets if i in subset) for i in range(len(p))]  # type: ignore[operator]


def bonferroni(p: list[float]) -> float:
    return min(1.0, len(p) * min(p))


def simes(p: list[float]) -> float:
    return min(len(p) * value / rank for rank, value in enumerate(sorted(p), start=1))


@pytest.mark.independent
@given(P_VALUES)
def test_holm_and_hommel_are_closed_tests(p: list[float]) -> None:
    np.testing.assert_allclose(adjust_p_values(p, "holm"), closed(p, bonferroni), atol=1e-12)
    np.testing.assert_allclose(adjust_p_values(p, "hommel"), closed(p, simes), atol=1e-12)


@pytest.mark.independent
@given(P_VALUES)
def test_benjamini_hochberg_from_its_definition(p: list[float]) -> None:
    ordered = sorted(p)
    expected = [min(len(p) * q / rank for rank, q in enumerate(ordered, 1) if q >= value) for value in p]
    np.testing.assert_allclose(adjust_p_values(p, "benjamini_hochberg"), np.minimum(expected, 1), atol=1e-12)


@pytest.mark.known_truth
@pytest.mark.parametrize("p", [[], [0.5, 1.2], [float("nan")]])
def test_what_is_no_p_value_is_refused(p: list[float]) -> None:
    with pytest.raises(ValueError, match="p-values between 0 and 1"):
        adjust_p_values(p, "holm")
