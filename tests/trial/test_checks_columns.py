"""Checks of single covariates."""

import numpy as np
import pytest

from tests.trial.flawed import N, clean_frame, finding, trial_of


@pytest.mark.known_truth
def test_constant_and_identifier_like_covariates() -> None:
    constant = finding(trial_of(clean_frame().assign(sex="female")), "Constant covariates")
    assert (constant.light, constant.columns) == ("amber", ("sex",))
    every = trial_of(clean_frame().assign(sex="female"), covariates=("sex",))
    assert finding(every, "Constant covariates").light == "red"
    for values in (np.arange(1001, 1001 + N), [f"site-{number}" for number in range(N)]):
        found = finding(trial_of(clean_frame().assign(number=values), covariates=("age", "number")), "Identifiers")
        assert (found.light, found.columns) == ("amber", ("number",))


@pytest.mark.known_truth
def test_mixed_types_name_the_cells_that_do_not_belong() -> None:
    frame = clean_frame().assign(grade=[str(number % 3) for number in range(N)])
    frame.loc[[6, 11], "grade"] = "n/k"
    found = finding(trial_of(frame, covariates=("age", "grade")), "Mixed types")
    assert (found.light, found.columns, found.rows) == ("amber", ("grade",), (6, 11))
    assert "'n/k'" in found.sentence
