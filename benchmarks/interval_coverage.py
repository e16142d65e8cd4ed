"""What intervals of conditional effects cover: patient by patient from the forest's draws, and by fifths.

    python -m benchmarks.interval_coverage --trials 12 --seed 1

Four intervals are tried around a patient's out-of-fold effect, all from the posterior draws of a Bayesian causal forest
fitted without the patient's fold and from a normal draw of the average effect:

- "forest": the draws as they are;
- "shrunk": the draws, their spread multiplied by a draw of the shrinkage factor;
- "default": the shrunken prediction of the default learner, with the deviations of the draws from their own mean;
- "common": the average effect alone, for everybody.

A row is one trial: for each interval the share of its patients whose true conditional average effect it covers and its
mean width, and the share of the five fifths of predicted benefit (models of earlier folds) whose true mean effect lies
in the fifth's own interval. Draws of the factor are normal, by the slope of the scores on the held-out predictions.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.generators import Drawn, draw
from ite.compute import run_chunks, spawn_seeds
from ite.estimation.estimate import estimate
from ite.estimation.features import encode
from ite.estimation.learners.bayesian_causal_forest import TRIAL_SIZE, forest_draws
from ite.estimation.learners.protocol import TrainingFold
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.held_out_fifths import effects_by_fifth
from ite.trial.data import FloatArray

RESULTS = Path(__file__).parent / "results"
GENERATORS = ("scenario_1", "scenario_2", "scenario_4", "B, randomised", "constant")
SIZES = (500, 1_000, 2_000)
_LEVELS = (0.025, 0.975)


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, object]] = []
    for seed in spawn_seeds(arguments.seed, arguments.trials):
        chunks = [(name, n, seed) for n in SIZES for name in GENERATORS]
        rows += run_chunks(run_row, chunks, doing="intervals", workers=arguments.workers)
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        pd.DataFrame(rows).to_csv(RESULTS / "interval_coverage.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int, int]) -> dict[str, object]:
    """Draw one trial, make each interval, count what it covers."""
    name, n, seed = chunk
    drawn = draw(name, n, seed)
    effects = estimate(drawn.trial, EffectSpec(seed=seed, repeats=1))
    row: dict[str, object] = {"generator": name, "n": n, "seed": seed, "effect_sd": float(drawn.true_effect.std())}
    for interval, draws in _draws(drawn, effects, seed).items():
        lower, upper = np.quantile(draws, _LEVELS, axis=1)
        row[f"{interval}, covered"] = float(np.mean((lower <= drawn.true_effect) & (drawn.true_effect <= upper)))
        row[f"{interval}, width"] = float(np.mean(upper - lower))
    return row | {"fifths, covered": _fifths(drawn, effects), "factor": float(effects.factor.iloc[0])}


def _draws(drawn: Drawn, effects: EffectEstimate, seed: int) -> dict[str, FloatArray]:
    """Draws of every patient's effect by kind of interval, each of shape (patients, draws)."""
    rng = np.random.default_rng(seed)
    spread = _forest(drawn, effects, seed)
    count = spread.shape[1]
    average = rng.normal(float(effects.ate["estimate"].iloc[0]), float(effects.ate["se"].iloc[0]), count)
    centre = spread.mean(axis=1, keepdims=True)
    scores = effects.scores.iloc[:, 0].to_numpy()
    held_out = centre[:, 0] - centre.mean()
    slope = float(held_out @ scores / (held_out @ held_out))
    residual = scores - scores.mean() - slope * held_out
    error = float(np.sqrt(np.sum((held_out * residual) ** 2)) / (held_out @ held_out))
    factor = np.clip(rng.normal(slope, error, count), 0.0, 1.0)
    default = effects.benefit.iloc[:, 0].to_numpy()[:, None] - float(effects.ate["estimate"].iloc[0])
    return {
        "forest": average + spread,
        "shrunk": average + factor * spread,
        "default": average + default + spread - centre,
        "common": np.broadcast_to(average, spread.shape),
    }


def _forest(drawn: Drawn, effects: EffectEstimate, seed: int) -> FloatArray:
    """Posterior draws without the patient's fold, each centred by its mean over the training fold."""
    trial, scored = drawn.trial, effects.known_scored()
    features = encode(trial.covariates).matrix
    chance = scored.probabilities[:, 1] / scored.probabilities.sum(axis=1)
    found = np.empty((trial.n, TRIAL_SIZE.draws))
    for held_out in np.unique(effects.fold):
        training, testing = effects.fold != held_out, effects.fold == held_out
        fold = TrainingFold(
            features=features[training],
            outcome=scored.outcome[training],
            treated=trial.arm_index[training] == 1,
            propensity=chance[training],
            seed=seed + int(held_out),
        )
        draws = forest_draws(fold, np.vstack([features[training], features[testing]]), TRIAL_SIZE)
        found[testing] = draws[training.sum() :] - draws[: training.sum()].mean(axis=0)
    return found


def _fifths(drawn: Drawn, effects: EffectEstimate) -> float:
    """Share of the fifths whose interval holds the fifth's true mean effect."""
    arm = effects.ate.index[0]
    table = effects_by_fifth(effects, arm).head(5)
    true_scores = pd.DataFrame({arm: drawn.true_effect})
    truth = effects_by_fifth(replace(effects, scores=true_scores), arm).head(5)["estimate"].to_numpy()
    return float(np.mean((table["lower"] <= truth) & (truth <= table["upper"]))) if len(table) else float("nan")


if __name__ == "__main__":
    main()
