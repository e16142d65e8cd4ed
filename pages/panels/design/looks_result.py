"""What the panels of looks on the way share: the plan, and the code that makes it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from ite.charts.reading_looks import looks_method
from ite.design.fixed.spec import DesignSpec
from ite.design.fixed.trial_size import OneAnalysis
from ite.design.sequential.group_sequential import GroupSequential, GroupSequentialPlan, plan_group_sequential
from ite.design.sequential.planned_looks import with_looks
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.ui import origin

_NO_MORE: Mapping[str, DesignSpec] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A trial with looks that has its power."""

    trial: OneAnalysis
    design: GroupSequential
    plan: GroupSequentialPlan

    def block(
        self,
        shown: str,
        functions: tuple[Any, ...],
        data: pd.DataFrame,
        more: Mapping[str, DesignSpec] = _NO_MORE,
        **words: Any,  # noqa: ANN401 - the block's own fields
    ) -> ResultBlock:
        """Return a result of this plan.

        Parameters
        ----------
        shown
            Call over trial, design, plan and what is in `more` that gives the data.
        functions
            What the call calls.
        more
            Specifications that the call needs beyond these, by name.
        """
        settings: dict[str, DesignSpec] = {"trial": self.trial, "boundary": self.design.boundary}
        if self.design.futility is not None:
            settings["futility"] = self.design.futility
        steps = [f"design = with_looks({', '.join(settings)})", "plan = plan_group_sequential(design)"]
        return ResultBlock(
            data=data,
            code=design_code({**settings, **more}, [with_looks, plan_group_sequential, *functions], shown, steps),
            provenance=origin.typed(self.design),
            **{"method": looks_method(self.design, self.plan), **words},
        )
