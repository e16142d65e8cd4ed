"""What is assumed about the patients of the next trial: strata, populations, effects, and the marker's assay."""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

_MOST_SUBGROUPS = 3


class Population(DesignSpec):
    """A set of strata in which the treatment may be tested.

    Attributes
    ----------
    name
        As results print it.
    strata
        Names of the strata it is made of.
    """

    name: str = Field(min_length=1, max_length=40)
    strata: tuple[str, ...] = Field(min_length=1)


class Scenario(DesignSpec):
    """The assumed truth of a trial with one to three subgroups; frozen, validated, JSON round trip.

    Attributes
    ----------
    strata
        Names of disjoint groups that make up everybody.
    shares
        Share of each stratum among everybody; they add up to one.
    populations
        Where the treatment may be tested: the first is everybody, the others are subgroups, nested or overlapping.
        Where two are equally good, the later one is preferred.
    outcome
        Effects by stratum: means, rates, or event times.
    allocation_ratio
        Treated patients per control patient.
    subgroup_sizes
        "fixed": each stage holds exactly the shares; "random": patients arrive at random, so that sizes vary from
        trial to trial.
    prevalence_prior_patients
        Number of patients on whom the shares are known: shares vary between trials as a Dirichlet distribution worth
        that many patients; None takes them as known. Implies random sizes.

    Raises
    ------
    DesignError
        If shares do not add up to one, a population names an unknown stratum, or the outcome is for other strata.
    """

    strata: tuple[str, ...] = Field(min_length=1, max_length=8)
    shares: tuple[Annotated[float, Field(gt=0, le=1)], ...]
    populations: tuple[Population, ...] = Field(min_length=1, max_length=_MOST_SUBGROUPS + 1)
    outcome: Annotated[MeansByStratum | RatesByStratum | HazardsByStratum, Field(discriminator="kind")]
    allocation_ratio: float = Field(default=1.0, ge=0.1, le=10)
    subgroup_sizes: Literal["fixed", "random"] = "fixed"
    prevalence_prior_patients: float | None = Field(default=None, gt=1)

    @classmethod
    def one_subgroup(
        cls, prevalence: float, outcome: MeansByStratum | RatesByStratum | HazardsByStratum, **settings: object
    ) -> Self:
        """Return the scenario of one subgroup and its complement, effects in that order.

        Parameters
        ----------
        prevalence
            Share of the subgroup among everybody, between 0 and 1, both excluded.
        outcome
            Effects in the subgroup and in its complement.
        settings
            Further fields of the scenario.
        """
        if not 0 < prevalence < 1:
            raise DesignError(
                f"A subgroup holds more than 0 % and less than 100 % of patients; its prevalence is {prevalence:g}."
                f" Use {min(max(prevalence, 0.01), 0.99):g}."
            )
        return cls.model_validate(
            {
                "strata": ("subgroup", "complement"),
                "shares": (prevalence, 1 - prevalence),
                "populations": (
                    Population(name="full", strata=("subgroup", "complement")),
                    Population(name="subgroup", strata=("subgroup",)),
                ),
                "outcome": outcome,
                **settings,
            }
        )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _check_shares(self.strata, self.shares)
        _check_populations(self.strata, self.populations)
        if self.outcome.strata != len(self.strata):
            raise DesignError(
                f"Each stratum needs its own effect: {len(self.strata)} strata ({', '.join(self.strata)}) were named, "
                f"effects were given for {self.outcome.strata}."
            )
        return self

    def with_benefits(self, benefits: FloatArray) -> Self:
        """Return the scenario with other effects, shape (strata,); raises DesignError where they cannot be."""
        return self.model_copy(update={"outcome": self.outcome.with_benefits(benefits)})

    @property
    def membership(self) -> BoolArray:
        """Return which stratum is in which population, shape (populations, strata)."""
        return np.array([[name in population.strata for name in self.strata] for population in self.populations])

    @property
    def share_array(self) -> FloatArray:
        """Return the shares, shape (strata,)."""
        return np.array(self.shares)

    @property
    def random_sizes(self) -> bool:
        """Say whether stratum sizes differ between trials."""
        return self.subgroup_sizes == "random" or self.prevalence_prior_patients is not None


def _check_shares(strata: tuple[str, ...], shares: tuple[float, ...]) -> None:
    if len(set(strata)) != len(strata):
        raise DesignError(f"Strata need different names; found {', '.join(strata)}.")
    if len(shares) != len(strata):
        raise DesignError(f"Each stratum needs one share: {len(strata)} strata, {len(shares)} shares.")
    if abs(sum(shares) - 1) > 1e-9:
        nearest = ", ".join(f"{share / sum(shares):.4g}" for share in shares)
        raise DesignError(
            f"The shares of the strata must add up to 1; {', '.join(f'{share:g}' for share in shares)} add up to "
            f"{sum(shares):.4g}. In the same proportions they would be {nearest}."
        )


def _check_populations(strata: tuple[str, ...], populations: tuple[Population, ...]) -> None:
    names = [population.name for population in populations]
    if len(set(names)) != len(names):
        raise DesignError(f"Populations need different names; found {', '.join(names)}.")
    for population in populations:
        if unknown := set(population.strata) - set(strata):
            raise DesignError(
                f"Population '{population.name}' names the stratum '{min(unknown)}', which is not one of "
                f"{', '.join(strata)}."
            )
    if set(populations[0].strata) != set(strata):
        raise DesignError(
            f"The first population is everybody; '{names[0]}' leaves out a stratum. List the full one first."
        )
    if len({frozenset(population.strata) for population in populations}) != len(populations):
        raise DesignError("Two populations hold the same strata; name each set of patients once.")
