"""Draws of a fitted trial, made once and kept for as long as prices, factors and groups stay."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from ite.trial.groups import groups_of
from ite.value.trial_draws import TrialDraws, trial_draws
from ite.value.trial_valuation import TrialValuation
from ite.value.uncertain_choice import decision_curves
from pages.ui.analysed import Analysed
from pages.ui.once import once

#: Thresholds of a curve, and the same in the code that is shown.
THRESHOLDS = tuple(range(0, 200_001, 4_000))
THRESHOLDS_CODE = "range(0, 200001, 4000)"


@dataclass(frozen=True, kw_only=True)
class Valued:
    """Draws with what was asked, and their curves over the willingness to pay."""

    asked: TrialValuation
    found: TrialDraws
    curves: pd.DataFrame

    @cached_property
    def at(self) -> pd.DataFrame:
        """The curves at the willingness to pay itself."""
        return decision_curves(self.found.draws, self.asked.willingness_to_pay.value)

    @property
    def method(self) -> str:
        """Draws, and where prices, factors and the threshold come from."""
        value = self.asked.treatment
        prices = "; ".join(f"{arm}: {cost.source}" for arm, cost in zip(value.arms, value.costs, strict=True))
        saved = "" if value.saving_per_effect is None else f"; savings {value.saving_per_effect.source}"
        return (
            f"{self.asked.draws:,} joint draws: effects normal around their scores' means, prices and factors gamma. "
            f"Sources: costs {prices}; QALYs {value.qaly_per_effect.source}{saved}; "
            f"threshold {self.asked.willingness_to_pay.source}."
        )


def valued(shown: Analysed, asked: TrialValuation) -> Valued:
    """Return the draws asked for; another willingness to pay needs no new ones."""
    at_nothing = asked.willingness_to_pay.model_copy(update={"value": 0.0, "source": "", "unit": ""})
    whole = asked.model_copy(update={"willingness_to_pay": at_nothing})
    of = (shown.trial.digest, shown.effects.spec.model_dump_json(), whole.model_dump_json())
    return replace(once("cost-draws", of, lambda: _drawn(shown, asked)), asked=asked)


def _drawn(shown: Analysed, asked: TrialValuation) -> Valued:
    groups = groups_of(shown.trial, asked.by)
    labels = np.array(groups.names, dtype=object)[groups.of]
    found = trial_draws(shown.effects, asked.treatment, labels, draws=asked.draws, seed=asked.seed)
    return Valued(asked=asked, found=found, curves=decision_curves(found.draws, THRESHOLDS))
