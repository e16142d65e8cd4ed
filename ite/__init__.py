"""Stratagem's library: who benefits from a treatment, how sure we are, and what to do about it.

`import ite` loads nothing outside the standard library; each name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ite.allocation.allocate import allocate as allocate
    from ite.allocation.spec import AllocationSpec as AllocationSpec
    from ite.design.comparison.error_map import error_map as error_map
    from ite.design.comparison.side_by_side import compare_strategies as compare_strategies
    from ite.design.enrichment.outcome import HazardsByStratum as HazardsByStratum
    from ite.design.enrichment.outcome import MeansByStratum as MeansByStratum
    from ite.design.enrichment.outcome import RatesByStratum as RatesByStratum
    from ite.design.enrichment.scenario import Scenario as Scenario
    from ite.design.enrichment.selection import Selection as Selection
    from ite.design.fitted.enrichment import Enrichment as Enrichment
    from ite.design.fitted.simulate import simulate as simulate
    from ite.design.fixed.design import plan_fixed as plan_fixed
    from ite.design.sequential.boundary import Boundary as Boundary
    from ite.design.sequential.group_sequential import GroupSequential as GroupSequential
    from ite.design.sequential.group_sequential import plan_group_sequential as plan_group_sequential
    from ite.errors import IteError as IteError
    from ite.estimation.cox import cox_effect as cox_effect
    from ite.estimation.estimate import estimate as estimate
    from ite.estimation.result import EffectEstimate as EffectEstimate
    from ite.estimation.spec import EffectSpec as EffectSpec
    from ite.evaluation.evaluate import evaluate as evaluate
    from ite.evaluation.leaderboard import compare_learners as compare_learners
    from ite.evaluation.result import Evidence as Evidence
    from ite.subgroup.benefit_curve import slice_benefit as slice_benefit
    from ite.subgroup.forest import subgroup_forest as subgroup_forest
    from ite.subgroup.slice import Slice as Slice
    from ite.subgroup.slice import compare_slice as compare_slice
    from ite.trial.adam import AdamJoin as AdamJoin
    from ite.trial.adam import join_adam as join_adam
    from ite.trial.checks import check_trial as check_trial
    from ite.trial.checks import require_fit as require_fit
    from ite.trial.data import TrialData as TrialData
    from ite.trial.guess import guess_roles as guess_roles
    from ite.trial.outcome import describe_outcome as describe_outcome
    from ite.trial.reading import read_table as read_table
    from ite.trial.reading import read_trial as read_trial
    from ite.trial.responder import ResponderDefinition as ResponderDefinition
    from ite.trial.roles import Roles as Roles
    from ite.trial.samples import SAMPLES as SAMPLES
    from ite.trial.samples import load_sample as load_sample
    from ite.trial.simulated import SimulatedSpec as SimulatedSpec
    from ite.trial.simulated import simulate_trial as simulate_trial
    from ite.trial.survival import default_horizon as default_horizon
    from ite.trial.table_one import table_one as table_one
    from ite.version import RESULTS_VERSION as RESULTS_VERSION
    from ite.version import __version__ as __version__

_HOME = {
    "AdamJoin": "ite.trial.adam",
    "allocate": "ite.allocation.allocate",
    "AllocationSpec": "ite.allocation.spec",
    "Boundary": "ite.design.sequential.boundary",
    "check_trial": "ite.trial.checks",
    "compare_learners": "ite.evaluation.leaderboard",
    "compare_slice": "ite.subgroup.slice",
    "compare_strategies": "ite.design.comparison.side_by_side",
    "cox_effect": "ite.estimation.cox",
    "default_horizon": "ite.trial.survival",
    "describe_outcome": "ite.trial.outcome",
    "EffectEstimate": "ite.estimation.result",
    "EffectSpec": "ite.estimation.spec",
    "Enrichment": "ite.design.fitted.enrichment",
    "error_map": "ite.design.comparison.error_map",
    "estimate": "ite.estimation.estimate",
    "evaluate": "ite.evaluation.evaluate",
    "Evidence": "ite.evaluation.result",
    "GroupSequential": "ite.design.sequential.group_sequential",
    "guess_roles": "ite.trial.guess",
    "HazardsByStratum": "ite.design.enrichment.outcome",
    "IteError": "ite.errors",
    "join_adam": "ite.trial.adam",
    "load_sample": "ite.trial.samples",
    "MeansByStratum": "ite.design.enrichment.outcome",
    "plan_fixed": "ite.design.fixed.design",
    "plan_group_sequential": "ite.design.sequential.group_sequential",
    "RatesByStratum": "ite.design.enrichment.outcome",
    "read_table": "ite.trial.reading",
    "read_trial": "ite.trial.reading",
    "require_fit": "ite.trial.checks",
    "ResponderDefinition": "ite.trial.responder",
    "RESULTS_VERSION": "ite.version",
    "Roles": "ite.trial.roles",
    "SAMPLES": "ite.trial.samples",
    "Scenario": "ite.design.enrichment.scenario",
    "Selection": "ite.design.enrichment.selection",
    "simulate": "ite.design.fitted.simulate",
    "simulate_trial": "ite.trial.simulated",
    "SimulatedSpec": "ite.trial.simulated",
    "Slice": "ite.subgroup.slice",
    "slice_benefit": "ite.subgroup.benefit_curve",
    "subgroup_forest": "ite.subgroup.forest",
    "table_one": "ite.trial.table_one",
    "TrialData": "ite.trial.data",
    "__version__": "ite.version",
}
__all__ = sorted(_HOME)  # noqa: PLE0605 - built from the table above, so that a name has one entry


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
    """Import a public name from its home on first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'ite' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
