"""How credible one effect modifier is: the questions of two published instruments, answered from data where possible.

There is no total score: the instruments weigh their questions by judgement, and so must the reader.
"""

from typing import ClassVar, Literal, NamedTuple

import numpy as np
import pandas as pd
from pydantic import Field

from ite.errors import EstimateError, IteError
from ite.estimation.result import EffectEstimate
from ite.evaluation.described_covariates import FEWEST_PATIENTS
from ite.evaluation.result import Evidence
from ite.evaluation.verdict import EVIDENCE_LEVEL, SUGGESTIVE_LEVEL
from ite.settings import Settings
from ite.trial.data import TrialData

Mark = Literal["supports", "against", "unknown"]
Answer = Literal["unknown", "yes", "no"]
HIGHER, LOWER = "higher values gain more", "lower values gain more"
NOT_STATED = "not stated"
_ICEMAN, _PATH = "ICEMAN", "PATH"


class Declared(Settings):
    """What was known about a covariate before the data were seen; no data can say it.

    Attributes
    ----------
    covariate
        The effect modifier in question.
    direction
        Who was expected to gain more, one of `directions`, or "not stated".
    declared_before, earlier_evidence
        Whether that expectation was written down before the data were seen, and whether other studies found the same.
    source
        Where that can be read.
    """

    refusal: ClassVar[type[IteError]] = EstimateError

    covariate: str = Field(title="Covariate", min_length=1)
    direction: str = Field(default=NOT_STATED, title="Expected direction")
    declared_before: Answer = Field(default="unknown", title="Declared beforehand")
    earlier_evidence: Answer = Field(default="unknown", title="Earlier evidence")
    source: str = Field(default="", title="Source", max_length=200)


class _Item(NamedTuple):
    instrument: str
    question: str
    finding: str
    mark: Mark


def directions(trial: TrialData, covariate: str) -> tuple[str, ...]:
    """Return the directions that can be expected of a covariate: of a number two, of a category one per level.

    Raises
    ------
    EstimateError
        If the trial has no such covariate.
    """
    values = _values(trial, covariate)
    if pd.api.types.is_numeric_dtype(values):
        return HIGHER, LOWER
    sizes = values.value_counts()
    return tuple(_gains_most(str(level)) for level in sizes.index if sizes[level] >= FEWEST_PATIENTS)


def credibility(
    trial: TrialData, effects: EffectEstimate, evidence: Evidence, arm: str, declared: Declared
) -> pd.DataFrame:
    """Answer each question about one effect modifier of an arm, with what the data or the user say.

    Returns
    -------
    DataFrame
        question, mark (supports, against, unknown), finding (in words), instrument.

    Raises
    ------
    EstimateError
        If the trial has no such covariate, or it cannot have that direction.

    Source: Schandelmaier et al. 2020, CMAJ 192:E901-E906 (ICEMAN, randomised trials); Kent et al. 2020, Annals of
    Internal Medicine 172:35-45 (PATH). The questions are worded anew.
    """
    possible = directions(trial, declared.covariate)
    if declared.direction not in (NOT_STATED, *possible):
        raise EstimateError(
            f"The expected direction of {declared.covariate} should be one of {', '.join((NOT_STATED, *possible))}, "
            f"but '{declared.direction}' was given. Choose one of them."
        )
    modifiers = evidence.modifiers[(evidence.modifiers["arm"] == arm) & evidence.modifiers["strength"].notna()]
    items = [
        _direction(declared, observed_direction(trial, effects, arm, declared.covariate)),
        _earlier(declared),
        _chance(modifiers, declared.covariate),
        _number_tested(modifiers),
        _cut_point(trial, declared.covariate),
        _within_trial(trial),
        _overall(effects, arm),
        _held_out(evidence, arm),
        _relative(trial, evidence, arm),
        _baseline_risk(evidence, arm),
    ]
    return pd.DataFrame(items, columns=list(_Item._fields))[["question", "mark", "finding", "instrument"]]


def observed_direction(trial: TrialData, effects: EffectEstimate, arm: str, covariate: str) -> str | None:
    """Return who gained more in this trial, in the words of `directions`; None where nothing tells."""
    values, scores = _values(trial, covariate), effects.scores[arm]
    known = values.notna()
    if not pd.api.types.is_numeric_dtype(values):
        by_level = scores[known.to_numpy()].groupby(values[known].astype(str).to_numpy())
        means = by_level.mean()[by_level.size() >= FEWEST_PATIENTS]
        return _gains_most(str(means.idxmax())) if len(means) > 1 else None
    rank = values[known].rank().to_numpy(dtype=float)
    trend = float((rank - rank.mean()) @ scores[known.to_numpy()].to_numpy(dtype=float))
    return None if trend == 0 else HIGHER if trend > 0 else LOWER


def _values(trial: TrialData, covariate: str) -> pd.Series:
    if covariate not in trial.covariates:
        raise EstimateError(
            f"'{covariate}' is no covariate of this trial, which has {', '.join(trial.roles.covariates)}. Choose one."
        )
    return trial.covariates[covariate]


def _gains_most(level: str) -> str:
    return f"{level} gains most"


