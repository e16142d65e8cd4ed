"""The words that go with a design whose patients were followed one by one."""

from ite.charts.number_words import percent_words
from ite.charts.scale import cell
from ite.design.enrichment.patient_comparison import FollowedDesign
from ite.report.patient_code import PatientRun

#: Differences of so many standard errors are hardly chance, even among several figures.
_BEYOND_CHANCE = 3.0
_STAGES = {
    "independent_increments": "later stages by the later events of all patients",
    "separate_cohorts": "stage 2 by the patients recruited after the look",
}
LEVELS = """\
The same design, simulated twice. Patient by patient: everybody arrives, is randomised, and has an event, drops out or \
is censored; each log-rank test is computed from these patients. By its statistics: the log-rank statistics are drawn \
from the distribution they should have. The second is what the sliders above use, with subgroup sizes as they come.

The two agree where both apply: hazards proportional from the start, the same in all untreated patients, events few \
beside the patients at risk, and arms of equal size. Where they differ by more than their Monte-Carlo errors, believe \
the patients: a delayed benefit, for instance, costs power that the statistics alone do not see, and with five treated \
patients for each control, or the reverse, power can be ten points off.

The family-wise error counts populations in which nobody benefits; without such a population it has no row."""
CALENDAR = """\
A look is due when the planned events have been seen; where they never come, at the calendar limit or when nobody is \
left under observation. Months count from the first day of recruitment. What is said of a look is an average over the \
trials that hold it.

Screened are all who arrive, randomised are those who may enter: once a part of the patients is no longer recruited, \
more have to be screened for the same number."""
INCREMENTS_AND_RESPONSE = (
    "Later events of all patients do not keep the level once an early response chooses the population: the same "
    "patients' response foretells their later events. The figures show how much error that makes, most of "
    "it where the look is early and response foretells survival closely; with patients recruited after the look it is "
    "avoided."
)


def method(run: PatientRun) -> str:
    """Say how the figures came about."""
    test = "stratified" if run.level.stratified else "pooled"
    return (
        f"{run.trials:,} simulated trials of {run.level.patients:,} patients, seed {run.seed}. "
        f"{test.capitalize()} log-rank tests, {_STAGES[run.level.construction]}; closed test and boundary as above."
    )


def levels_title(found: FollowedDesign) -> str:
    """Say in words how often the trial succeeds."""
    operating = found.patients.operating
    power = percent_words(cell(operating.summary, "any", "estimate"))
    if operating.populations["true_null"].all():
        return f"Patient by patient, {power} of such trials show a benefit that nobody has"
    return f"Patient by patient, {power} of such trials show a benefit"


def levels_sentence(found: FollowedDesign) -> str:
    """Set the power at both levels against each other."""
    (one, error), (other, other_error) = (
        (cell(each.summary, "any", "estimate"), cell(each.summary, "any", "standard_error"))
        for each in (found.patients.operating, found.statistics)
    )
    difference, spread = one - other, float((error**2 + other_error**2) ** 0.5)
    verdict = "more than chance explains" if abs(difference) > _BEYOND_CHANCE * spread else "no more than chance"
    return (
        f"A benefit is shown in {percent_words(one, error)} of trials patient by patient and in "
        f"{percent_words(other, other_error)} by the statistics alone: {100 * difference:+.1f} ± "
        f"{100 * spread:.1f} points, {verdict}."
    )


def calendar_sentence(found: FollowedDesign) -> str:
    """Say how long the trial takes and whom it needs."""
    look, months, randomised, screened = (
        cell(found.patients.calendar, measure, "estimate")
        for measure in ("month_look_1", "months", "randomised", "screened")
    )
    return (
        f"The first look is in month {look:.1f} and the trial ends in month {months:.1f} on average, with "
        f"{randomised:,.0f} patients randomised of {screened:,.0f} screened."
    )
