"""Python that computes a shown result again: the public calls behind a page, and nothing else.

Each function returns a script that reads the trial, makes the calls, leaves the shown table in ``shown`` and prints
it. `source` is the path the script reads: a sample's file, or the name of the user's own file, which then must lie in
the folder where Python is started. `shown` is an expression of ours over the names the script makes, never text from
data; every value from data or settings is written as a Python literal. A function that has no flat public name can be
called by its module, such as ``ite.charts.effects.benefit_bins(effects, "active")``: the import is added.
"""

import ast
import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from ite.estimation.spec import EffectSpec
from ite.report.literal import call, literal
from ite.trial.roles import Roles


def build(model: BaseModel) -> str:
    """Return the call that makes a specification again, such as ``ite.EffectSpec(seed=1)``: defaults are left out."""
    return literal(model)


def trial_code(source: str, roles: Roles, shown: str = "trial.frame") -> str:
    """Return code that reads a trial; `shown` may call public functions, such as ``ite.table_one(trial).frame``."""
    return _script(_reading(source, roles), shown)


def estimate_code(source: str, roles: Roles, spec: EffectSpec, shown: str = "effects.ate") -> str:
    """Return code that estimates the effects; give `spec` as resolved, so that the numbers are the same."""
    return _script(estimation_lines(source, roles, spec), shown)


def evidence_code(source: str, roles: Roles, spec: EffectSpec, shown: str = "evidence.heterogeneity") -> str:
    """Return code that estimates the effects and weighs the evidence."""
    return _script([*estimation_lines(source, roles, spec), "evidence = ite.evaluate(trial, effects)"], shown)


def benefit_code(
    source: str, roles: Roles, spec: EffectSpec, asked: Mapping[str, object], shown: str = "benefit.curve"
) -> str:
    """Return code that follows the benefit along a biomarker; `asked` holds what the call takes beside the seed."""
    benefit = call("ite.slice_benefit", "trial", "effects", **asked, seed=spec.seed)
    return _script([*estimation_lines(source, roles, spec), f"benefit = {benefit}"], shown)


def slice_code(source: str, roles: Roles, spec: EffectSpec, chosen: BaseModel, shown: str = "comparison.frame") -> str:
    """Return code that compares a slice (an `ite.Slice`) with everybody else; its seed is that of the effects."""
    comparison = call("ite.compare_slice", "trial", "effects", "chosen", seed=spec.seed)
    lines = [f"chosen = {build(chosen)}", f"comparison = {comparison}"]
    return _script([*estimation_lines(source, roles, spec), *lines], shown)


def forest_code(
    source: str, roles: Roles, by: Sequence[str], arm: str, horizon: float | None = None, shown: str = "forest.levels"
) -> str:
    """Return code that estimates the effect in each level of pre-specified covariates."""
    forest = call("ite.subgroup_forest", "trial", by=tuple(by), arm=arm, **({"horizon": horizon} if horizon else {}))
    return _script([*_reading(source, roles), f"forest = {forest}"], shown)


def estimation_lines(source: str, roles: Roles, spec: EffectSpec) -> list[str]:
    """Return the lines that read a trial and estimate its effects, for a script that goes on from there."""
    analysed = ["trial = effects.patients_of(trial)"] if spec.overlap else []
    return [*_reading(source, roles), f"spec = {build(spec)}", "effects = ite.estimate(trial, spec)", *analysed]


def _reading(source: str, roles: Roles) -> list[str]:
    return [f"roles = {build(roles)}", f"trial = {call('ite.read_trial', literal(source), 'roles')}"]


def _script(lines: list[str], shown: str) -> str:
    end = ["", f"shown = {shown}", "print(shown.to_string(max_rows=60))", ""]
    return "\n".join(["import ite", *_imports(shown), "", *lines, *end])


def _imports(shown: str) -> list[str]:
    """Return the imports of modules whose functions `shown` calls by their full name."""
    called = [ast.unparse(node.func) for node in ast.walk(ast.parse(shown)) if isinstance(node, ast.Call)]
    modules = {name.rpartition(".")[0] for name in called if re.fullmatch(r"ite(\.\w+)+", name)}
    return [f"import {module}" for module in sorted(modules - {"ite"})]
