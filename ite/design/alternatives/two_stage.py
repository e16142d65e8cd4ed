"""Simon's two-stage single arm: stop early where too few respond.

Source: Simon 1989, Controlled Clinical Trials 10:1-10.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ite.design.alternatives.fields import Count, InnerShare
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError

METHOD = "Exact binomial sum over the responses of the first stage."
ASSUMPTIONS = ("Patients respond independently with one common rate; the stopping rule is binding.",)


class TwoStage(DesignSpec):
    """Limits and sizes of the two stages.

    Attributes
    ----------
    stop_at, n_first
        The trial stops if at most `stop_at` of the first `n_first` patients respond.
    reject_above, n_total
        Otherwise it goes on to `n_total` patients and succeeds if more than `reject_above` of all respond.
    rate_null, rate_alternative
        Response rates that are uninteresting and worth having.
    """

    stop_at: int
    n_first: Count
    reject_above: int
    n_total: Count
    rate_null: InnerShare
    rate_alternative: InnerShare


@dataclass(frozen=True, kw_only=True, eq=False)
class TwoStageCharacteristics:
    """What the two stages do.

    Attributes
    ----------
    type_one_error, power : float
        Probability of success at the two rates.
    early_stop_null, early_stop_alternative : float
        Probability of stopping after the first stage.
    expected_n_null, expected_n_alternative : float
        Mean number of patients.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: TwoStage
    type_one_error: float
    power: float
    early_stop_null: float
    early_stop_alternative: float
    expected_n_null: float
    expected_n_alternative: float
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def two_stage_characteristics(spec: TwoStage) -> TwoStageCharacteristics:
    """Return error, power, early stopping and expected size.

    Raises
    ------
    DesignError
        If the stages or their limits do not follow one another, or if the rates are in the wrong order.
    """
    _require_order(spec)
    stop_null, stop_alternative = (
        float(stats.binom.cdf(spec.stop_at, spec.n_first, rate)) for rate in (spec.rate_null, spec.rate_alternative)
    )
    second = spec.n_total - spec.n_first
    return TwoStageCharacteristics(
        spec=spec,
        type_one_error=_success(spec, spec.rate_null),
        power=_success(spec, spec.rate_alternative),
        early_stop_null=stop_null,
        early_stop_alternative=stop_alternative,
        expected_n_null=spec.n_first + (1 - stop_null) * second,
        expected_n_alternative=spec.n_first + (1 - stop_alternative) * second,
    )


def _success(spec: TwoStage, rate: float) -> float:
    """Probability of going on and of more than `reject_above` responses in all."""
    first = np.arange(spec.stop_at + 1, spec.n_first + 1)
    later = stats.binom.sf(spec.reject_above - first, spec.n_total - spec.n_first, rate)
    return float(stats.binom.pmf(first, spec.n_first, rate) @ later)


def _require_order(spec: TwoStage) -> None:
    """Refuse stages that are no stages, with the nearest that are."""
    for name, found, low, high in (
        ("patients of the first stage", spec.n_first, 1, spec.n_total - 1),
        ("responses that stop the first stage", spec.stop_at, 0, spec.n_first - 1),
        ("responses that are too few in the end", spec.reject_above, spec.stop_at, spec.n_total - 1),
    ):
        if not low <= found <= high:
            raise DesignError(
                f"{name.capitalize()} must lie between {low} and {high}; found {found}. "
                f"The nearest possible number is {max(low, min(found, high))}."
            )
    if spec.rate_alternative <= spec.rate_null:
        raise DesignError(
            f"The rate worth having must be above the uninteresting one, {spec.rate_null:g}; "
            f"found {spec.rate_alternative:g}."
        )
