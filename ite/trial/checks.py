"""The intake report: is this trial fit to be analysed, and if not, what to do about it."""

from itertools import chain

from ite.errors import CheckError
from ite.trial.checks_arms import check_arm_sizes, check_balance, check_sample_ratio
from ite.trial.checks_columns import check_constant, check_identifiers, check_mixed_types
from ite.trial.checks_leakage import check_leakage_by_name, check_leakage_by_prediction, check_presence_by_event
from ite.trial.checks_missing import check_covariates_missing, check_levels_in_one_arm, check_outcome_missing
from ite.trial.checks_outcome import check_competing, check_events, check_horizon_reached, check_times
from ite.trial.checks_rows import check_duplicates, check_impossible_values, check_missing_codes
from ite.trial.data import TrialData
from ite.trial.findings import Finding, IntakeReport

__all__ = ["Finding", "IntakeReport", "check_trial", "require_fit"]

_CHECKS = (
    check_arm_sizes,
    check_sample_ratio,
    check_balance,
    check_events,
    check_times,
    check_horizon_reached,
    check_competing,
    check_outcome_missing,
    check_covariates_missing,
    check_levels_in_one_arm,
    check_constant,
    check_identifiers,
    check_mixed_types,
    check_leakage_by_name,
    check_leakage_by_prediction,
    check_presence_by_event,
    check_duplicates,
    check_impossible_values,
    check_missing_codes,
)
_ORDER = {"red": 0, "amber": 1, "green": 2}


def check_trial(trial: TrialData) -> IntakeReport:
    """Run every check that applies to the trial; red findings come first, then amber, then green."""
    findings = chain.from_iterable(check(trial) for check in _CHECKS)
    return IntakeReport(findings=tuple(sorted(findings, key=lambda finding: _ORDER[finding.light])))


def require_fit(trial: TrialData) -> None:
    """Refuse a trial with a red finding.

    Raises
    ------
    CheckError
        Naming each red finding and the remedy of the first.
    """
    report = check_trial(trial)
    if report.blocks:
        red = report.of_light("red")
        found = " ".join(finding.sentence for finding in red)
        raise CheckError(f"{found} {red[0].remedy}".strip())
