import numpy as np
import pytest

from ite.design.alternatives.treatment_sequences import Level, SequenceTrial, Treatment, embedded_sequences
from ite.errors import DesignError


def one_arm(response: float, retained: float = 1.0) -> Level:
    return Level(treatments=(Treatment(name=f"rate {response:g}", response=(response,)),), retained=retained)


@pytest.mark.known_truth
def test_cumulative_remission_of_four_levels() -> None:
    """The published rates of the four levels of STAR*D give two thirds, if everybody stays."""
    rates = (0.368, 0.306, 0.137, 0.13)
    (sequence,) = embedded_sequences(SequenceTrial(entrants=3671, levels=tuple(one_arm(rate) for rate in rates)))
    assert sequence.responded.sum() == pytest.approx(1 - np.prod(1 - np.array(rates)))
    assert sequence.responded.sum() == pytest.approx(0.67, abs=0.005)


@pytest.mark.known_truth
def test_who_leaves_between_levels_does_not_respond_later() -> None:
    (sequence,) = embedded_sequences(
        SequenceTrial(entrants=100, levels=(one_arm(0.4, retained=0.9), one_arm(0.5, retained=0.25)))
    )
    np.testing.assert_allclose(sequence.reached[:, 0], [0.9, 0.9 * 0.6 * 0.25])
    np.testing.assert_allclose(sequence.responded[:, 0], [0.36, 0.9 * 0.6 * 0.25 * 0.5])


@pytest.mark.known_truth
def test_sequences_are_all_combinations_in_order() -> None:
    first = Level(treatments=(Treatment(name="A", response=(0.3,)), Treatment(name="B", response=(0.4,))))
    trial = SequenceTrial(entrants=100, levels=(first, first, one_arm(0.1)))
    names = [sequence.name for sequence in embedded_sequences(trial)]
    assert names == [f"{one} → {two} → rate 0.1" for one in "AB" for two in "AB"]


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"shares": (0.5, 0.4)}, r"In the same proportions they are 0\.5556, 0\.4444"),
        ({"shares": (1.0,)}, "found 1 shares"),
        ({"groups": ("same", "same")}, "different names"),
        ({"levels": (one_arm(0.2),)}, "each of the 2 groups; found 1"),
    ],
)
def test_parts_that_do_not_fit(change: dict[str, object], sentence: str) -> None:
    level = Level(treatments=(Treatment(name="A", response=(0.3, 0.2)),))
    trial = SequenceTrial(entrants=100, groups=("low", "high"), shares=(0.5, 0.5), levels=(level,))
    with pytest.raises(DesignError, match=sentence):
        embedded_sequences(trial.model_copy(update=change))


@pytest.mark.known_truth
def test_too_many_sequences_are_refused() -> None:
    wide = Level(treatments=tuple(Treatment(name=str(k), response=(0.1,)) for k in range(10)))
    with pytest.raises(DesignError, match="found 1000"):
        embedded_sequences(SequenceTrial(entrants=100, levels=(wide, wide, wide)))
