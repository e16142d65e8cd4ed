"""What a programme is worth where inequality counts."""

import numpy as np
import pytest

from ite.allocation.distributional_gain import Aversion, distributional_gain
from ite.allocation.inequality import kolm
from ite.errors import AllocationError

BASELINE = np.array([60.0, 66.0, 72.0])
PEOPLE = np.array([20, 50, 30])
GAIN = np.array([0.5, 0.2, 0.1])


@pytest.mark.known_truth
@pytest.mark.parametrize("kind", ["relative", "absolute"])
def test_without_aversion_only_the_mean_counts(kind: str) -> None:
    found = distributional_gain(BASELINE, GAIN, Aversion(kind=kind), lost=0.1, people=PEOPLE)  # type: ignore[arg-type]
    np.testing.assert_allclose(found.net_gain, [0.4, 0.1, 0.0])
    assert found.mean_gain == pytest.approx(0.13)
    assert found.equity_gain == pytest.approx(0, abs=1e-12)


@pytest.mark.known_truth
def test_equity_gain_is_what_the_index_falls_by() -> None:
    found = distributional_gain(BASELINE, GAIN, Aversion(kind="absolute", strength=0.15), people=PEOPLE)
    fall = kolm(BASELINE, 0.15, PEOPLE) - kolm(BASELINE + GAIN, 0.15, PEOPLE)
    assert found.equity_gain == pytest.approx(fall)
    assert found.equity_gain > 0


@pytest.mark.known_truth
def test_a_programme_for_the_well_off_loses_by_aversion() -> None:
    for kind, strength in (("relative", 10.95), ("absolute", 0.15)):
        aversion = Aversion.model_validate({"kind": kind, "strength": strength})
        assert distributional_gain(BASELINE, GAIN[::-1], aversion).equity_gain < 0


@pytest.mark.known_truth
def test_the_same_gain_for_all_adds_no_equity_in_absolute_terms() -> None:
    found = distributional_gain(BASELINE, 0.3, Aversion(kind="absolute", strength=0.15), lost=0.1, people=PEOPLE)
    np.testing.assert_allclose(found.net_gain, np.full(3, 0.2))
    assert found.equity_gain == pytest.approx(0, abs=1e-12)


@pytest.mark.known_truth
def test_a_negative_aversion_is_refused() -> None:
    with pytest.raises(AllocationError, match="Aversion to inequality should be at least 0"):
        Aversion(strength=-1.0)
