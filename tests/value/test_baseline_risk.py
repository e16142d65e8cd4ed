"""Risk differences with their interval, and numbers needed to treat by baseline risk."""

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from ite.errors import ValuationError
from ite.value.baseline_risk import RelativeEffect, nnt_by_baseline_risk
from ite.value.risk_difference import TwoRisks


@pytest.mark.independent
@pytest.mark.parametrize(("counts", "level"), [((56, 70, 48, 80), 0.95), ((9, 10, 3, 10), 0.9), ((0, 20, 5, 31), 0.99)])
def test_newcombe_equals_statsmodels(counts: tuple[int, int, int, int], level: float) -> None:
    found = TwoRisks(**dict(zip(("events_treated", "n_treated", "events_control", "n_control"), counts, strict=True)))
    expected = confint_proportions_2indep(*counts, compare="diff", method="newcomb", alpha=1 - level)
    np.testing.assert_allclose(found.interval(level), expected, atol=1e-9)


@pytest.mark.known_truth
def test_two_risks_make_a_number_needed_to_treat() -> None:
    number = TwoRisks(events_treated=56, n_treated=70, events_control=48, n_control=80).number_needed_to_treat
    assert number.text == "NNTB 5 (95 % interval NNTB 3 to NNTB 20)"


@pytest.mark.known_truth
def test_more_events_than_patients_are_refused() -> None:
    with pytest.raises(ValuationError, match="not 12 in 10"):
        TwoRisks(events_treated=12, n_treated=10, events_control=1, n_control=10)


@pytest.mark.independent
def test_odds_ratio_by_way_of_the_odds() -> None:
    risks = np.array([0.05, 0.3, 0.9])
    found = nnt_by_baseline_risk(RelativeEffect(measure="odds ratio", estimate=0.5, lower=0.3, upper=0.8), risks)
    for column, ratio in (("reduction", 0.5), ("upper", 0.3), ("lower", 0.8)):
        odds = ratio * risks / (1 - risks)
        np.testing.assert_allclose(found[column], risks - odds / (1 + odds))
    np.testing.assert_allclose(found["nnt"] * found["reduction"], 1.0)


@pytest.mark.known_truth
def test_an_effect_of_one_has_no_number_and_one_above_harms() -> None:
    for measure in ("risk ratio", "odds ratio"):
        assert nnt_by_baseline_risk(RelativeEffect(measure=measure, estimate=1), [0.3, 0.07])["nnt"].isna().all()
        assert (nnt_by_baseline_risk(RelativeEffect(measure=measure, estimate=1.5), [0.3])["nnt"] < 0).all()
    assert np.isnan(nnt_by_baseline_risk(RelativeEffect(measure="risk ratio", estimate=0.5), [0.3])["lower"][0])


@pytest.mark.known_truth
def test_what_a_risk_ratio_cannot_be_is_refused() -> None:
    doubled = RelativeEffect(measure="risk ratio", estimate=2.0)
    with pytest.raises(ValuationError, match="holds up to 50 %"):
        nnt_by_baseline_risk(doubled, [0.3, 0.6])
    with pytest.raises(ValuationError, match=r"For 30 %, give 0\.3"):
        nnt_by_baseline_risk(doubled, [30])
    with pytest.raises(ValuationError, match="Give both"):
        RelativeEffect(measure="risk ratio", estimate=0.5, lower=0.2)
    with pytest.raises(ValuationError, match="enclose"):
        RelativeEffect(measure="risk ratio", estimate=0.5, lower=0.6, upper=0.7)
