"""Simulated next trials: the truth is drawn anew for each one, then its test."""

from dataclasses import dataclass

import numpy as np

from ite.compute import Progress, run_chunks, spawn_seeds
from ite.design.fitted.moments import moment_columns, variance_of_difference
from ite.design.fitted.next_trial import NextTrial
from ite.errors import DesignError
from ite.trial.data import FloatArray, IntArray

_CHUNK = 5_000
#: Random weights held at a time.
_BLOCK = 4_000_000
_FEWEST, _MOST = 100, 1_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class SimulatedTrials:
    """What happened in each simulated trial, with the rule and with everybody enrolled; arrays of shape (trials,).

    Attributes
    ----------
    share : array
        Share of the screened patients who are enrolled by the rule.
    effect, effect_everybody : array
        True effect in the enrolled, and in everybody.
    stopped, stopped_everybody : int array
        Look at which the trial rejects, counted from 1; 0 where it never does.
    stopped_at_estimate, stopped_everybody_at_estimate : int array
        The same if the estimated effects were the truth, with the same luck.
    """

    share: FloatArray
    effect: FloatArray
    effect_everybody: FloatArray
    stopped: IntArray
    stopped_everybody: IntArray
    stopped_at_estimate: IntArray
    stopped_everybody_at_estimate: IntArray


def simulate_trials(design: NextTrial, trials: int, seed: int, workers: int, progress: Progress) -> SimulatedTrials:
    """Simulate the next trial many times, in chunks with their own seeds.

    In each trial (a) the patients who come are the source patients with Bayesian-bootstrap weights; (b) the mean
    effects of enrolled and others are drawn from what is believed of them; (c) outcomes under control follow the
    cross-fitted outcome model with its noise; (d) the shrunk predicted effects are shifted so that their means are
    those of (b). The z-statistic is then drawn from the normal distribution with the mean and variance that these
    patients give it.

    Raises
    ------
    DesignError
        For fewer than 100 or more than a million trials.

    Source: Rubin 1981, Ann Stat 9:130-134 (Bayesian bootstrap).
    """
    if not _FEWEST <= trials <= _MOST:
        raise DesignError(
            f"Between {_FEWEST} and {_MOST:,} trials can be simulated; {trials:,} were asked for. Use "
            f"{min(max(trials, _FEWEST), _MOST):,}."
        )
    starts = range(0, trials, _CHUNK)
    seeds = spawn_seeds(seed, len(starts))
    chunks = [(design, min(_CHUNK, trials - start), each) for start, each in zip(starts, seeds, strict=True)]
    parts = run_chunks(_run_chunk, chunks, doing="Simulating the next trial", workers=workers, progress=progress)
    return SimulatedTrials(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in SimulatedTrials.__annotations__}
    )


def _run_chunk(chunk: tuple[NextTrial, int, int]) -> SimulatedTrials:
    design, trials, seed = chunk
    rng = np.random.default_rng(seed)
    sums = _bootstrap_sums(design, trials, rng)
    of_enrolled, of_everybody = sums[:, : sums.shape[1] // 2], sums[:, sums.shape[1] // 2 :]
    share = of_enrolled[:, 0] / of_everybody[:, 0]
    believed = design.enrolment.believed
    effect, left_out = believed.draw(trials, rng)
    everybody = share * effect + (1.0 - share) * left_out
    luck = _brownian_path(trials, len(design.critical), rng)
    estimate, average = np.full(trials, believed.estimate), np.full(trials, believed.average)
    return SimulatedTrials(
        share=share,
        effect=effect,
        effect_everybody=everybody,
        stopped=_rejected_at(design, of_enrolled, effect, luck),
        stopped_everybody=_rejected_at(design, of_everybody, everybody, luck),
        stopped_at_estimate=_rejected_at(design, of_enrolled, estimate, luck),
        stopped_everybody_at_estimate=_rejected_at(design, of_everybody, average, luck),
    )


def _bootstrap_sums(design: NextTrial, trials: int, rng: np.random.Generator) -> FloatArray:
    """Return sums over the source patients with exponential weights, for the enrolled and for everybody."""
    weight = design.enrolment.weight
    columns = np.hstack([moment_columns(design.outcome, weight), moment_columns(design.outcome, np.ones(len(weight)))])
    block = max(1, _BLOCK // len(weight))
    parts = [
        rng.standard_exponential((min(block, trials - start), len(weight)), dtype=np.float32)
        @ columns.astype(np.float32)
        for start in range(0, trials, block)
    ]
    return np.concatenate(parts).astype(float)


def _brownian_path(trials: int, looks: int, rng: np.random.Generator) -> FloatArray:
    """Brownian motion at the looks, shape (trials, looks); 1 is the variance at the last."""
    return np.asarray(np.cumsum(rng.standard_normal((trials, looks)) / np.sqrt(looks), axis=1))


def _rejected_at(design: NextTrial, sums: FloatArray, effect: FloatArray, luck: FloatArray) -> IntArray:
    """Look at which each trial first passes its bound, 0 for never."""
    patients = design.randomised * (1.0 - design.spec.drop_out)
    drift = effect / np.sqrt(2.0 * variance_of_difference(sums, effect) / patients)
    information = np.arange(1, luck.shape[1] + 1) / luck.shape[1]
    z = (drift[:, None] * information + luck) / np.sqrt(information)
    passed = z > design.critical
    return np.where(passed.any(axis=1), passed.argmax(axis=1) + 1, 0)
