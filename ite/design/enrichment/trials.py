"""What happened in each simulated trial of an enrichment design."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from ite.trial.columns import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Trials:
    """What happened in each simulated trial.

    Attributes
    ----------
    rejected
        Look at which a population's hypothesis was rejected, counted from 1; 0 never. Shape (populations, trials).
    studied
        Whether a population was under study in a stage, shape (stages, populations, trials).
    ended
        Last stage that was run, counted from 1, shape (trials,).
    futile
        Whether the trial stopped for futility, shape (trials,).
    sizes
        Patients (or events) of each stratum by stage, shape (stages, strata, trials).
    scores
        Scores by stage and stratum, same shape; a population's estimate is sum of scores / sum of sizes over its
        strata.
    variances
        Null variances of the scores, same shape.
    """

    rejected: IntArray
    studied: BoolArray
    ended: IntArray
    futile: BoolArray
    sizes: FloatArray
    scores: FloatArray
    variances: FloatArray

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Return the trials of several chunks, in their order."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            **{
                field.name: np.concatenate([getattr(part, field.name) for part in parts], axis=-1)
                for field in fields(cls)
            }
        )
