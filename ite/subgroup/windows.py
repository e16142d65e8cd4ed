"""How far the effect of a slice may stray by chance when every slice of an axis may be looked at.

An interval for the slice that somebody has just brushed must hold for every slice they could have brushed. Patients are
first put into at most 100 bins along the axis. The multiplier process over all windows of bins depends on the patients
only through the totals of multipliers and of multiplied scores in each bin, and these are exactly Gaussian with known
variances. So they are drawn directly, prefix sums give every window, and the cost does not grow with the trial.

A brush may also stop between two bin edges. Along a cut point the process is as rough as a random walk, so its largest
value over cuts spaced d apart falls short by an amount proportional to the root of d. The shortfall is read off the
draws by leaving out every other cut, and added back up to the spacing of the distinct values.

Source: Chernozhukov, Chetverikov & Kato 2014, Ann. Statist. 42:1787-1818 (Gaussian multipliers for suprema).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from ite.subgroup.bins import BinnedScores
from ite.trial.data import BoolArray, FloatArray, IntArray
from ite.trial.normal import NORMAL_975

MINIMUM_PER_ARM = 20
DRAWS = 1000
SUBSET_LEVELS = 10
_COVERAGE = 0.95
Noise = npt.NDArray[np.float32]  # six digits are plenty for a quantile of draws, and twice as fast


@dataclass(frozen=True, kw_only=True)
class CriticalValue:
    """Critical values on the normal scale for all slices of one axis.

    Attributes
    ----------
    difference, mean : float
        For slice minus complement, and for the two means; NaN where no slice is admissible.
    candidates : int
        Slices the supremum runs over.
    method : str
        In words.
    """

    difference: float
    mean: float
    candidates: int
    method: str


def window_critical_value(binned: BinnedScores, seed: int, draws: int = DRAWS) -> CriticalValue:
    """Critical values over every window of neighbouring bins with enough patients per arm inside and outside."""
    noise = _noise(binned, seed, draws)
    return _supremum(binned, noise, _windows(binned, noise), "every window of the axis")


def level_critical_value(binned: BinnedScores, seed: int, draws: int = DRAWS) -> CriticalValue:
    """Critical values over every set of levels, by multipliers up to 10 levels and by Scheffe's bound beyond."""
    levels = len(binned.n)
    if levels > SUBSET_LEVELS:
        bound = [float(np.sqrt(chi2.ppf(_COVERAGE, df))) for df in (levels - 1, levels)]
        return CriticalValue(
            difference=bound[0],
            mean=bound[1],
            candidates=2**levels - 2,
            method="Scheffe's bound for every set of levels",
        )
    noise = _noise(binned, seed, draws)
    return _supremum(binned, noise, iter([_subsets(binned, noise)]), "every set of levels")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Candidates:
    """Some candidate slices: patients and standardised total in each, multiplied totals and counts (slices x columns).

    `coarse` marks those that remain when every other cut is left out.
    """

    n: FloatArray
    total: FloatArray
    scores: Noise
    counts: Noise
    coarse: BoolArray


def _noise(binned: BinnedScores, seed: int, draws: int) -> Noise:
    """Multiplied totals, shape (2 bins, 2 bins + draws): the root itself, whose rows give variances, then the draws."""
    normal = np.random.default_rng(seed).standard_normal((binned.root.shape[1], draws))
    return np.concatenate([binned.root, binned.root @ normal], axis=1).astype(np.float32)


def _admissible(binned: BinnedScores, treated: IntArray, control: IntArray) -> BoolArray:
    inside = np.minimum(treated, control)
    outside = np.minimum(binned.treated.sum() - treated, binned.control.sum() - control)
    return np.asarray(np.minimum(inside, outside) >= MINIMUM_PER_ARM, dtype=bool)


def _windows(binned: BinnedScores, noise: Noise) -> Iterator[_Candidates]:
    """Windows that begin at the same bin, one batch per beginning."""
    bins = len(binned.n)
    n, treated, control, total = (
        np.concatenate([[0], np.cumsum(part)]) for part in (binned.n, binned.treated, binned.control, binned.total)
    )
    zero = np.zeros((1, noise.shape[1]), dtype=np.float32)
    scores = np.concatenate([zero, np.cumsum(noise[:bins], axis=0)])
    counts = np.concatenate([zero, np.cumsum(noise[bins:], axis=0)])
    for start in range(bins):
        enough = _admissible(binned, treated[start + 1 :] - treated[start], control[start + 1 :] - control[start])
        ends = start + 1 + np.flatnonzero(enough)
        if len(ends):
            yield _Candidates(
                n=(n[ends] - n[start]).astype(float),
                total=total[ends] - total[start],
                scores=scores[ends] - scores[start],
                counts=counts[ends] - counts[start],
                coarse=(start % 2 == 0) & ((ends % 2 == 0) | (ends == bins)),
            )


