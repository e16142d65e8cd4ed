"""An adaptive enrichment design: what is planned and what may change on the way."""

from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from ite.design.enrichment.combination import CombinationName
from ite.design.enrichment.intersection import Intersection, check_intersection
from ite.design.enrichment.reestimation import Reestimation
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.selection import Selection
from ite.design.fixed.spec import DesignSpec
from ite.design.sequential.boundary import Boundary
from ite.errors import DesignError


class EnrichmentDesign(DesignSpec):
    """A trial that starts in everybody and may narrow to subgroups at its interim looks; frozen, JSON round trip.

    The order at each interim look is: test, stop for success, stop for futility, choose the populations that continue,
    choose the size of the next stage. The last look tests the populations that are left.

    Attributes
    ----------
    scenario
        The assumed truth.
    cumulative_sizes
        Patients of both arms together (for event times: events) by the end of each stage, as planned.
    boundary
        Efficacy boundary of the combined test; its looks are the stages and its information fractions fix the stage
        weights.
    combination
        How stages are put together. Fisher's product has its own boundary and takes only alpha from `boundary`.
    intersection
        Test of several populations at once.
    selection
        Which populations continue.
    futility_p
        Stop for futility where the stage's p-values of all studied populations are at least this; None never.
    success
        Stop at an interim look when "all_populations" under study, or "at_least_one", are rejected.
    reestimation
        Size of stage 2 from stage 1; for two stages.
    """

    scenario: Scenario
    cumulative_sizes: tuple[float, ...] = Field(min_length=1, max_length=10)
    boundary: Boundary = Boundary()
    combination: CombinationName = "inverse_normal"
    intersection: Intersection = "simes"
    selection: Selection = Selection()
    futility_p: float | None = Field(default=None, gt=0, lt=1)
    success: Literal["all_populations", "at_least_one"] = "all_populations"
    reestimation: Reestimation | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _check_sizes(self.cumulative_sizes, len(self.boundary.information_fractions))
        check_intersection(self.intersection, len(self.scenario.populations), random_sizes=self.scenario.random_sizes)
        if self.combination != "inverse_normal" and self.stages != 2:
            raise DesignError(
                f"Fisher's product is offered for two stages; {self.stages} were given. Use the inverse normal."
            )
        if self.reestimation is not None and (self.stages != 2 or self.combination != "inverse_normal"):
            raise DesignError(
                "Re-estimating the size is offered for two stages with the inverse-normal combination; "
                f"found {self.stages} stages with {self.combination}."
            )
        return self

    def under(self, scenario: Scenario) -> Self:
        """Return the same plan where another scenario is the truth."""
        return self.model_copy(update={"scenario": scenario})

    @property
    def stages(self) -> int:
        """Return the number of stages."""
        return len(self.cumulative_sizes)


def _check_sizes(sizes: tuple[float, ...], looks: int) -> None:
    if len(sizes) != looks:
        raise DesignError(f"Each look of the boundary needs its size: {looks} looks, {len(sizes)} sizes.")
    steps = [sizes[0], *(later - earlier for earlier, later in pairwise(sizes))]
    if min(steps) <= 0 or sizes[-1] > 1e7:
        raise DesignError(
            f"Sizes by the end of each stage must increase and stay below 10 million; found "
            f"{', '.join(f'{size:g}' for size in sizes)}."
        )
