"""Closed testing of nested or overlapping populations over several stages, all trials at once."""

from typing import Self

import numpy as np
from scipy.special import ndtr, ndtri

from ite.design.enrichment.combination import Combination, CombinationName, start_combination
from ite.design.enrichment.intersection import Intersection, intersection_p, spiessens_debois_z
from ite.design.sequential.boundary import Boundary
from ite.trial.columns import BoolArray, FloatArray


class ClosedTest:
    """A population is rejected once every intersection it is part of has been crossed (Marcus et al. 1976).

    The intersection's stage-wise p-value is built from the populations that were studied in that stage. What was
    crossed stays crossed; a population can be rejected only at a look at which it is still studied.

    Attributes
    ----------
    hypotheses
        Which populations each intersection holds, shape (2^m - 1, m).
    crossed
        Intersections crossed so far, shape (2^m - 1, trials).
    rejected
        Populations rejected so far, shape (m, trials).
    """

    def __init__(self, method: Intersection, combination: Combination, hypotheses: BoolArray, trials: int) -> None:
        self.hypotheses = hypotheses
        self.crossed = np.zeros((len(hypotheses), trials), dtype=bool)
        self.rejected = np.zeros((hypotheses.shape[1], trials), dtype=bool)
        self._method = method
        self._combination = combination

    @classmethod
    def start(
        cls, method: Intersection, combination: CombinationName, boundary: Boundary, populations: int, trials: int
    ) -> Self:
        """Return the test before its first look."""
        codes = np.arange(1, 2**populations)
        hypotheses = (codes[:, None] >> np.arange(populations)) & 1 == 1
        return cls(method, start_combination(combination, boundary, (len(codes), trials)), hypotheses, trials)

    def look(self, z: FloatArray, studied: BoolArray, correlation: FloatArray | None = None) -> None:
        """Add one stage.

        Parameters
        ----------
        z
            Stage-wise statistics, shape (populations, trials); larger is better.
        studied
            Populations under study in this stage, same shape. A trial that has stopped studies none.
        correlation
            For Spiessens-Debois: correlation of the statistics, (populations, populations) or with trials as last axis.
        """
        p = ndtr(-z)
        joint = np.stack([self._intersection_z(row, z, p, studied, correlation) for row in self.hypotheses])
        self.crossed |= self._combination.add(joint)
        for population in range(len(z)):
            all_crossed = studied[population].copy()
            for hypothesis in np.flatnonzero(self.hypotheses[:, population]):
                all_crossed &= self.crossed[hypothesis]
            self.rejected[population] |= all_crossed

    def _intersection_z(
        self, row: BoolArray, z: FloatArray, p: FloatArray, studied: BoolArray, correlation: FloatArray | None
    ) -> FloatArray:
        if row.sum() == 1:
            only = int(np.flatnonzero(row)[0])
            return np.where(studied[only], z[only], np.nan)
        everybody = bool(row.all())  # spares copies where the hypothesis holds all populations
        members = studied if everybody else studied[row]
        if self._method != "spiessens_debois":
            return np.asarray(-ndtri(intersection_p(self._method, p if everybody else p[row], members)))
        if correlation is None:
            raise ValueError("Spiessens-Debois needs the correlation of the statistics")
        return _by_studied_set(z[row], members, correlation[np.ix_(row, row)])


def _by_studied_set(z: FloatArray, studied: BoolArray, correlation: FloatArray) -> FloatArray:
    """Return the Spiessens-Debois z trial by trial, in one go for all trials that study the same populations."""
    joint = np.full(z.shape[1], np.nan)
    codes = (studied * (1 << np.arange(len(z)))[:, None]).sum(axis=0)
    for code in np.unique(codes[codes > 0]):
        trials = codes == code
        chosen = (int(code) >> np.arange(len(z))) & 1 == 1
        largest = z[chosen][:, trials].max(axis=0)
        among = correlation[np.ix_(chosen, chosen)]
        if chosen.sum() == 1:
            joint[trials] = largest
        elif among.ndim == 3:
            joint[trials] = spiessens_debois_z(largest, among[0, 1, trials])
        else:
            joint[trials] = spiessens_debois_z(largest, among)
    return joint
