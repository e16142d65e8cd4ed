"""Numbers with their source."""

import numpy as np
import pytest

from ite.errors import ValuationError
from ite.value.sourced import Sourced


@pytest.mark.known_truth
@pytest.mark.parametrize("value", [2000.0, -300.0])
def test_draws_have_the_mean_and_the_error_and_one_sign(value: float) -> None:
    found = Sourced(value=value, unit="EUR", source="price list", se=150).draws(20_000, np.random.default_rng(1))
    assert found.mean() == pytest.approx(value, abs=4 * 150 / np.sqrt(20_000))
    assert found.std() == pytest.approx(150, rel=0.05)
    assert (np.sign(found) == np.sign(value)).all()


@pytest.mark.known_truth
def test_a_known_number_does_not_vary() -> None:
    known = Sourced(value=0, unit="EUR", source="price list")
    assert (known.draws(5, np.random.default_rng(1)) == 0).all()
    assert Sourced.model_validate_json(known.model_dump_json()) == known


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"value": 1, "unit": "EUR"}, "Source is needed"),
        ({"value": 1, "unit": "EUR", "source": "  "}, "where it comes from"),
        ({"value": 1, "unit": "", "source": "list"}, "its unit"),
        ({"value": float("nan"), "unit": "EUR", "source": "list"}, "Value"),
        ({"value": 0, "unit": "EUR", "source": "list", "se": 1}, "taken as known"),
    ],
)
def test_a_number_without_provenance_is_refused(given: dict[str, object], words: str) -> None:
    with pytest.raises(ValuationError, match=words):
        Sourced(**given)
