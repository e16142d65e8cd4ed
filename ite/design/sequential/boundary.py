"""Efficacy boundaries on the z scale: where a trial with looks may stop and reject."""

from functools import lru_cache
from typing import Literal, Self, cast

import numpy as np
from pydantic import Field, model_validator

from ite.design.fixed.spec import Alpha, DesignSpec, Finite, Positive
from ite.design.sequential.efficacy_bounds import Looks, fixed_interim_bounds, one_constant_bounds, spending_bounds
from ite.design.sequential.spending import SpendingFamily, cumulative_spending
from ite.errors import DesignError
from ite.trial.columns import FloatArray

Family = Literal[
    "obrien_fleming",
    "pocock",
    "wang_tsiatis",
    "haybittle_peto",
    "lan_demets_obf",
    "lan_demets_pocock",
    "hwang_shih_decani",
    "kim_demets",
    "user_spending",
]
#: The one setting that a family needs and no other takes.
PARAMETERS = {
    "wang_tsiatis": "delta",
    "haybittle_peto": "interim_z",
    "hwang_shih_decani": "gamma",
    "kim_demets": "rho",
    "user_spending": "cumulative_alpha",
}
#: Looks closer than this in information are one look.
LEAST_STEP = 0.001
FRACTION_TOLERANCE = 1e-9
_SHAPE_EXPONENTS = {"obrien_fleming": -0.5, "pocock": 0.0}


class Boundary(DesignSpec):
    """A rule for stopping early to reject, one-sided; bad settings raise `DesignError`.

    Attributes
    ----------
    family
        obrien_fleming z = C / sqrt(t); pocock z = C; wang_tsiatis z = C t^(delta - 1/2); haybittle_peto z = interim_z
        before the last look; or one of the spending functions.
    information_fractions
        Share of the full information at each look; increasing, the last is 1. One fraction is a design without looks.
    alpha
        One-sided level of the whole trial.
    delta, interim_z, gamma, rho
        Parameter of wang_tsiatis, haybittle_peto, hwang_shih_decani and kim_demets, needed there and only there.
    cumulative_alpha
        For user_spending: what is spent at or before each look; the last is alpha.
    futility_only_looks
        Looks, counted from 1, at which the trial cannot stop to reject.
    """

    family: Family = "obrien_fleming"
    information_fractions: tuple[Positive, ...] = Field(default=(0.5, 1.0), min_length=1, max_length=20)
    alpha: Alpha = 0.025
    delta: float | None = Field(default=None, ge=-1.0, le=1.0)
    interim_z: Finite | None = None
    gamma: float | None = Field(default=None, ge=-50.0, le=50.0)
    rho: float | None = Field(default=None, gt=0.0, le=50.0)
    cumulative_alpha: tuple[float, ...] | None = None
    futility_only_looks: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_fractions(self.information_fractions)
        _check_parameters(self)
        _check_cumulative_alpha(self)
        _check_futility_only(self)
        return self

    @property
    def looks(self) -> int:
        """Number of analyses, the last one included."""
        return len(self.information_fractions)

    def fractions(self) -> FloatArray:
        """Return the information fractions as an array."""
        return np.array(self.information_fractions)


@lru_cache(maxsize=1024)
def critical_values(boundary: Boundary, binding_futility: tuple[float, ...] | None = None) -> FloatArray:
    """Return the efficacy bounds on the z scale, shape (looks,); read-only, exact to 1e-8.

    Parameters
    ----------
    boundary
        The rule; where it cannot stop to reject the bound is infinite.
    binding_futility
        Futility bounds at the looks before the last, on the z scale (-inf for none), that will be obeyed for sure: the
        level is then spent on the trials that are left. None computes the bounds as if no futility look existed, which
        keeps the level whether or not a futility bound is obeyed.
    """
    bounds = _bounds(boundary, _looks(boundary, binding_futility))
    bounds.setflags(write=False)
    return bounds


