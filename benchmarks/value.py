"""Time of all decision curves by subgroup, beside a plain loop over thresholds in the same run.

10,000 draws x 4 strategies x 12 subgroups x 51 thresholds: probability of being best and expected loss of each.

python -m benchmarks.value --trials 3 --seed 1
"""

import argparse
import time
from collections.abc import Callable

import numpy as np

from ite.value.draws import Draws
from ite.value.uncertain_choice import decision_curves

DRAWS, STRATEGIES, GROUPS = 10_000, 4, 12
THRESHOLDS = np.linspace(0, 200_000, 51)


def drawn(seed: int) -> Draws:
    """Return draws in which dearer strategies are better on average."""
    rng = np.random.default_rng(seed)
    step = np.arange(STRATEGIES)[:, None]
    shape = (DRAWS, STRATEGIES, GROUPS)
    return Draws(
        cost=rng.gamma(4.0, 500.0, shape) + 2000 * step,
        effect=rng.normal(0.1 * step, 0.2, shape),
        strategies=tuple(f"strategy {position}" for position in range(STRATEGIES)),
        groups=tuple(f"group {position}" for position in range(GROUPS)),
        share=np.full(GROUPS, 1 / GROUPS),
    )


def by_curves(draws: Draws) -> list[float]:
    """Return the value of perfect information by group and threshold, from the curves."""
    values: list[float] = []
    for group in draws.groups:
        curves = decision_curves(draws.of_group(group), THRESHOLDS)
        values += curves.loc[curves["best"], "expected_loss"].tolist()
    return values


def by_plain_loop(draws: Draws) -> list[float]:
    """Return the same from a loop that writes each formula down, with the errors that the curves carry too."""
    values = []
    for group in range(GROUPS):
        for threshold in THRESHOLDS:
            benefit = threshold * draws.effect[:, :, group] - draws.cost[:, :, group]
            best = benefit.mean(axis=0).argmax()
            loss = benefit.max(axis=1, keepdims=True) - benefit
            probability = np.bincount(benefit.argmax(axis=1), minlength=STRATEGIES) / DRAWS
            _ = (benefit.std(axis=0, ddof=1), loss.std(axis=0, ddof=1), np.sqrt(probability * (1 - probability)))
            values.append(float(loss.mean(axis=0)[best]))
    return values


def timed(function: Callable[[Draws], list[float]], draws: Draws) -> tuple[float, list[float]]:
    """Return processor seconds of a call, and what it returned."""
    started = time.process_time()
    found = function(draws)
    return time.process_time() - started, found


def main() -> None:
    """Print the median ratio, after checking that both agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rows = []
    for trial in range(arguments.trials):
        draws = drawn(arguments.seed + trial)
        curves, found = timed(by_curves, draws)
        loop, expected = timed(by_plain_loop, draws)
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-6)
        rows.append((curves, loop))
    curves, loop = np.median(rows, axis=0)
    print(f"decision curves {curves:.2f} s, plain loop {loop:.2f} s: ratio {curves / loop:.2f}")


if __name__ == "__main__":
    main()
