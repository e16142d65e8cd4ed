"""Treatment sequences: levels at which patients who did not respond are randomised again, as in STAR*D.

Every sequence of treatments is followed through its levels exactly, group by group, so that the mix of marker groups
shifts as it does among real non-responders. Legend: a sequence is one treatment for each level; a patient who responds
at an early level has followed every sequence that begins alike.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from pydantic import Field

from ite.design.alternatives.fields import Alpha, Count, Probability, Share
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.data import FloatArray, IntArray

MOST_SEQUENCES = 500


class Treatment(DesignSpec):
    """One treatment of a level.

    Attributes
    ----------
    name
        As results print it.
    response
        Probability of response (remission) in each marker group.
    """

    name: str = Field(min_length=1, max_length=40)
    response: tuple[Probability, ...] = Field(min_length=1)


class Level(DesignSpec):
    """One randomisation, in equal shares.

    Attributes
    ----------
    treatments
        What is randomised between.
    retained
        Share of those who did not respond before who enter this level; for the first level, of those who come.
    """

    treatments: tuple[Treatment, ...] = Field(min_length=1, max_length=10)
    retained: Share = 1.0


class SequenceTrial(DesignSpec):
    """A trial of treatment sequences.

    Attributes
    ----------
    entrants
        Patients who come.
    groups, shares
        Names of the marker groups and their shares, which add up to 1.
    levels
        Randomisations in order.
    alpha_two_sided
        Two-sided level of the comparison of two sequences.
    """

    entrants: Count
    groups: tuple[str, ...] = Field(default=("everybody",), min_length=1, max_length=20)
    shares: tuple[Share, ...] = (1.0,)
    levels: tuple[Level, ...] = Field(min_length=1, max_length=6)
    alpha_two_sided: Alpha = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class EmbeddedSequence:
    """One sequence of treatments, with what becomes of patients who follow it.

    Attributes
    ----------
    treatments : array of int, shape (levels,)
        Position of the treatment in each level.
    name : str
        Names of the treatments, joined by arrows.
    reached, responded : array, shape (levels, groups)
        Probability of entering each level, and of responding at it.
    """

    treatments: IntArray
    name: str
    reached: FloatArray
    responded: FloatArray


def embedded_sequences(trial: SequenceTrial) -> tuple[EmbeddedSequence, ...]:
    """Return every sequence of the trial, the last level varying fastest.

    Raises
    ------
    DesignError
        If groups, shares and response probabilities do not fit each other, or there are too many sequences.
    """
    _require_groups(trial)
    choices = [range(len(level.treatments)) for level in trial.levels]
    if (count := int(np.prod([len(choice) for choice in choices]))) > MOST_SEQUENCES:
        raise DesignError(
            f"At most {MOST_SEQUENCES} sequences are compared; found {count}. Leave out a level or a treatment."
        )
    return tuple(_follow(trial, choice) for choice in product(*choices))


def _follow(trial: SequenceTrial, choice: tuple[int, ...]) -> EmbeddedSequence:
    treatments = [level.treatments[chosen] for level, chosen in zip(trial.levels, choice, strict=True)]
    waiting, reached, responded = np.ones(len(trial.groups)), [], []
    for level, treatment in zip(trial.levels, treatments, strict=True):
        entering = waiting * level.retained
        reached.append(entering)
        responded.append(entering * np.array(treatment.response))
        waiting = entering - responded[-1]
    return EmbeddedSequence(
        treatments=np.array(choice),
        name=" → ".join(treatment.name for treatment in treatments),
        reached=np.array(reached),
        responded=np.array(responded),
    )


def _require_groups(trial: SequenceTrial) -> None:
    _require_distinct("Groups", trial.groups)
    if len(trial.shares) != len(trial.groups):
        raise DesignError(f"Each of the {len(trial.groups)} groups needs its share; found {len(trial.shares)} shares.")
    if abs((total := sum(trial.shares)) - 1) > 1e-9:
        nearest = ", ".join(f"{share / total:.4g}" for share in trial.shares)
        raise DesignError(
            f"The shares of the groups must add up to 1; found {total:.4g}. In the same proportions they are {nearest}."
        )
    for level in trial.levels:
        _require_distinct("Treatments of a level", tuple(treatment.name for treatment in level.treatments))
        for treatment in level.treatments:
            if len(treatment.response) != len(trial.groups):
                raise DesignError(
                    f"{treatment.name} needs a probability of response for each of the {len(trial.groups)} groups; "
                    f"found {len(treatment.response)}."
                )


def _require_distinct(what: str, names: tuple[str, ...]) -> None:
    if len(set(names)) != len(names):
        raise DesignError(f"{what} need different names; found {', '.join(names)}. Rename one of them.")