def cumulative_alpha(boundary: Boundary, binding_futility: tuple[float, ...] | None = None) -> FloatArray:
    """Return the probability under the null to have rejected at or before each look, shape (looks,)."""
    upper = critical_values(boundary, binding_futility)
    return np.asarray(_looks(boundary, binding_futility).rejection_probabilities(upper).cumsum())


def _looks(boundary: Boundary, futility: tuple[float, ...] | None) -> Looks:
    bounds = futility if futility is not None else (-np.inf,) * (boundary.looks - 1)
    if len(bounds) != boundary.looks - 1:
        raise ValueError(f"{boundary.looks - 1} futility bounds expected, {len(bounds)} given")
    return Looks(
        fractions=boundary.fractions(),
        may_reject=~np.isin(np.arange(1, boundary.looks + 1), boundary.futility_only_looks),
        lower=np.array([*bounds, -np.inf]),
    )


def _bounds(boundary: Boundary, looks: Looks) -> FloatArray:
    if boundary.interim_z is not None:
        return fixed_interim_bounds(looks, boundary.interim_z, boundary.alpha)
    if boundary.cumulative_alpha is not None:
        return spending_bounds(looks, np.array(boundary.cumulative_alpha))
    if boundary.delta is not None:
        return one_constant_bounds(looks, looks.fractions ** (boundary.delta - 0.5), boundary.alpha)
    if boundary.family in _SHAPE_EXPONENTS:
        shape = looks.fractions ** _SHAPE_EXPONENTS[boundary.family]
        return one_constant_bounds(looks, shape, boundary.alpha)
    parameter = boundary.gamma if boundary.gamma is not None else boundary.rho
    family = cast("SpendingFamily", boundary.family)
    return spending_bounds(looks, cumulative_spending(family, looks.fractions, boundary.alpha, parameter))


def check_fractions(fractions: tuple[float, ...]) -> None:
    """Raise `DesignError` unless the information fractions increase to 1 in steps that can be told apart."""
    steps = np.diff((0.0, *fractions))
    if abs(fractions[-1] - 1.0) > FRACTION_TOLERANCE:
        raise DesignError(
            f"The last look comes at 100 % of the information, but {_percents(fractions[-1:])} was given. "
            "Divide all by the last one."
        )
    if steps.min() < LEAST_STEP:
        raise DesignError(
            f"Looks come at increasing shares of the information, at least {100.0 * LEAST_STEP:g} % apart, but "
            f"{_percents(fractions)} was given. Leave out a look or move it."
        )


def _check_parameters(boundary: Boundary) -> None:
    for family, name in PARAMETERS.items():
        given = getattr(boundary, name) is not None
        if given and family != boundary.family:
            raise DesignError(f"'{name}' belongs to '{family}' and not to '{boundary.family}'. Leave it out.")
        if not given and family == boundary.family:
            raise DesignError(f"'{family}' needs its parameter '{name}'. Give it.")


def _check_cumulative_alpha(boundary: Boundary) -> None:
    planned = boundary.cumulative_alpha
    if planned is None:
        return
    if len(planned) != boundary.looks:
        raise DesignError(
            f"What is spent of the level needs one value for each look, but {len(planned)} were given for "
            f"{boundary.looks} looks. Give one for each."
        )
    if min(np.diff((0.0, *planned))) < 0.0 or abs(planned[-1] - boundary.alpha) > FRACTION_TOLERANCE * boundary.alpha:
        raise DesignError(
            f"What is spent of the level grows from 0 % to {100.0 * boundary.alpha:g} %, but {_percents(planned)} was "
            "given. Order the values and end with the level."
        )


def _percents(values: tuple[float, ...]) -> str:
    return ", ".join(f"{100.0 * value:.4g} %" for value in values)


def _check_futility_only(boundary: Boundary) -> None:
    wrong = [look for look in boundary.futility_only_looks if not 1 <= look < boundary.looks]
    if wrong:
        raise DesignError(
            f"A look for futility only is one before the last of the {boundary.looks}, but look {wrong[0]} was given. "
            "The last look must be able to reject."
        )
