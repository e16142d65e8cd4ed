"""What the panels of looks on the way share: the plan, and the code that makes it again."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ite.charts.reading_looks import looks_method
from ite.design.fixed.trial_size import OneAnalysis
from ite.design.sequential.group_sequential import GroupSequential, GroupSequentialPlan, plan_group_sequential
from ite.design.sequential.planned_looks import with_looks
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.ui import origin


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A trial with looks that has its power."""

    trial: OneAnalysis
    design: GroupSequential
    plan: GroupSequentialPlan

    def block(self, shown: str, functions: tuple[Any, ...], data: pd.DataFrame, **words: Any) -> ResultBlock:  # noqa: ANN401 - the block's own fields
        """Return a result of this plan; `shown` is the call over trial, design and plan that gives its data."""
        settings = {"trial": self.trial, "boundary": self.design.boundary}
        if self.design.futility is not None:
            settings["futility"] = self.design.futility
        steps = [f"design = with_looks({', '.join(settings)})", "plan = plan_group_sequential(design)"]
        return ResultBlock(
            data=data,
            method=looks_method(self.design, self.plan),
            code=design_code(settings, [with_looks, plan_group_sequential, *functions], shown, steps),
            provenance=origin.typed(self.design),
            **words,
        )
