"""How close predicted benefit comes to the truth, paired on the same trials.

    python -m benchmarks.learner_comparison --trials 52 --seed 1

PEHE is the root mean square of (predicted - true effect) over the trial's own patients. Ours are the out-of-fold
predictions a page shows; the peers are fitted on the whole trial, once, and predict the same patients, which spares
them the loss of a fifth of the data. One row per trial; trials of a cell alternate between the four scenarios.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from causalml.inference.meta import BaseTRegressor, BaseXRegressor
from lightgbm import LGBMRegressor
from sklearn.linear_model import LassoCV

from ite.compute import run_chunks, spawn_seeds
from ite.estimation.estimate import estimate
from ite.estimation.features import encode
from ite.estimation.spec import EffectSpec
from ite.evaluation.sequential import calibration_slope, sequential_folds
from ite.trial.data import FloatArray
from ite.trial.simulated import SimulatedSpec, SimulatedTrial, simulate_trial

RESULTS = Path(__file__).parent / "results"
_SCENARIOS = ("scenario_1", "scenario_2", "scenario_3", "scenario_4")
CELLS = {
    f"{name} {outcome}, n = {n}": SimulatedSpec(n=n, effect=effect, outcome=outcome)
    for name, effect in (("effect differs,", "scenario_1"), ("constant effect,", "constant"))
    for outcome in ("continuous", "binary")
    for n in (500, 1_000)
}


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    seeds = spawn_seeds(arguments.seed, arguments.trials)
    chunks = [(cell, position, seed) for position, seed in enumerate(seeds) for cell in CELLS]
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, object]] = []
    for start in range(0, len(chunks), len(CELLS)):
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        rows += run_chunks(run_row, chunks[start : start + len(CELLS)], doing="learners", workers=arguments.workers)
        pd.DataFrame(rows).to_csv(RESULTS / "learner_comparison.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int, int]) -> dict[str, object]:
    """Draw one trial, predict with every learner, measure each."""
    cell, position, seed = chunk
    spec = CELLS[cell]
    effect = spec.effect if spec.effect == "constant" else _SCENARIOS[position % len(_SCENARIOS)]
    simulated = simulate_trial(spec.model_copy(update={"seed": seed, "effect": effect}))
    predictions = {**_ours(simulated, seed), **_peers(simulated, seed)}
    errors = {
        name: float(np.sqrt(np.mean((value - simulated.true_effect) ** 2))) for name, value in predictions.items()
    }
    return {"cell": cell, "effect": effect, "seed": seed, **errors}


def _ours(simulated: SimulatedTrial, seed: int) -> dict[str, FloatArray]:
    effects = estimate(simulated.trial, EffectSpec(seed=seed))
    arm = effects.ate.index[0]
    common, ranking = float(effects.ate.loc[arm, "estimate"]), effects.ranking[arm].to_numpy()
    folds = sequential_folds(
        effects.scores[arm].to_numpy(), effects.sequential[arm].to_numpy(), effects.fold, effects.cluster
    )
    slope = calibration_slope(folds)
    sequential_factor = float(np.clip(slope.estimate * max(0.0, 1 - 2 / slope.z**2), 0, 1)) if slope.se > 0 else 0.0
    return {
        "common effect": np.full(simulated.trial.n, common),
        "default": effects.benefit[arm].to_numpy(),
        "default, unshrunk": common + ranking,
        "default, shrunk by sequential folds": common + sequential_factor * ranking,
    }


def _peers(simulated: SimulatedTrial, seed: int) -> dict[str, FloatArray]:
    """Fit causalml's T- and X-learner on the whole trial, with its usual boosted base and with a lasso."""
    trial = simulated.trial
    x = encode(trial.covariates).matrix
    arm = np.where(trial.arm_index == 1, "treated", "control")
    propensity = np.full(trial.n, 0.5)
    bases = {
        "boosted trees": lambda: LGBMRegressor(verbose=-1, n_jobs=1, random_state=seed % 2**31),
        "lasso": lambda: LassoCV(alphas=40, cv=5),
    }
    found: dict[str, FloatArray] = {}
    for base_name, base in bases.items():
        t_learner = BaseTRegressor(learner=base(), control_name="control")
        t_learner.fit(X=x, treatment=arm, y=trial.outcome)
        found[f"causalml T, {base_name}"] = np.asarray(t_learner.predict(x))[:, 0]
        x_learner = BaseXRegressor(learner=base(), control_name="control")
        x_learner.fit(X=x, treatment=arm, y=trial.outcome, p=propensity)
        found[f"causalml X, {base_name}"] = np.asarray(x_learner.predict(x, p=propensity))[:, 0]
    return found


if __name__ == "__main__":
    main()
