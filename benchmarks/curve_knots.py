"""What more knots would buy the benefit curve where the effect jumps: coverage against width and wiggle.

    python -m benchmarks.curve_knots --trials 300 --seed 1

The effect is 0 below the median of the biomarker and 0.5 above, with normal noise. One row per trial and cell.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.slice_calibration import draw, true_curve
from ite.compute import run_chunks, spawn_seeds
from ite.subgroup.spline import fit_spline

RESULTS = Path(__file__).parent / "results"
CELLS = [(n, knots) for n in (800, 2_000) for knots in (9, 13, 17)]


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    chunks = [(n, knots, seed) for seed in spawn_seeds(arguments.seed, arguments.trials) for n, knots in CELLS]
    rows = run_chunks(run_row, chunks, doing="knots", workers=arguments.workers)
    RESULTS.mkdir(exist_ok=True)
    pd.DataFrame(rows).to_csv(RESULTS / "curve_knots.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[int, int, int]) -> dict[str, object]:
    """Whether the band holds the jump and its smoothed version; its mean width; total rise and fall of the curve."""
    n, knots, seed = chunk
    drawn = draw(n, "threshold", "normal", np.random.default_rng(seed))
    fit = fit_spline(drawn.biomarker, drawn.scores, knots, seed)
    truth = true_curve("threshold", fit.value)
    smoothed = fit_spline(drawn.biomarker, drawn.effect, knots, seed).estimate
    return {
        "n": n,
        "knots": knots,
        "seed": seed,
        "covered": bool(((fit.lower <= truth) & (truth <= fit.upper)).all()),
        "smoothed_covered": bool(((fit.lower <= smoothed) & (smoothed <= fit.upper)).all()),
        "width": float(np.mean(fit.upper - fit.lower)),
        "total_variation": float(np.abs(np.diff(fit.estimate)).sum()),
    }


if __name__ == "__main__":
    main()
