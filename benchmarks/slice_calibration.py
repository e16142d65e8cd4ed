"""Coverage of the benefit curve and family-wise error of brushed slices, on trials with known truth.

    python -m benchmarks.slice_calibration windows --trials 2000 --seed 1

Studies: `curve` (simultaneous coverage of the band), `windows` (every window of a covariate with enough patients, at
every cut between two patients, not only at those the critical value is computed on), `levels` (every set of levels),
`predicted` (every window of predicted benefit, with a ridge regression on sequential folds as the learner) and
`pipeline` (the same through `ite.estimate`). The first four draw doubly robust scores directly. One row per trial and
cell goes to benchmarks/results/slice_<study>.csv, written as it grows; a row depends on its own seed alone.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.slice_extremes import Extremes, level_extremes, window_extremes
from ite.compute import run_chunks, silent, spawn_seeds
from ite.estimation.estimate import estimate
from ite.estimation.spec import EffectSpec
from ite.subgroup.bins import bin_scores
from ite.subgroup.evidence_axis import sequential_position
from ite.subgroup.spline import fit_spline, knots_for
from ite.subgroup.windows import level_critical_value, window_critical_value
from ite.trial.data import BoolArray, FloatArray
from ite.trial.simulated import SimulatedSpec, simulate_trial

RESULTS = Path(__file__).parent / "results"
NOISES = ("normal", "heteroscedastic", "skewed 3:1")
BATCH = 40
Row = dict[str, object]


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawn:
    """Scores of one simulated trial, with what is behind them."""

    biomarker: FloatArray
    effect: FloatArray
    scores: FloatArray
    treated: BoolArray


def draw(n: int, shape: str, noise: str, rng: np.random.Generator) -> Drawn:
    """Scores with outcome noise of sd about 1: effect null, linear (0.5 a sd) or threshold (0.5 above the median)."""
    biomarker = rng.normal(size=n)
    effect = true_curve(shape, biomarker)
    probability = 0.75 if noise == "skewed 3:1" else 0.5
    treated = rng.random(n) < probability
    error = rng.exponential(size=n) - 1 if noise == "skewed 3:1" else rng.normal(size=n)
    if noise == "heteroscedastic":
        error = error * np.exp(0.5 * biomarker - 0.25)
    weighted = np.where(treated, error / probability, -error / (1 - probability))
    scores = np.asarray(effect + weighted, dtype=float)
    return Drawn(biomarker=biomarker, effect=effect, scores=scores, treated=treated)


def true_curve(shape: str, biomarker: FloatArray) -> FloatArray:
    """Effect at each value of the biomarker."""
    curves = {"null": 0.0 * biomarker, "linear": 0.5 * biomarker, "threshold": 0.5 * (biomarker > 0)}
    return np.asarray(curves[shape], dtype=float)


def curve_row(chunk: tuple[tuple[int, str, str], int]) -> Row:
    """Whether the band holds the whole true curve, and its smoothed version, and whether the flat test rejects.

    Smoothed is what the same regression makes of the true effects themselves: a jump becomes a slope.
    """
    (n, shape, noise), seed = chunk
    drawn = draw(n, shape, noise, np.random.default_rng(seed))
    fewest = int(min(drawn.treated.sum(), (~drawn.treated).sum()))
    fit = fit_spline(drawn.biomarker, drawn.scores, knots_for(fewest), seed)
    smoothed = fit_spline(drawn.biomarker, drawn.effect, knots_for(fewest), seed).estimate
    truth = true_curve(shape, fit.value)
    held = (fit.lower <= truth) & (truth <= fit.upper)
    return {
        "cell": f"{shape}, {noise}, n = {n}",
        "seed": seed,
        "covered": bool(held.all()),
        "smoothed_covered": bool(((fit.lower <= smoothed) & (smoothed <= fit.upper)).all()),
        "points_covered": float(held.mean()),
        "flat_rejected": fit.p_value <= 0.05,
        "width": float(np.mean(fit.upper - fit.lower)),
        "knots": fit.knots,
    }


def windows_row(chunk: tuple[tuple[int, str, str], int]) -> Row:
    """Whether any window's interval misses: differences and means, over every cut."""
    (n, shape, noise), seed = chunk
    drawn = draw(n, shape, noise, np.random.default_rng(seed))
    critical = window_critical_value(bin_scores(drawn.biomarker, drawn.scores, drawn.treated, ~drawn.treated), seed)
    reached = window_extremes(drawn.biomarker, drawn.scores, drawn.effect, drawn.treated)
    return {"cell": f"{shape}, {noise}, n = {n}", "seed": seed, **_misses(reached, critical.difference, critical.mean)}


def levels_row(chunk: tuple[tuple[int, str, str], int]) -> Row:
    """Whether any set of the six levels misses."""
    (n, shape, noise), seed = chunk
    drawn = draw(n, shape, noise, np.random.default_rng(seed))
    codes = np.searchsorted([-1.2, -0.6, 0.0, 0.6, 1.2], drawn.biomarker).astype(float)
    binned = bin_scores(codes, drawn.scores, drawn.treated, ~drawn.treated, grouped=True)
    critical = level_critical_value(binned, seed)
    reached = level_extremes(codes, drawn.scores, drawn.effect, drawn.treated)
    return {"cell": f"{shape}, {noise}, n = {n}", "seed": seed, **_misses(reached, critical.difference, critical.mean)}


