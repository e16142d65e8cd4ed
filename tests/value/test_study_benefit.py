"""What a new study brings after its cost, and the value of information on typed figures."""

import math

import numpy as np
import pandas as pd
import pytest

from ite.errors import ValuationError
from ite.value.population import AffectedPopulation
from ite.value.sourced import Sourced
from ite.value.strategies import EXAMPLES, Strategies
from ite.value.study_benefit import NewStudy, net_benefit_of_study
from ite.value.typed_information import TypedUncertainty, typed_value_of_each_input, typed_value_of_study

THRESHOLD = 20_000.0


def sourced(value: float, se: float | None = None) -> Sourced:
    return Sourced(value=value, unit="unit", source="test", se=se)


def known(effect: float = 0.1, effect_se: float | None = 0.075, cost: float = 1000.0) -> TypedUncertainty:
    return TypedUncertainty(
        extra_effect=sourced(effect, effect_se),
        extra_cost=sourced(cost, 1322.8756555323),
        patient_sd=sourced(0.6),
        willingness_to_pay=sourced(THRESHOLD),
    )


@pytest.mark.independent
def test_each_input_is_worth_what_the_published_case_says() -> None:
    """A net benefit of 1000 with parts of spread 1500 and 1322.9."""
    found = typed_value_of_each_input(known())
    assert found["input"].tolist() == ["extra QALYs", "extra cost"]
    np.testing.assert_allclose(found["value"], [226.6794707366, 171.7470169879], atol=1e-6)
    assert (found["se"] == 0).all()


@pytest.mark.independent
def test_a_study_of_effects_is_worth_what_simulation_says() -> None:
    asked, size, count = known(effect=0.06), 80, 400_000
    rng = np.random.default_rng(3)
    truth = rng.normal(0.06, 0.075, count)
    shown = rng.normal(truth, 0.6 / math.sqrt(size))
    weight = 0.075**2 / (0.075**2 + 0.6**2 / size)
    after = THRESHOLD * (0.06 + weight * (shown - 0.06)) - 1000
    gained = np.maximum(after, 0)
    value = float(typed_value_of_study(asked, size)["value"].iloc[0])
    assert value == pytest.approx(gained.mean() - max(asked.mean, 0), abs=4 * gained.std() / math.sqrt(count))


@pytest.mark.known_truth
def test_a_known_input_is_worth_nothing() -> None:
    found = typed_value_of_each_input(known(effect_se=None)).set_index("input")["value"]
    assert found["extra QALYs"] == 0
    assert found["extra cost"] > 0
    assert (typed_value_of_study(known(effect_se=None), [10, 1000])["value"] == 0).all()


@pytest.mark.known_truth
def test_net_benefit_is_value_for_all_less_the_cost() -> None:
    population = AffectedPopulation(patients_per_year=sourced(500), years=4)
    study = NewStudy(fixed_cost=sourced(100_000), cost_per_patient=sourced(2_000), population=population)
    value = pd.DataFrame({"patients": [0.0, 50.0], "value": [0.0, 150.0], "se": [0.0, 2.0]})
    found = net_benefit_of_study(value, study)
    assert found["study_cost"].tolist() == [0.0, 200_000.0]
    assert found["net_benefit"].tolist() == [0.0, 100_000.0]
    assert found["net_benefit_se"].tolist() == [0.0, 4_000.0]


@pytest.mark.known_truth
def test_examples_are_strategies_and_others_are_refused() -> None:
    for example in EXAMPLES.values():
        assert Strategies.model_validate_json(example.model_dump_json()) == example
    fields = {"source": "test", "willingness_to_pay": sourced(1)}
    with pytest.raises(ValuationError, match="Name each once"):
        Strategies(names=("a", "a"), cost=(1, 2), effect=(1, 2), **fields)
    with pytest.raises(ValuationError, match="2 strategies, 1 costs"):
        Strategies(names=("a", "b"), cost=(1,), effect=(1, 2), **fields)
    with pytest.raises(ValuationError, match="one of status quo"):
        EXAMPLES["Screening for HIV"].among("never")
    with pytest.raises(ValuationError, match="above 0, but 0"):
        TypedUncertainty(
            extra_effect=sourced(1), extra_cost=sourced(1), patient_sd=sourced(0), willingness_to_pay=sourced(1)
        )
