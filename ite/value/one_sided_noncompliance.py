"""A trial in which only those assigned to treatment can have it, and not all of them take it."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from ite.errors import ValuationError
from ite.value.fields import ValueSettings
from ite.value.wald_ratio import Instrument, WaldRatio, wald_ratio


class OneSidedTrial(ValueSettings):
    """Counts of a trial: people and bad events among all assigned, those of them who took it, and controls."""

    called: ClassVar[str] = "The trial"

    assigned_n: int = Field(ge=1, title="People assigned to treatment")
    assigned_events: int = Field(ge=0, title="Events among the assigned")
    compliers_n: int = Field(ge=0, title="People who took the treatment")
    compliers_events: int = Field(ge=0, title="Events among those who took the treatment")
    control_n: int = Field(ge=1, title="People in the control arm")
    control_events: int = Field(ge=0, title="Events in the control arm")


@dataclass(frozen=True, kw_only=True, eq=False)
class OneSidedEffect:
    """Reductions of risk; positive means fewer events with treatment.

    Attributes
    ----------
    assignment : float
        Of being assigned (intention to treat).
    compliance : float
        Share of the assigned who took it.
    complier : float or None
        Among those who take it when offered; None where nobody does.
    as_treated : float or None
        The naive comparison of the treated with all untreated, which mixes the effect with who chooses to take it;
        None where nobody was treated.
    ratio : WaldRatio
        Standard errors and intervals of the complier reduction.
    """

    spec: OneSidedTrial
    assignment: float
    compliance: float
    complier: float | None
    as_treated: float | None
    ratio: WaldRatio


def one_sided_effect(spec: OneSidedTrial) -> OneSidedEffect:
    """Return the reduction of risk by assignment, among compliers, and as treated.

    Raises
    ------
    ValuationError
        If counts do not fit into each other, or in each arm everybody or nobody had the event.

    Source: Sommer & Zeger 1991, Statistics in Medicine 10:45-52; Imbens & Rubin 1997, Annals of Statistics 25:305-327.
    """
    _require_nested(spec)
    assigned, control = spec.assigned_events / spec.assigned_n, spec.control_events / spec.control_n
    compliance = spec.compliers_n / spec.assigned_n
    variance = assigned * (1 - assigned) / spec.assigned_n + control * (1 - control) / spec.control_n
    if variance == 0:
        raise ValuationError(
            f"Counts should show some people with the event and some without, but {spec.assigned_events} of "
            f"{spec.assigned_n} and {spec.control_events} of {spec.control_n} had it: such arms do not tell how sure "
            "their risks are. Count over a longer time."
        )
    # Events (negated, to count as benefit) and compliance vary together in the assigned arm.
    together = -(spec.compliers_events / spec.assigned_n - assigned * compliance) / spec.assigned_n
    ratio = wald_ratio(
        Instrument(
            reduced_form=control - assigned,
            reduced_form_se=variance**0.5,
            first_stage=compliance,
            first_stage_se=(compliance * (1 - compliance) / spec.assigned_n) ** 0.5,
            covariance=together,
        )
    )
    return OneSidedEffect(
        spec=spec,
        assignment=control - assigned,
        compliance=compliance,
        complier=ratio.effect,
        as_treated=_as_treated(spec),
        ratio=ratio,
    )


def _as_treated(spec: OneSidedTrial) -> float | None:
    if not spec.compliers_n:
        return None
    untreated = spec.assigned_n - spec.compliers_n + spec.control_n
    events = spec.assigned_events - spec.compliers_events + spec.control_events
    return events / untreated - spec.compliers_events / spec.compliers_n


def _require_nested(spec: OneSidedTrial) -> None:
    limits = (
        ("assigned_events", spec.assigned_events, spec.assigned_n, "people assigned"),
        ("compliers_n", spec.compliers_n, spec.assigned_n, "people assigned"),
        ("control_events", spec.control_events, spec.control_n, "people in the control arm"),
        ("compliers_events", spec.compliers_events, spec.compliers_n, "people who took the treatment"),
        ("compliers_events", spec.compliers_events, spec.assigned_events, "events among the assigned"),
    )
    for name, found, most, of in limits:
        if found > most:
            raise ValuationError(
                f"{spec.label(name)} should be at most the {most} {of}, but {found} was given. "
                f"The nearest possible number is {most}."
            )
    refused = spec.assigned_n - spec.compliers_n
    if spec.assigned_events - spec.compliers_events > refused:
        raise ValuationError(
            f"Of {spec.assigned_events} events among the assigned, {spec.compliers_events} fell on those who took the "
            f"treatment, but only {refused} people did not take it. Expected at least "
            f"{spec.assigned_events - refused} events among those who took it."
        )
