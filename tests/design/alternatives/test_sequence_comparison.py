import numpy as np
import pytest

from ite.design.alternatives.sequence_comparison import compare_sequences
from ite.design.alternatives.treatment_sequences import Level, SequenceTrial, Treatment
from ite.errors import DesignError


def level(retained: float, **responses: tuple[float, float]) -> Level:
    treatments = tuple(Treatment(name=name, response=response) for name, response in responses.items())
    return Level(treatments=treatments, retained=retained)


TRIAL = SequenceTrial(
    entrants=900,
    groups=("low", "high"),
    shares=(0.4, 0.6),
    levels=(level(0.95, A=(0.5, 0.2), B=(0.3, 0.35)), level(0.7, C=(0.4, 0.1), D=(0.2, 0.5), E=(0.3, 0.3))),
)
RESULT = compare_sequences(TRIAL)


def estimates(trial: SequenceTrial, rng: np.random.Generator) -> np.ndarray:
    """Weighted rate of every sequence of two levels in one simulated trial, patient by patient."""
    one, two = (np.array([t.response for t in stage.treatments]) for stage in trial.levels)
    n = trial.entrants
    group = (rng.random(n) > trial.shares[0]).astype(int)
    first, second = rng.integers(len(one), size=n), rng.integers(len(two), size=n)
    starts = rng.random(n) < trial.levels[0].retained
    early = starts & (rng.random(n) < one[first, group])
    goes_on = starts & ~early & (rng.random(n) < trial.levels[1].retained)
    responded = early | (goes_on & (rng.random(n) < two[second, group]))
    weight = np.where(starts, len(one), 1) * np.where(goes_on, len(two), 1)
    rates = []
    for a in range(len(one)):
        for b in range(len(two)):
            follows = (~starts | (first == a)) & (~goes_on | (second == b))
            rates.append(np.average(responded[follows], weights=weight[follows]))
    return np.array(rates)


@pytest.mark.known_truth
def test_rates_errors_and_power_are_those_of_simulated_trials() -> None:
    rng, trials = np.random.default_rng(14), 3_000
    found = np.array([estimates(TRIAL, rng) for _ in range(trials)])
    table = RESULT.sequences
    se = table["se"].to_numpy()
    np.testing.assert_allclose(found.mean(axis=0), table["average"], atol=4 * se.max() / np.sqrt(trials))
    # a standard deviation is known to 1 / sqrt(2 trials); 1 % more for the large-sample form of the variance
    np.testing.assert_allclose(found.std(axis=0), se, rtol=4 / np.sqrt(2 * trials) + 0.01)
    difference = found[:, 1:] - found[:, :1]
    expected = table["difference_se"].to_numpy()[1:]
    np.testing.assert_allclose(difference.std(axis=0), expected, rtol=4 / np.sqrt(2 * trials) + 0.01)
    power = (np.abs(difference) > 1.959964 * expected).mean(axis=0)
    np.testing.assert_allclose(power, table["power"].iloc[1:], atol=4 * np.sqrt(0.25 / trials) + 0.01)


@pytest.mark.known_truth
def test_patients_who_follow_a_sequence() -> None:
    average = 0.4 * 0.5 + 0.6 * 0.2
    entering = 0.95 * (1 - average) * 0.7
    row = RESULT.sequences.loc["A → C"]
    assert row["at_last_level"] == pytest.approx(900 * entering / 6)
    assert row["followed"] == pytest.approx(900 * ((0.95 - entering) / 2 + entering / 6))


@pytest.mark.known_truth
def test_matching_takes_the_best_sequence_of_each_group() -> None:
    by_group = RESULT.by_group
    assert RESULT.best_by_group.to_dict() == {"low": "A → C", "high": "B → D"}
    assert RESULT.matched_average == pytest.approx(0.4 * by_group["low"].max() + 0.6 * by_group["high"].max())
    averages = by_group.to_numpy() @ np.array([0.4, 0.6])
    np.testing.assert_allclose(RESULT.sequences["average"], averages)
    assert RESULT.value_of_matching == pytest.approx(RESULT.matched_average - averages.max())


@pytest.mark.known_truth
def test_opposite_effects_give_equal_averages_no_power_and_a_value_of_matching() -> None:
    trial = SequenceTrial(
        entrants=4000,
        groups=("low", "high"),
        shares=(0.5, 0.5),
        levels=(level(1.0, A=(0.45, 0.3), B=(0.3, 0.45)),),
    )
    result = compare_sequences(trial)
    assert result.sequences["average"].tolist() == pytest.approx([0.375, 0.375])
    assert result.sequences["power"]["B"] == pytest.approx(0.05)
    assert np.isnan(result.sequences["power"]["A"])
    assert result.value_of_matching == pytest.approx(0.075)


@pytest.mark.known_truth
def test_without_second_level_the_error_is_that_of_a_rate() -> None:
    trial = SequenceTrial(
        entrants=500,
        levels=(Level(treatments=(Treatment(name="A", response=(0.3,)), Treatment(name="B", response=(0.4,)))),),
    )
    table = compare_sequences(trial).sequences
    assert table["se"]["A"] == pytest.approx(np.sqrt(0.3 * 0.7 / 250))
    assert table["difference_se"]["B"] == pytest.approx(np.sqrt((0.3 * 0.7 + 0.4 * 0.6) / 250))


@pytest.mark.known_truth
def test_the_reference_is_one_of_the_sequences() -> None:
    other = compare_sequences(TRIAL, "B → E").sequences
    assert np.isnan(other["power"]["B → E"])
    assert other["difference"]["A → C"] == pytest.approx(-RESULT.sequences["difference"]["B → E"])
    assert other["difference_se"]["A → C"] == pytest.approx(RESULT.sequences["difference_se"]["B → E"])
    with pytest.raises(DesignError, match="no sequence 'X'"):
        compare_sequences(TRIAL, "X")