def _subsets(binned: BinnedScores, noise: Noise) -> _Candidates:
    """Every set of levels up to its complement, with enough patients on both sides."""
    levels = len(binned.n)
    chosen = [subset for size in range(1, levels) for subset in combinations(range(levels), size)]
    member = np.zeros((len(chosen), levels))
    for row, subset in enumerate(chosen):
        member[row, list(subset)] = 1.0
    counted = [(member @ part).astype(np.int64) for part in (binned.treated, binned.control)]
    member = member[_admissible(binned, counted[0], counted[1])]
    return _Candidates(
        n=member @ binned.n,
        total=member @ binned.total,
        scores=member.astype(np.float32) @ noise[:levels],
        counts=member.astype(np.float32) @ noise[levels:],
        coarse=np.ones(len(member), dtype=bool),
    )


def _supremum(binned: BinnedScores, noise: Noise, batches: Iterator[_Candidates], method: str) -> CriticalValue:
    """Upper 5 % point of the largest absolute studentised statistic, for differences and for means."""
    bins, everyone = len(binned.n), float(binned.n.sum())
    scores, counts = noise[:bins].sum(axis=0), noise[bins:].sum(axis=0)
    largest = np.zeros((2, 2, noise.shape[1] - len(noise)), dtype=np.float32)
    candidates = 0
    for batch in batches:
        first = _deviation(batch.n, batch.total, batch.scores, batch.counts)
        second = _deviation(
            everyone - batch.n, binned.total.sum() - batch.total, scores - batch.scores, counts - batch.counts
        )
        for row, parts in enumerate(([first - second], [first, second])):
            for part in parts:
                np.maximum(largest[row], _largest(part, len(noise), batch.coarse), out=largest[row])
        candidates += len(batch.n)
    if candidates == 0:
        return CriticalValue(difference=np.nan, mean=np.nan, candidates=0, method=method)
    upper = np.quantile(largest[:, 0], _COVERAGE, axis=1, method="higher")
    shortfall = np.mean(largest[:, 0] - largest[:, 1], axis=1) * _between_cuts(bins, binned.cuts)
    # Never below the value of one comparison, however the draws fall.
    difference, mean = np.maximum(upper + shortfall, NORMAL_975)
    return CriticalValue(difference=float(difference), mean=float(mean), candidates=candidates, method=method)


def _between_cuts(bins: int, cuts: int) -> float:
    """Shortfall of a grid of `bins` cuts against `cuts` cuts, in units of that of half the grid against the grid."""
    return float((1 - np.sqrt(bins / max(cuts, bins))) / (np.sqrt(2) - 1))


def _deviation(n: FloatArray, total: FloatArray, scores: Noise, counts: Noise) -> Noise:
    """Multiplied deviation of each slice's mean from its own estimate, shape (slices, columns)."""
    deviation = counts * (-total / n).astype(np.float32)[:, None]
    deviation += scores
    deviation *= (1 / n).astype(np.float32)[:, None]
    return deviation


def _largest(deviation: Noise, factors: int, coarse: BoolArray) -> Noise:
    """Largest absolute studentised deviation over the slices and over the coarse ones, shape (2, draws)."""
    sd = np.linalg.norm(deviation[:, :factors], axis=1)
    # A slice of identical scores has no error and no say.
    inverse = np.divide(1.0, sd, out=np.zeros_like(sd), where=sd > 1e-6 * sd.max(initial=1e-30))
    studentised = deviation[:, factors:] * inverse[:, None]
    some = studentised[coarse]
    return np.stack(
        [np.maximum(part.max(axis=0, initial=0.0), -part.min(axis=0, initial=0.0)) for part in (studentised, some)]
    )


def pointwise_critical_value() -> CriticalValue:
    """Return the critical value of one comparison declared before the data were seen."""
    point = NORMAL_975
    return CriticalValue(difference=point, mean=point, candidates=1, method="one pre-specified slice")
