import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.design.alternatives.interaction import (
    InteractionSize,
    InteractionTest,
    interaction_power,
    interaction_size,
    interaction_table,
)
from ite.errors import DesignError


@pytest.mark.known_truth
def test_power_is_that_of_simulated_stratum_effects() -> None:
    spec = InteractionTest(prevalence=0.3, effect_subgroup=-0.1, effect_complement=0.25)
    trials, rng = 200_000, np.random.default_rng(1)
    subgroup = -0.1 + 2 / np.sqrt(150) * rng.standard_normal(trials)
    complement = 0.25 + 2 / np.sqrt(350) * rng.standard_normal(trials)
    result = interaction_power(spec, 500)
    difference = subgroup - complement
    assert difference.std() == pytest.approx(result.se, rel=4 / np.sqrt(2 * trials))
    rejected = np.mean(np.abs(difference) > 1.959964 * result.se)
    assert rejected == pytest.approx(result.power, abs=4 * np.sqrt(0.25 / trials))


@pytest.mark.known_truth
def test_without_interaction_the_power_is_alpha() -> None:
    spec = InteractionTest(prevalence=0.2, effect_subgroup=0.3, effect_complement=0.3)
    assert interaction_power(spec, 400).power == pytest.approx(0.05)


@pytest.mark.known_truth
@given(st.floats(0.05, 0.95), st.floats(0.1, 2.0), st.floats(0.5, 0.95))
def test_the_size_gives_the_power(prevalence: float, effect: float, power: float) -> None:
    size = interaction_size(
        InteractionSize(prevalence=prevalence, main_effect=0.3, interaction_effect=-effect, power=power)
    ).n_interaction
    spec = InteractionTest(prevalence=prevalence, effect_subgroup=0.0, effect_complement=effect)
    assert interaction_power(spec, size).power == pytest.approx(power, abs=1e-3)


@pytest.mark.known_truth
def test_four_to_sixteen_times() -> None:
    table = interaction_table()
    assert table.loc[0.5, 1.0] == pytest.approx(4)
    assert table.loc[0.5, 0.5] == pytest.approx(16)
    assert (table.diff().dropna() > 0).all(axis=None)  # the rarer the marker, the more


@pytest.mark.known_truth
def test_no_size_shows_no_effect() -> None:
    with pytest.raises(DesignError, match="nearest value within reach"):
        interaction_size(InteractionSize(prevalence=0.5, main_effect=0.3, interaction_effect=0.0))
    with pytest.raises(DesignError, match="at least 4"):
        interaction_power(InteractionTest(prevalence=0.5, effect_subgroup=1, effect_complement=0), 3)
