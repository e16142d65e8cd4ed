"""Covariates as a matrix: the stated rule for missing values, rare levels and constant columns."""

import numpy as np
import pandas as pd
import pytest

from ite.estimation.features import MINIMUM_LEVEL_SIZE, encode


def standardised(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def category(*sizes: tuple[str | None, int]) -> pd.Series:
    return pd.Series([label for label, size in sizes for _ in range(size)], dtype="category")


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("missing", "columns"), [(1, 1), (MINIMUM_LEVEL_SIZE - 1, 1), (MINIMUM_LEVEL_SIZE, 2), (45, 1)]
)
def test_a_missing_number_becomes_the_median_and_is_marked_where_there_are_enough(missing: int, columns: int) -> None:
    number = pd.Series(np.arange(50.0))
    number[:missing] = np.nan
    result = encode(pd.DataFrame({"age": number}))
    assert result.matrix.shape == (50, columns)
    np.testing.assert_allclose(result.matrix[:, 0], standardised(number.fillna(number.median()).to_numpy()))
    assert result.imputed == {"age": missing}
    if columns == 2:
        np.testing.assert_allclose(result.matrix[:, 1], standardised(np.arange(50) < missing))


@pytest.mark.known_truth
def test_rare_levels_are_pooled_and_missing_is_a_level_of_its_own() -> None:
    site = category(("a", 30), ("b", 20), ("c", 9), ("d", 5), (None, 12))
    result = encode(pd.DataFrame({"site": site}))
    assert result.covariate == ("site",) * 4
    expected = {
        tuple(standardised((site == "a").to_numpy())),
        tuple(standardised((site == "b").to_numpy())),
        tuple(standardised(site.isin(["c", "d"]).to_numpy())),
        tuple(standardised(site.isna().to_numpy())),
    }
    actual = {tuple(column) for column in result.matrix.T}
    assert {tuple(np.round(column, 9)) for column in actual} == {tuple(np.round(column, 9)) for column in expected}
    assert result.imputed == {"site": 12}


@pytest.mark.known_truth
def test_two_levels_need_one_column() -> None:
    result = encode(pd.DataFrame({"sex": category(("f", 30), ("m", 20))}))
    np.testing.assert_allclose(result.matrix[:, 0], standardised(np.arange(50) >= 30))
    assert result.matrix.shape == (50, 1)


@pytest.mark.known_truth
def test_constant_columns_are_dropped_and_nobody_else_is() -> None:
    frame = pd.DataFrame(
        {
            "constant": np.full(40, 3.0),
            "one_level": category(("a", 40)),
            "age": np.arange(40.0),
            "empty": np.full(40, np.nan),
        }
    )
    result = encode(frame)
    assert result.covariate == ("age",)
    assert len(result.matrix) == 40
    assert np.isfinite(result.matrix).all()


@pytest.mark.known_truth
@pytest.mark.parametrize("value", [0.1, 1.1, 1e9 + 0.1])
def test_a_constant_that_floating_point_cannot_average_is_dropped_too(value: float) -> None:
    assert encode(pd.DataFrame({"constant": np.full(57, value), "age": np.arange(57.0)})).covariate == ("age",)


@pytest.mark.known_truth
def test_the_order_of_patients_only_reorders_the_rows() -> None:
    rng = np.random.default_rng(5)
    frame = pd.DataFrame(
        {
            "age": rng.normal(60, 10, 80),
            "site": pd.Categorical(rng.choice(list("abcdefgh"), 80, p=[0.3, 0.3] + [0.4 / 6] * 6)),
        }
    )
    frame.loc[rng.permutation(80)[:15], "age"] = np.nan
    order = rng.permutation(80)
    one, other = encode(frame), encode(frame.iloc[order].reset_index(drop=True))
    assert one.covariate == other.covariate
    np.testing.assert_allclose(one.matrix[order], other.matrix, atol=1e-12)
    np.testing.assert_allclose(one.matrix.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(one.matrix.std(axis=0), 1)


@pytest.mark.known_truth
def test_one_category_per_patient_leaves_no_column() -> None:
    frame = pd.DataFrame({"id": pd.Categorical([f"p{i}" for i in range(60)]), "age": np.arange(60.0)})
    assert encode(frame).covariate == ("age",)
