"""How the choice of an enrolled fraction and the assurance of the next trial fare on trials with known truth.

    python -m benchmarks.enrolment null --trials 100 --seed 1

Each row draws a trial, estimates its effects with the fast learner, chooses whom to enrol and sizes the next trial, as
a page does; the truth is then read off a large population of the same kind. One table per study in benchmarks/results.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from ite.compute import run_chunks, spawn_seeds
from ite.design.fitted.believed import power_at
from ite.design.fitted.curve import enrolment_curve
from ite.design.fitted.enrichment import Enrichment
from ite.design.fitted.frozen_rule import FrozenRule
from ite.design.fitted.next_trial import NextTrial
from ite.design.fitted.simulate import simulate
from ite.design.fitted.spec import NextTrialSpec
from ite.estimation.estimate import estimate
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.data import FloatArray, TrialData
from ite.trial.simulated import SimulatedSpec, simulate_trial

STUDIES = ("null", "planted", "drawn")
RESULTS = Path(__file__).parent / "results"
PATIENTS = 800
COVARIATES = 17
ARM = "treated"
#: The next trial that assurance is measured on: the top 30 %, or the best fraction, and so many patients.
ENROLLED, NEXT_PATIENTS = 0.3, 200
POPULATION = 5_000
_SIMULATED = 2_000
_BATCH = 10
#: The modifier, and the value above which 30 % of patients lie.
MODIFIER, CUT = "x14", 0.7
#: SD of the outcome within an arm where the effect is constant: prognosis 2 (0.5 x1 + x11) and noise of variance 1.
OUTCOME_SD = float(np.sqrt(1 + 0.25 + 4 / 12))


@dataclass(frozen=True, kw_only=True)
class Truth:
    """Effect outside the benefiting 30 % of patients, and how much greater it is inside, in outcome units."""

    outside: float
    difference: float


def truth_of(study: str, seed: int) -> Truth:
    """Return what is planted: nothing, 0.8 SD in 30 % of patients, or draws of both parts from normal distributions."""
    if study == "null":
        return Truth(outside=0.25, difference=0.0)
    if study == "planted":
        return Truth(outside=0.0, difference=0.8 * OUTCOME_SD)
    rng = np.random.default_rng([seed, 1])
    return Truth(outside=float(rng.normal(0.2, 0.25)), difference=float(rng.normal(0.0, 0.8 * OUTCOME_SD)))


def draw(truth: Truth, patients: int, seed: int) -> tuple[TrialData, FloatArray]:
    """Draw a trial and return it with the true effect of each patient."""
    spec = SimulatedSpec(n=patients, covariates=COVARIATES, effect="constant", effect_mean=truth.outside, seed=seed)
    trial = simulate_trial(spec).trial
    extra = truth.difference * (trial.frame[MODIFIER].to_numpy(float) > CUT)
    frame = trial.frame.assign(outcome=trial.outcome + trial.arm_index * extra)
    return TrialData.from_frame(frame, trial.roles, name="planted difference"), truth.outside + extra


def main() -> None:
    """Run one study and write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", choices=STUDIES)
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    chunks = [(arguments.study, seed) for seed in spawn_seeds(arguments.seed, arguments.trials)]
    rows: list[dict[str, object]] = []
    for start in range(0, len(chunks), _BATCH):
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        rows += run_chunks(run_row, chunks[start : start + _BATCH], doing=arguments.study, workers=arguments.workers)
        pd.DataFrame(rows).to_csv(RESULTS / f"enrolment_{arguments.study}.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int]) -> dict[str, object]:
    """Draw, estimate, choose a fraction, and hold the next trial's assurance against what it would achieve."""
    study, seed = chunk
    truth = truth_of(study, seed)
    trial, _ = draw(truth, PATIENTS, seed)
    effects = estimate(trial, EffectSpec(learner="x_lasso", seed=seed))
    best = enrolment_curve(trial, effects, NextTrialSpec(arm=ARM, enrol="best")).best
    row: dict[str, object] = {
        "seed": seed,
        "outside": truth.outside,
        "difference": truth.difference,
        "retained": best.all_comers_retained,
        "fraction": best.fraction,
        "apparent": best.apparent,
        "corrected": best.corrected,
        "se": best.se,
    }
    if study != "drawn":
        return row
    population = draw(truth, POPULATION, seed + 1)
    for name, enrol in (("fixed", ENROLLED), ("best", "best")):
        design = Enrichment.from_effects(trial, effects, arm=ARM, enrol=enrol, n=NEXT_PATIENTS)
        found = simulate(design, trials=_SIMULATED, seed=seed).summary.loc["enrolled"]
        effect, achieved = _achieved(trial, effects, design, population)
        row |= {
            f"{name}_share": design.enrolment.share,
            f"{name}_kept": design.enrolment.believed.kept,
            f"{name}_believed": design.enrolment.believed.mean,
            f"{name}_believed_sd": design.enrolment.believed.sd,
            f"{name}_assurance": found["assurance"],
            f"{name}_power_at_estimate": found["power_at_estimate"],
            f"{name}_effect": effect,
            f"{name}_achieved": achieved,
        }
    return row


def _achieved(
    trial: TrialData, effects: EffectEstimate, design: NextTrial, population: tuple[TrialData, FloatArray]
) -> tuple[float, float]:
    """Return the true effect in those of the population whom the frozen rule enrols, and the power in them."""
    patients, effect = population
    enrolled = np.ones(patients.n, dtype=bool)
    if design.enrolment.share < 1.0:
        enrolled = FrozenRule.of(trial, effects, design).enrols(trial, patients.covariates).to_numpy()
    outcome, index = patients.outcome, patients.arm_index
    spread = sum(float(np.var(outcome[enrolled & (index == arm)])) for arm in (0, 1))
    mean = float(effect[enrolled].mean())
    return mean, power_at(mean, float(np.sqrt(2 * spread / design.randomised)), float(design.critical[-1]))


if __name__ == "__main__":
    main()