def _direction(declared: Declared, observed: str | None) -> _Item:
    question = "Expected beforehand, and rightly?"
    if declared.direction == NOT_STATED or observed is None:
        expected = "No expectation was stated" if declared.direction == NOT_STATED else "Nothing tells the direction"
        mark: Mark = "against" if declared.declared_before == "no" else "unknown"
        return _Item(_ICEMAN, question, f"{expected}; observed: {observed or 'no direction'}.", mark)
    words = f"Expected: {declared.direction}; observed: {observed}"
    if declared.direction != observed:
        return _Item(_ICEMAN, question, f"{words}: the opposite.", "against")
    when = {
        "yes": "written down before the data were seen",
        "no": "not written down before the data were seen",
        "unknown": "when it was written down is not known",
    }[declared.declared_before]
    marks: dict[Answer, Mark] = {"yes": "supports", "no": "against", "unknown": "unknown"}
    return _Item(_ICEMAN, question, f"{words}; {when}.", marks[declared.declared_before])


def _earlier(declared: Declared) -> _Item:
    said = {"yes": "Stated: other studies found the same", "no": "Stated: none", "unknown": "Not stated"}
    marks: dict[Answer, Mark] = {"yes": "supports", "no": "against", "unknown": "unknown"}
    source = f" ({declared.source})" if declared.source.strip() and declared.earlier_evidence == "yes" else ""
    finding = f"{said[declared.earlier_evidence]}{source}."
    return _Item(_ICEMAN, "Supported by other studies?", finding, marks[declared.earlier_evidence])


def _chance(modifiers: pd.DataFrame, covariate: str) -> _Item:
    question = "Is chance an unlikely explanation?"
    own = modifiers.loc[modifiers["covariate"] == covariate, "p_value"].to_numpy(dtype=float)
    if len(own) == 0 or np.isnan(own[0]):
        return _Item(_ICEMAN, question, f"{covariate} could not be tested: too few patients.", "unknown")
    finding = f"Interaction test, adjusted for all that were tested: p = {own[0]:.2g}."
    if own[0] <= EVIDENCE_LEVEL:
        return _Item(_ICEMAN, question, finding, "supports")
    return _Item(_ICEMAN, question, finding, "against" if own[0] > SUGGESTIVE_LEVEL else "unknown")


def _number_tested(modifiers: pd.DataFrame) -> _Item:
    question = "Few tested, or all of them counted?"
    tested = len(modifiers)
    return _Item(_ICEMAN, question, f"{tested} tested; the p-value counts all of them.", "supports")


def _cut_point(trial: TrialData, covariate: str) -> _Item:
    number = pd.api.types.is_numeric_dtype(_values(trial, covariate))
    finding = "Tested as a trend over its ranks, without a cut." if number else "A category, which needs no cut."
    return _Item(_ICEMAN, "No arbitrary cut of a number?", finding, "supports")


def _within_trial(trial: TrialData) -> _Item:
    question = "Compared within a randomised trial?"
    if trial.roles.design == "observational":
        return _Item(_PATH, question, "No: the treatment was not randomised.", "against")
    return _Item(_PATH, question, "Yes: every comparison is within this trial.", "supports")


def _overall(effects: EffectEstimate, arm: str) -> _Item:
    lower, upper = (float(effects.ate[name].to_dict()[arm]) for name in ("lower", "upper"))
    shown = lower > 0 or upper < 0
    finding = f"The 95 % interval of the average effect {'excludes' if shown else 'includes'} no effect."
    return _Item(_PATH, "Is there an effect on average?", finding, "supports" if shown else "unknown")


def _held_out(evidence: Evidence, arm: str) -> _Item:
    question = "Does it hold in unseen patients?"
    slope, lower = (float(evidence.calibration_slope[name].to_dict()[arm]) for name in ("estimate", "lower"))
    if np.isnan(slope):
        return _Item(_PATH, question, "The model predicts the same effect for everybody.", "unknown")
    finding = f"Calibration slope {slope:.2f}, 95 % interval from {lower:.2f}."
    mark: Mark = "supports" if lower > 0 else "against" if slope <= 0 else "unknown"
    return _Item(_PATH, question, finding, mark)


def _relative(trial: TrialData, evidence: Evidence, arm: str) -> _Item:
    question = "On the relative scale too?"
    if trial.outcome_kind == "continuous":
        return _Item(_PATH, question, "A difference of means has no relative scale here.", "unknown")
    known = evidence.relative["p_value"].to_dict() if len(evidence.relative) else {}
    p_value = float(known.get(arm, np.nan))
    if np.isnan(p_value):
        return _Item(_PATH, question, "Too few events to tell.", "unknown")
    differs = p_value <= SUGGESTIVE_LEVEL
    end = "signs that it does" if differs else "no sign; unequal risk alone may explain it"
    return _Item(_PATH, question, f"p = {p_value:.2g}: {end}.", "supports" if differs else "against")


def _baseline_risk(evidence: Evidence, arm: str) -> _Item:
    question = "How much is baseline risk alone?"
    share = float(evidence.baseline_risk["r_squared"].to_dict()[arm])
    finding = f"{share:.0%} of its variation (descriptive)." if np.isfinite(share) else "There is no ranking."
    return _Item(_PATH, question, finding, "unknown")
