"""How likely the next trial is to succeed: simulated under what is believed, beside the power at the estimate."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.compute import Progress, silent
from ite.design.fitted.believed import PRIOR_WORDS
from ite.design.fitted.next_trial import NextTrial
from ite.design.fitted.simulated_trials import SimulatedTrials, simulate_trials
from ite.design.fitted.sizing import SMALLEST_TRIAL
from ite.design.fitted.wording import basis_sentence
from ite.design.fixed.monte_carlo import mean, rate, with_error
from ite.trial.data import FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class NextTrialResult:
    """The simulated next trial, beside the same number of patients without a rule.

    Attributes
    ----------
    design : NextTrial
    trials, seed : int
    summary : DataFrame, index population: enrolled, everybody
        randomised; expected_randomised, screened, months and cost (NaN where a rate or a price is not known), assurance
        and power_at_estimate, each with its standard error of the simulation, as in assurance_se; effect and effect_sd
        (what is believed, over the simulated truths).
    looks : DataFrame, one row per population and look
        information, assurance (probability to have rejected by then), assurance_se.
    sentence, basis, method, assumptions : str
        What it comes to; how strong the evidence is that the enrolled benefit more; how it was computed, in short; and
        what is assumed of the next patients.
    """

    design: NextTrial
    trials: int
    seed: int
    summary: pd.DataFrame
    looks: pd.DataFrame
    sentence: str
    basis: str
    method: str
    assumptions: str


def simulate_next_trial(
    design: NextTrial, trials: int = 10_000, seed: int = 0, *, workers: int = 1, progress: Progress = silent
) -> NextTrialResult:
    """Simulate the next trial under truths that are drawn anew for each one; see `simulate_trials`.

    Raises
    ------
    DesignError
        For fewer than 100 or more than a million trials.
    """
    runs = simulate_trials(design, trials, seed, workers, progress)
    summary = _summary(design, runs)
    return NextTrialResult(
        design=design,
        trials=trials,
        seed=seed,
        summary=summary,
        looks=_looks(design, runs),
        sentence=_sentence(design, summary),
        basis=basis_sentence(design.enrolment, design.scale),
        method=_method(design, trials),
        assumptions=_assumptions(design),
    )


def _summary(design: NextTrial, runs: SimulatedTrials) -> pd.DataFrame:
    ones = np.ones(len(runs.share))
    rows = {
        "enrolled": _row(design, runs.share, runs.effect, runs.stopped, runs.stopped_at_estimate),
        "everybody": _row(
            design, ones, runs.effect_everybody, runs.stopped_everybody, runs.stopped_everybody_at_estimate
        ),
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("population")


def _row(
    design: NextTrial, share: FloatArray, effect: FloatArray, stopped: IntArray, at_estimate: IntArray
) -> dict[str, float]:
    looks, resources = len(design.critical), design.spec.resources
    needed = design.randomised * np.where(stopped > 0, stopped, looks) / looks
    candidates = needed / share
    # Nobody is screened where everybody is enrolled.
    screens = np.zeros(len(candidates)) if bool(np.all(share == 1.0)) else candidates
    assurance, power = rate(stopped > 0), rate(at_estimate > 0)
    return {
        "randomised": float(design.randomised),
        **with_error("expected_randomised", mean(needed)),
        **with_error("screened", mean(candidates)),
        **with_error("months", mean(resources.months(candidates))),
        **with_error("cost", mean(resources.cost(needed, screens))),
        "effect": float(effect.mean()),
        "effect_sd": float(effect.std()),
        **with_error("assurance", assurance),
        **with_error("power_at_estimate", power),
    }


def _looks(design: NextTrial, runs: SimulatedTrials) -> pd.DataFrame:
    looks = len(design.critical)
    rows = []
    for population, stopped in (("enrolled", runs.stopped), ("everybody", runs.stopped_everybody)):
        for look in range(1, looks + 1):
            assurance, error = rate((stopped > 0) & (stopped <= look))
            rows.append(
                {
                    "population": population,
                    "look": look,
                    "information": look / looks,
                    "assurance": assurance,
                    "assurance_se": error,
                }
            )
    return pd.DataFrame(rows)


def _sentence(design: NextTrial, summary: pd.DataFrame) -> str:
    assurance = {name: _percent(summary, str(name), "assurance") for name in summary.index}
    return (
        f"Enrolling {design.enrolment.words}, a trial of {design.randomised:,} randomised patients succeeds with an "
        f"assurance of {assurance['enrolled']}; as many patients without choosing, with {assurance['everybody']}."
        f"{_asked_for(design)}"
    )


def _asked_for(design: NextTrial) -> str:
    """Say which assurance the trial was sized for, and why the simulated one is another by more than its error."""
    if design.spec.n is not None or design.spec.events is not None:
        return ""
    target = f" It was sized for {100 * design.spec.target:.3g} %"
    if design.randomised == SMALLEST_TRIAL:
        return f"{target}, but no trial has fewer than {SMALLEST_TRIAL} patients."
    if design.spec.looks > 1:
        return f"{target} at the last analysis alone; the earlier ones change it a little."
    return f"{target}."


def _percent(summary: pd.DataFrame, population: str, name: str) -> str:
    figures = summary.loc[population]
    return f"{100 * figures[name]:.1f} % ± {100 * figures[f'{name}_se']:.1f} %"


def _method(design: NextTrial, trials: int) -> str:
    spec = design.spec
    looks = "one analysis" if spec.looks == 1 else f"{spec.looks} analyses"
    return (
        f"{trials:,} simulated next trials, each with its own truth drawn from what {design.source_n:,} source "
        f"patients support; one-sided level {100 * spec.alpha:.3g} %, {looks}, drop-out {100 * spec.drop_out:.3g} %. "
        "After ± stands the standard error of the simulation."
    )


def _assumptions(design: NextTrial) -> str:
    tail = ""
    if not np.isnan(design.outcome.event_probability).all():
        tail = (
            " Times are exponential around each patient's predicted restricted mean, as spread as the source's "
            "Kaplan-Meier curves, everybody is followed to the horizon, and the arms are compared by their restricted "
            "means, the quantity that was estimated; by hazards it would be another quantity, whose ratio need not be "
            "constant."
        )
    return (
        "Each simulated trial meets the source patients with Bayesian-bootstrap weights, mean effects of enrolled and "
        "other patients from their posterior, outcomes under control from the cross-fitted outcome model with its "
        "noise, and shrunk predicted effects shifted to those means. The z-statistic is drawn from its normal "
        f"distribution. {PRIOR_WORDS}{tail}"
    )