def predicted_row(chunk: tuple[tuple[int, str, str], int]) -> Row:
    """Whether any window of predicted benefit misses, from sequential folds and (for contrast) from pooled folds."""
    (n, shape, noise), seed = chunk
    rng = np.random.default_rng(seed)
    drawn = draw(n, shape, noise, rng)
    covariates = np.column_stack([drawn.biomarker, rng.normal(size=(n, 29))])
    fold = rng.permutation(n) % 5
    predicted = {name: np.full(n, np.nan) for name in ("sequential", "pooled")}
    for held in range(5):
        others = {"sequential": fold < held, "pooled": fold != held}
        for name, train in others.items():
            if train.any():
                predicted[name][fold == held] = _ridge(covariates[train], drawn.scores[train], covariates[fold == held])
    row: Row = {"cell": f"{shape}, {noise}, n = {n}", "seed": seed}
    row |= _window_misses(sequential_position(predicted["sequential"], fold), drawn, seed)
    if n > 300:
        return row
    pooled = _window_misses(predicted["pooled"], drawn, seed)
    return row | {f"pooled_{name}": value for name, value in pooled.items()}


def pipeline_row(chunk: tuple[tuple[int, str, str], int]) -> Row:
    """Check the same through `ite.estimate`: curve, windows of a covariate, and windows of predicted benefit."""
    (n, _, outcome), seed = chunk
    spec = SimulatedSpec.model_validate({"n": n, "effect": "constant", "outcome": outcome, "seed": seed})
    simulated = simulate_trial(spec)
    effects = estimate(simulated.trial, EffectSpec(learner="x_lasso", seed=seed))
    arm = effects.scores.columns[0]
    treated = simulated.trial.arm_index == 1
    numbers = simulated.trial.covariates.select_dtypes("number")
    biomarker = numbers[numbers.columns[int(np.argmax(numbers.nunique()))]].to_numpy(float)
    drawn = Drawn(
        biomarker=biomarker,
        effect=np.asarray(simulated.true_effect, dtype=float).reshape(n, -1)[:, 0],
        scores=effects.scores[arm].to_numpy(float),
        treated=treated,
    )
    fit = fit_spline(biomarker, drawn.scores, knots_for(int(min(treated.sum(), (~treated).sum()))), seed)
    row: Row = {"cell": f"null, {outcome}, n = {n}", "seed": seed}
    row["curve_covered"] = bool(((fit.lower <= drawn.effect.mean()) & (drawn.effect.mean() <= fit.upper)).all())
    row |= {f"covariate_{name}": value for name, value in _window_misses(biomarker, drawn, seed).items()}
    position = sequential_position(effects.sequential[arm].to_numpy(float), effects.fold)
    return row | {f"predicted_{name}": value for name, value in _window_misses(position, drawn, seed).items()}


def _ridge(train: FloatArray, scores: FloatArray, held: FloatArray) -> FloatArray:
    centre = train.mean(axis=0)
    normal = (train - centre).T @ (train - centre) + 50 * np.eye(train.shape[1])
    slopes = np.linalg.solve(normal, (train - centre).T @ (scores - scores.mean()))
    return np.asarray((held - centre) @ slopes, dtype=float)


def _window_misses(position: FloatArray, drawn: Drawn, seed: int) -> Row:
    used = np.isfinite(position)
    scores, treated = drawn.scores[used], drawn.treated[used]
    critical = window_critical_value(bin_scores(position[used], scores, treated, ~treated), seed)
    if critical.candidates == 0:
        return {"difference_missed": None, "mean_missed": None, "critical": None}
    reached = window_extremes(position[used], scores, drawn.effect[used], treated)
    return _misses(reached, critical.difference, critical.mean)


def _misses(reached: Extremes, difference: float, mean: float) -> Row:
    return {
        "difference_missed": reached.difference > difference,
        "mean_missed": reached.mean > mean,
        "critical": difference,
    }


_TRIALS = [(n, "null", noise) for n in (300, 800) for noise in NOISES]
STUDIES = {
    "curve": (
        curve_row,
        [(n, shape, noise) for n in (300, 800) for shape in ("null", "linear", "threshold") for noise in NOISES],
    ),
    "windows": (windows_row, [*_TRIALS, (300, "linear", "normal"), (300, "threshold", "skewed 3:1")]),
    "levels": (levels_row, [*_TRIALS, (800, "threshold", "heteroscedastic")]),
    "predicted": (predicted_row, _TRIALS),
    "pipeline": (pipeline_row, [(500, "null", outcome) for outcome in ("continuous", "binary", "time_to_event")]),
}


def main() -> None:
    """Run one study and write its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("study", nargs="?", choices=sorted(STUDIES))
    parser.add_argument("--trials", type=int, default=2000, help="trials per cell")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    function, cells = STUDIES[arguments.study]
    RESULTS.mkdir(exist_ok=True)
    rows: list[Row] = []
    seeds = spawn_seeds(arguments.seed, arguments.trials)
    for start in range(0, len(seeds), BATCH):
        chunks = [(cell, seed) for cell in cells for seed in seeds[start : start + BATCH]]
        rows += run_chunks(function, chunks, doing=arguments.study, workers=arguments.workers, progress=silent)
        pd.DataFrame(rows).to_csv(RESULTS / f"slice_{arguments.study}.csv", index=False, float_format="%.6g")


if __name__ == "__main__":
    main()
