"""The quantile behind every 95 % interval."""

import pytest
from scipy.stats import norm

from ite.trial.normal import NORMAL_975


@pytest.mark.independent
def test_quantile_is_scipys() -> None:
    assert pytest.approx(float(norm.ppf(0.975)), rel=1e-15) == NORMAL_975
