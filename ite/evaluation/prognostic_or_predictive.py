"""What a marker tells: the risk (prognostic), the effect of treatment (predictive), or one on one scale alone."""

from dataclasses import dataclass

from ite.errors import EstimateError


@dataclass(frozen=True, kw_only=True)
class MarkerRisks:
    """Risks of a bad event by marker status and arm."""

    negative_control: float
    negative_treated: float
    positive_control: float
    positive_treated: float

    def __post_init__(self) -> None:
        """Refuse what is no risk."""
        for name, risk in vars(self).items():
            if not 0 <= risk <= 1:
                raise EstimateError(
                    f"The risk of {name.replace('_', ' ')} patients should lie between 0 and 100 %, but "
                    f"{100 * risk:g} % was given. The nearest possible value is {100 if risk > 1 else 0} %."
                )


@dataclass(frozen=True, kw_only=True, eq=False)
class MarkerRole:
    """The same four risks on several scales; reductions are positive where treatment helps.

    Attributes
    ----------
    reduction_negative, reduction_positive : float
        Absolute risk reduction by marker status.
    ratio_negative, ratio_positive : float or None
        Risk ratio, treated over control; None where controls have no risk.
    interaction : float
        Treated minus control in marker-positives, less the same in marker-negatives: below 0 where positives gain more.
    prognostic : float
        Risk of marker-positive minus marker-negative controls.
    ratio_of_risk_ratios, ratio_of_odds_ratios : float or None
        Positive over negative; None where a ratio is not defined.
    """

    reduction_negative: float
    reduction_positive: float
    ratio_negative: float | None
    ratio_positive: float | None
    interaction: float
    prognostic: float
    ratio_of_risk_ratios: float | None
    ratio_of_odds_ratios: float | None


def marker_role(risks: MarkerRisks) -> MarkerRole:
    """Return what a marker tells of risk and of effect, on the difference, the ratio and the odds-ratio scale.

    A marker that multiplies every risk alike is predictive of the difference all the same.
    """
    negative = risks.negative_control - risks.negative_treated
    positive = risks.positive_control - risks.positive_treated
    ratios = (
        _over(risks.negative_treated, risks.negative_control),
        _over(risks.positive_treated, risks.positive_control),
    )
    odds_ratios = (
        _over(_odds(risks.negative_treated), _odds(risks.negative_control)),
        _over(_odds(risks.positive_treated), _odds(risks.positive_control)),
    )
    return MarkerRole(
        reduction_negative=negative,
        reduction_positive=positive,
        ratio_negative=ratios[0],
        ratio_positive=ratios[1],
        interaction=negative - positive,
        prognostic=risks.positive_control - risks.negative_control,
        ratio_of_risk_ratios=_over(ratios[1], ratios[0]),
        ratio_of_odds_ratios=_over(odds_ratios[1], odds_ratios[0]),
    )


def _odds(risk: float) -> float | None:
    return _over(risk, 1 - risk)


def _over(numerator: float | None, denominator: float | None) -> float | None:
    return None if numerator is None or not denominator else numerator / denominator
