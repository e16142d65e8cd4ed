import numpy as np
import pytest
from scipy import stats

from ite.design.alternatives.efficiency import EnrichmentComparison, compare_enrichment
from ite.design.alternatives.endpoints import MarkerMeans
from ite.design.alternatives.uncertain_prevalence import BetaPrior, compare_enrichment_under_prior

SPEC = EnrichmentComparison(endpoint=MarkerMeans(effect_subgroup=0.5, effect_complement=0.25), prevalence=0.3)


@pytest.mark.known_truth
def test_a_sharp_prior_gives_the_figures_at_its_mean() -> None:
    result = compare_enrichment_under_prior(SPEC, BetaPrior(a=3e6, b=7e6))
    expected = compare_enrichment(SPEC).designs
    for row in result.designs.query("figure in ('randomised', 'screened')").itertuples():
        assert row.median == pytest.approx(expected.loc[row.design, row.figure], rel=1e-3)
        assert row.upper == pytest.approx(row.lower, rel=2e-3)


@pytest.mark.known_truth
def test_percentiles_are_those_of_the_prior() -> None:
    """Patients screened fall with the prevalence, so their percentiles come from the opposite ones of the prior."""
    prior = BetaPrior(a=6, b=14)
    designs = compare_enrichment_under_prior(SPEC, prior).designs
    row = designs.query("design == 'enriched' and figure == 'screened'").iloc[0]
    randomised = compare_enrichment(SPEC).designs["randomised"]["enriched"]
    for name, level in (("lower", 0.95), ("median", 0.5), ("upper", 0.05)):
        assert row[name] == pytest.approx(randomised / stats.beta.ppf(level, 6, 14), rel=2e-3)


@pytest.mark.known_truth
def test_chance_that_enrichment_screens_fewer_is_that_of_a_prevalence_above_the_break_even() -> None:
    """With effects 0.5 and 0.25 screening breaks even where g (0.5 / (0.25 + 0.25 g))^2 = 1: never below g = 1."""
    result = compare_enrichment_under_prior(SPEC, BetaPrior(a=6, b=14))
    assert result.enriched_is_smaller["screened"] == 0.0
    assert result.enriched_is_smaller["randomised"] == 1.0
    assert np.isnan(result.enriched_is_smaller["cost"])
    steep = SPEC.model_copy(update={"endpoint": MarkerMeans(effect_subgroup=0.5, effect_complement=0.1)})
    # g 0.25 > (0.1 + 0.4 g)^2 from g = 1/16 on
    found = compare_enrichment_under_prior(steep, BetaPrior(a=2, b=20)).enriched_is_smaller["screened"]
    assert found == pytest.approx(stats.beta.sf(1 / 16, 2, 20), abs=1 / 4000)
