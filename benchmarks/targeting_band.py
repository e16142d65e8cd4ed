"""How often the whole band around the targeting curve holds the whole true curve.

    python -m benchmarks.targeting_band --trials 200 --seed 1

The true curve of the trial's own patients is made of their true effects, ranked as the trial ranks them: that is what
`Evidence.toc` estimates. With the fast learner the ranking is learnt on sequential folds. A fixed ranking by x14 has
the same curve in every trial, so there the curve of the population is known too. One row per trial and cell.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.calibration import scored
from benchmarks.departures import CLUSTER_COVARIATE, cluster_randomised_with_covariate
from ite.compute import run_chunks, spawn_seeds
from ite.estimation.estimate import estimate
from ite.estimation.folds import assign_folds
from ite.estimation.spec import EffectSpec
from ite.evaluation.rank_weights import toc_weights
from ite.evaluation.sequential import TOC_FRACTIONS, Band, SequentialFold, sequential_folds, toc_band
from ite.trial.data import FloatArray, IntArray
from ite.trial.simulated import SimulatedSpec, SimulatedTrial, simulate_trial

RESULTS = Path(__file__).parent / "results"
EFFECT_SD = 0.5
_FOLDS = 5
_BATCH = 10
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What is drawn, and whether the ranking is learnt or fixed."""

    drawn: SimulatedSpec
    learnt: bool = True
    clusters: bool = False


def _effect(n: int) -> SimulatedSpec:
    return SimulatedSpec(n=n, effect="one_modifier", effect_sd=EFFECT_SD)


CELLS = {
    "no effect modification, n = 500": Cell(drawn=SimulatedSpec(n=500)),
    "no effect modification, n = 800": Cell(drawn=SimulatedSpec(n=800)),
    "one modifier, n = 500": Cell(drawn=_effect(500)),
    "one modifier, n = 800": Cell(drawn=_effect(800)),
    "one modifier, fixed ranking, n = 500": Cell(drawn=_effect(500), learnt=False),
    "one modifier, fixed ranking, n = 800": Cell(drawn=_effect(800), learnt=False),
    "60 clusters of 10, ranked by a covariate of the cluster": Cell(
        drawn=SimulatedSpec(n=600), learnt=False, clusters=True
    ),
}


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    seeds = spawn_seeds(arguments.seed, arguments.trials)
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, object]] = []
    for start in range(0, len(seeds), _BATCH):
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        chunks = [(name, seed) for seed in seeds[start : start + _BATCH] for name in CELLS]
        rows += run_chunks(run_row, chunks, doing="targeting band", workers=arguments.workers)
        pd.DataFrame(rows).to_csv(RESULTS / "targeting_band.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int]) -> dict[str, object]:
    """Draw one trial, rank its patients and compare the band with the true curves."""
    name, seed = chunk
    cell = CELLS[name]
    simulated = simulate_trial(cell.drawn.model_copy(update={"seed": seed}))
    if cell.clusters:
        simulated = cluster_randomised_with_covariate(simulated)
    scores, ranking, fold, cluster = _learnt(simulated, seed) if cell.learnt else _fixed(simulated, seed)
    folds = sequential_folds(scores, ranking, fold, cluster)
    row: dict[str, object] = {"cell": name, "seed": seed, "folds": len(folds)}
    if not folds:
        return row | {"own_covered": np.nan, "population_covered": np.nan, "half_width": np.nan}
    band = toc_band(folds, seed)
    # A fold without a ranking has no part in the band.
    kept = [number for number in np.unique(fold) if _ranks(ranking[fold == number], folds)]
    own = _curve_of_own_patients(simulated.true_effect, ranking, fold, kept)
    return row | {
        "own_covered": float(_holds(band, own)),
        "population_covered": np.nan if cell.learnt else float(_holds(band, _curve_of_population(cell))),
        "half_width": float(np.interp(0.2, TOC_FRACTIONS, (band.upper - band.lower) / 2)),
    }


def _learnt(simulated: SimulatedTrial, seed: int) -> tuple[FloatArray, FloatArray, IntArray, IntArray | None]:
    """Scores, ranking, folds and clusters as a page has them."""
    effects = estimate(simulated.trial, EffectSpec(learner="x_lasso", seed=seed))
    arm = effects.ate.index[0]
    return effects.scores[arm].to_numpy(), effects.sequential[arm].to_numpy(), effects.fold, effects.cluster


def _fixed(simulated: SimulatedTrial, seed: int) -> tuple[FloatArray, FloatArray, IntArray, IntArray | None]:
    """Scores and folds as a page has them, ranked by a covariate."""
    part = scored(simulated, None, seed)
    fold = assign_folds(simulated.trial.arm_index, _FOLDS, seed, part.cluster)
    return part.scores, simulated.trial.frame[CLUSTER_COVARIATE].to_numpy(float), fold, part.cluster


def _curve_of_own_patients(effect: FloatArray, ranking: FloatArray, fold: IntArray, kept: list[int]) -> FloatArray:
    """Mean true effect of the patients ranked first minus that of all, averaged over the folds that rank."""
    curve = np.zeros(len(TOC_FRACTIONS))
    for held_out in kept:
        members = fold == held_out
        weights = np.column_stack([toc_weights(ranking[members], fraction) for fraction in TOC_FRACTIONS])
        curve += members.sum() / np.isin(fold, kept).sum() * (effect[members] @ weights)
    return curve


def _curve_of_population(cell: Cell) -> FloatArray:
    """Mean effect above each quantile of a uniform modifier minus the overall mean: EFFECT_SD sqrt(12) (1 - u) / 2."""
    if cell.drawn.effect == "constant":
        return np.zeros(len(TOC_FRACTIONS))
    return np.asarray(EFFECT_SD * np.sqrt(12) * (1 - np.array(TOC_FRACTIONS)) / 2, dtype=float)


def _ranks(ranking: FloatArray, folds: list[SequentialFold]) -> bool:
    return any(np.array_equal(ranking, part.predictions) for part in folds)


def _holds(band: Band, curve: FloatArray) -> bool:
    # At fraction 1 band and curve are both 0 up to rounding.
    return bool(np.all((band.lower <= curve + _ROUNDING) & (curve <= band.upper + _ROUNDING)))


if __name__ == "__main__":
    main()
