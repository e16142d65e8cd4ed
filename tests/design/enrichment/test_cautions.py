import pytest

from ite.design.enrichment.cautions import cautions
from ite.design.enrichment.scenario import Scenario
from tests.design.enrichment.examples import EVENTS, MEANS, RATES, one_subgroup


@pytest.mark.known_truth
def test_a_usual_design_needs_no_caution() -> None:
    assert [cautions(one_subgroup(outcome)) for outcome in ("means", "rates", "events")] == [(), (), ()]


@pytest.mark.known_truth
@pytest.mark.parametrize("settings", [{"subgroup_sizes": "random"}, {"prevalence_prior_patients": 50.0}])
def test_sizes_that_vary_say_whom_the_test_is_about(settings: dict[str, object]) -> None:
    varying = one_subgroup().under(Scenario.one_subgroup(0.4, MEANS, **settings))
    (said,) = cautions(varying)
    assert "about the patients who came, not about the population" in said


@pytest.mark.known_truth
def test_a_handful_of_patients_and_unequal_arms_are_named() -> None:
    thin = one_subgroup(prevalence=0.01)
    assert ["2 patients of the subgroup" in sentence for sentence in cautions(thin)] == [True]
    for outcome in (RATES, EVENTS):
        unequal = Scenario.one_subgroup(0.5, outcome, allocation_ratio=2.0)
        said = cautions(one_subgroup().model_copy(update={"scenario": unequal}))
        assert any("type-I error" in sentence for sentence in said)
        # The error map draws log-rank statistics by Schoenfeld's formula: only patients show what unequal arms do.
        assert any("follow the patients one by one" in sentence for sentence in said) == (outcome is EVENTS)
    means = Scenario.one_subgroup(0.5, MEANS, allocation_ratio=2.0)
    assert cautions(one_subgroup().model_copy(update={"scenario": means})) == ()
