"""Roles: every misuse is one sentence, everything else survives a round trip."""

import pytest
from pydantic import ValidationError

from ite.errors import IteError, RoleError
from ite.trial.roles import Roles
from tests.trial.bad_files.roles import GOOD_ROLES


@pytest.mark.known_truth
def test_lists_and_numbers_are_taken_as_tuples_and_texts() -> None:
    roles = Roles(treatment="arm", control=0, time="t", event="d", event_value=0, covariates=["age"], protected=["sex"])
    assert roles.covariates == ("age",)
    assert roles.protected == ("sex",)
    assert (roles.control, roles.event_value) == ("0", "0")
    assert Roles(treatment="arm", control=1.0, outcome="y", covariates=["age"]).control == "1"
    assert Roles(treatment="arm", control=" drug ", outcome="y", covariates=["age"]).control == "drug"


@pytest.mark.known_truth
def test_numeric_arms_of_the_randomization_are_texts() -> None:
    roles = Roles(treatment="arm", control=0, outcome="y", covariates=["x"], randomization={0: 0.25, 1: 0.75})
    assert roles.randomization == {"0": 0.25, "1": 0.75}


@pytest.mark.known_truth
def test_json_round_trip() -> None:
    roles = Roles(
        treatment="arm",
        control="Obs",
        time="t",
        event="d",
        covariates=["age", "sex"],
        competing="death",
        propensity={"Obs": "p0", "Drug": "p1"},
    )
    assert Roles.model_validate_json(roles.model_dump_json()) == roles


@pytest.mark.known_truth
def test_columns_lists_every_part_once() -> None:
    roles = Roles(
        treatment="arm",
        control="Obs",
        time="t",
        event="d",
        covariates=["age", "sex"],
        protected=["sex", "race"],
        id="id",
        strata="age",
        competing="death",
        propensity={"Drug": "p"},
    )
    assert roles.columns == ("id", "arm", "t", "d", "death", "age", "sex", "race", "p")


@pytest.mark.known_truth
def test_roles_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Roles(**GOOD_ROLES).treatment = "other"  # type: ignore[misc]


@pytest.mark.known_truth
def test_stored_roles_that_do_not_hold_raise_the_same_sentence() -> None:
    with pytest.raises(RoleError, match="both outcome and covariate"):
        Roles.model_validate({**GOOD_ROLES, "covariates": ["score"]})
    with pytest.raises(RoleError, match="'treatment'"):
        Roles.model_validate_json("{}")
    assert issubclass(RoleError, IteError)


@pytest.mark.known_truth
def test_nothing_but_a_probability_of_one_is_renormalised() -> None:
    with pytest.raises(RoleError, match=r"sum to 1, but sum to 0\.99"):
        Roles(**{**GOOD_ROLES, "randomization": {"placebo": 0.33, "drug": 0.66}})
    thirds = Roles(**{**GOOD_ROLES, "randomization": {"placebo": 1 / 3, "a": 1 / 3, "b": 1 / 3}})
    assert thirds.randomization == {"placebo": 1 / 3, "a": 1 / 3, "b": 1 / 3}
