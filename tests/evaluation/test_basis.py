"""The fixed basis of the global test."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import rankdata

from ite.errors import EstimateError
from ite.estimation.features import encode
from ite.evaluation.basis import MINIMUM_PER_ARM, modifier_basis

ARM = np.arange(100) % 2


def level(*, held_by: int) -> pd.Series:
    """A two-level covariate whose rarer level `held_by` patients of each arm have."""
    return pd.Series(np.where(np.arange(100) < 2 * held_by, "rare", "common"), dtype="category")


@pytest.mark.known_truth
def test_columns_are_standardised_mid_ranks() -> None:
    age = pd.Series(np.random.default_rng(0).lognormal(size=100).round(1))
    basis = modifier_basis(encode(pd.DataFrame({"age": age})), ARM)
    ranks = rankdata(age)
    np.testing.assert_allclose(basis.columns[:, 0], (ranks - ranks.mean()) / ranks.std(), atol=1e-12)
    assert basis.covariate == ("age",)


@pytest.mark.known_truth
def test_a_monotone_change_of_units_changes_nothing() -> None:
    age = np.random.default_rng(0).lognormal(size=100)
    one, other = (modifier_basis(encode(pd.DataFrame({"age": values})), ARM) for values in (age, np.log(age)))
    np.testing.assert_allclose(one.columns, other.columns, atol=1e-12)


@pytest.mark.known_truth
def test_a_level_held_by_few_in_an_arm_is_named_as_untested() -> None:
    frame = pd.DataFrame(
        {"kept": level(held_by=MINIMUM_PER_ARM), "rare": level(held_by=MINIMUM_PER_ARM - 1), "age": np.arange(100.0)}
    )
    basis = modifier_basis(encode(frame), ARM)
    assert basis.covariate == ("kept", "age")
    assert basis.untested == ("rare",)


@pytest.mark.known_truth
def test_one_sided_levels_do_not_count() -> None:
    only_treated = pd.Series(np.where((np.arange(100) < 60) & (ARM == 1), "rare", "common"), dtype="category")
    frame = pd.DataFrame({"one_arm": only_treated, "age": np.arange(100.0)})
    assert modifier_basis(encode(frame), ARM).untested == ("one_arm",)


@pytest.mark.known_truth
def test_without_any_testable_covariate_they_are_named() -> None:
    with pytest.raises(EstimateError, match=r"at least 10 patients per arm .* none of rare has them"):
        modifier_basis(encode(pd.DataFrame({"rare": level(held_by=6)})), ARM)


@pytest.mark.known_truth
def test_a_covariate_without_any_column_is_named_as_untested() -> None:
    frame = pd.DataFrame({"site": pd.Categorical([f"s{i}" for i in range(100)]), "age": np.arange(100.0)})
    assert modifier_basis(encode(frame), ARM).untested == ("site",)
