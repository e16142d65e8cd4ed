"""Speed of the exact allocation beside HiGHS, which solves the same points one by one, and their equality.

    python -m benchmarks.allocation --seed 1 [--patients 100000]

Three options of different cost and six groups. HiGHS is run on fewer points, and its time per point is what counts.
Processor time of one run in one process; the figures must agree to 1e-9 of the total.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from benchmarks.rates import RESULTS
from ite.allocation.budget_path import budget_path
from ite.allocation.candidates import Candidates
from ite.allocation.frontier import POINTS, frontier
from ite.allocation.linear_programme import LinearRule, solve_linear

OPTIONS, GROUPS = 3, 6
PATIENTS = 100_000
#: Points that HiGHS solves of each curve: one takes it minutes where there are 100,000 patients.
_HIGHS_POINTS = 1
BUDGET_PER_PATIENT = 0.4


def main() -> None:
    """Time both, print the ratios and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--patients", type=int, default=PATIENTS)
    arguments = parser.parse_args()
    with threadpool_limits(1):
        table = measured(arguments.patients, arguments.seed)
    table.to_csv(RESULTS / "allocation_speed.csv", index=False, float_format="%.6g")
    print(table.to_string(index=False))


def measured(patients: int, seed: int) -> pd.DataFrame:
    """Return one row per figure: patients, points, our seconds, those of HiGHS per point, ratio, largest difference."""
    candidates = drawn(patients, seed)
    budget = BUDGET_PER_PATIENT * patients
    rows = []
    path, seconds = timed(lambda: budget_path(candidates))
    budgets = budget * np.linspace(0.5, 1.0, _HIGHS_POINTS)
    solved, highs = timed(lambda: [solve_linear(candidates, each, LinearRule()).gain for each in budgets])
    rows.append(_row("whole budget path", 1, seconds, highs, np.max(np.abs(path.gain_at(budgets) / solved - 1))))
    for guarantee in ("offers", "gain"):
        found, seconds = timed(lambda kind=guarantee: frontier(candidates, budget, kind))
        at = np.linspace(POINTS // 2, POINTS - 2, _HIGHS_POINTS).astype(int)
        name = "least_offered" if guarantee == "offers" else "least_gain"
        floors = [LinearRule(**{name: np.full(GROUPS, found.level[point])}) for point in at]  # type: ignore[arg-type]
        solved, highs = timed(lambda rules=floors: [solve_linear(candidates, budget, rule).gain for rule in rules])
        far = np.max(np.abs(found.gain[at] / solved - 1))
        rows.append(_row(f"frontier, {guarantee} guaranteed", POINTS, seconds, highs, far))
    return pd.DataFrame(rows).assign(patients=patients)


def drawn(patients: int, seed: int) -> Candidates:
    """Return candidates of normal benefits, a quarter of them harm, under options that cost 1, 2 and 3."""
    rng = np.random.default_rng(seed)
    return Candidates(
        benefit=rng.normal(0.2, 0.3, (patients, OPTIONS)),
        cost=np.tile(np.arange(1.0, OPTIONS + 1), (patients, 1)),
        size=np.ones(patients),
        group=rng.integers(0, GROUPS, patients),
        groups=tuple(f"group {position}" for position in range(GROUPS)),
        options=tuple(f"option {position}" for position in range(OPTIONS)),
    )


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a call gives, and its processor time."""
    start = time.process_time()
    given = run()
    return given, time.process_time() - start


def _row(name: str, points: int, seconds: float, highs: float, far: float) -> dict[str, object]:
    per_point = highs / _HIGHS_POINTS
    return {
        "figure": name,
        "points": points,
        "cpu_seconds": seconds,
        "highs_cpu_seconds_per_point": per_point,
        "times_faster": per_point * (points if points > 1 else 100) / seconds,
        "relative_difference": far,
    }


if __name__ == "__main__":
    main()
