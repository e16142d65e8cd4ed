"""What is assumed to follow single patients: arrival, randomisation, hazards, drop-out, calendar."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ite.design.fixed.piecewise import Piecewise
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError

MOST_PATIENTS = 20_000
Months = Annotated[float, Field(ge=0, le=1200)]
#: A later stage from what the log-rank test gained, or from the patients recruited in it alone.
Construction = Literal["independent_increments", "separate_cohorts"]


class EarlyResponse(DesignSpec):
    """A response seen early that foretells survival.

    Attributes
    ----------
    control, treatment
        Response rate of each arm, by stratum.
    after_months
        When it is seen, counted from entry; a patient who had the event before does not respond.
    dependence
        Probability that one and the same luck decides a patient's response and survival; 0 is independent, 1 means that
        in an arm of a stratum exactly the longest survivors respond.
    """

    control: tuple[Annotated[float, Field(gt=0, lt=1)], ...]
    treatment: tuple[Annotated[float, Field(gt=0, lt=1)], ...]
    after_months: Months = 2.0
    dependence: float = Field(default=0.5, ge=0, le=1)


class PatientLevel(DesignSpec):
    """How the patients of a scenario with event times arrive, are randomised, followed and analysed.

    Attributes
    ----------
    patients
        Planned number, all stages together.
    accrual
        Patients who arrive per month, of all strata together, by calendar month.
    control_hazards
        Events per untreated patient and month, by months since entry: the same for everybody, or one for each stratum.
    benefit_delay_months
        Time from entry before which the hazard ratio is 1.
    dropout_per_month
        Hazard of leaving the trial without the event, the same in all arms.
    randomisation
        "permuted_blocks" in order of arrival, or "alternating".
    block_size
        Patients of a block; a multiple of the allocation ratio's sum.
    keep_enrolling
        What stays the same when recruitment is restricted to subgroups: "screening" (fewer of the patients who arrive
        may enter) or "enrolment" (more sites open).
    events_counted_in
        Name of the population whose events bring on the looks; None is everybody. Where it does not go on, and without
        a name, the events of the populations that go on count.
    calendar_limit_months
        The trial ends then, however many events it has.
    stratified
        Whether log-rank tests are stratified by stratum; else the patients of a population are pooled. Estimates, and
        selection by them, are stratified either way.
    construction
        "independent_increments": a later stage is what the log-rank test gained since the look before, from all
        patients; how many further events that takes is fixed in advance for each choice of populations.
        "separate_cohorts", for two stages: patients of stage 1 count for stage 1 only, followed for a time fixed in
        advance, those recruited later for stage 2.
    stage1_follow_up_months
        Separate cohorts: how long after the interim look the patients of stage 1 are still followed.
    early_response
        Where it is given, populations are selected by their difference of response rates, not by the log-rank test; for
        two stages.
    show_error
        Allow a combination that does not keep the level, to show how much error it makes.

    Raises
    ------
    DesignError
        If independent increments are asked for and anything but the log-rank test decides, or a rate is 0.

    Source: Jenkins, Stone and Jennison, Pharmaceutical Statistics 10 (2011) for separate cohorts; Wassmer and Brannath,
    Group Sequential and Confirmatory Adaptive Designs in Clinical Trials (2016), for increments.
    """

    patients: int = Field(ge=10, le=MOST_PATIENTS)
    accrual: Piecewise
    control_hazards: tuple[Piecewise, ...] = Field(min_length=1)
    benefit_delay_months: Months = 0.0
    dropout_per_month: float = Field(default=0.0, ge=0, le=10)
    randomisation: Literal["permuted_blocks", "alternating"] = "permuted_blocks"
    block_size: int = Field(default=4, ge=2, le=12)
    keep_enrolling: Literal["screening", "enrolment"] = "screening"
    events_counted_in: str | None = None
    calendar_limit_months: float | None = Field(default=None, gt=0, le=1200)
    stratified: bool = True
    construction: Construction = "independent_increments"
    stage1_follow_up_months: Months = 0.0
    early_response: EarlyResponse | None = None
    show_error: bool = False

    @model_validator(mode="after")
    def _rates_are_positive(self) -> Self:
        if min(min(rate.levels) for rate in (self.accrual, *self.control_hazards)) <= 0:
            raise DesignError(
                "Patients arrive, and have events, at a rate above 0 in every period; a rate of 0 was given. "
                "Use a small one, such as 0.0001."
            )
        return self

    @model_validator(mode="after")
    def _keeps_the_level(self) -> Self:
        increments = self.construction == "independent_increments"
        if increments and self.early_response is not None and not self.show_error:
            raise DesignError(
                "Increments of the log-rank test are independent only if nothing but the log-rank test decides, and an "
                "early response foretells later events of the same patients. Use separate cohorts."
            )
        if increments and self.stage1_follow_up_months:
            raise DesignError(
                "With independent increments all patients are followed to the end; a follow-up of "
                f"{self.stage1_follow_up_months:g} months for stage 1 belongs to separate cohorts. Use 0."
            )
        return self
