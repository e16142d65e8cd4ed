"""Stratagem's library: who benefits from a treatment, how sure we are, and what to do about it.

`import ite` loads nothing outside the standard library; each name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ite.errors import IteError as IteError
    from ite.estimate.estimate import estimate as estimate
    from ite.estimate.result import EffectEstimate as EffectEstimate
    from ite.estimate.spec import EffectSpec as EffectSpec
    from ite.evaluate.evaluate import evaluate as evaluate
    from ite.evaluate.result import Evidence as Evidence
    from ite.trial.data import TrialData as TrialData
    from ite.trial.reading import read_trial as read_trial
    from ite.trial.roles import Roles as Roles

_HOME = {
    "EffectEstimate": "ite.estimate.result",
    "EffectSpec": "ite.estimate.spec",
    "Evidence": "ite.evaluate.result",
    "IteError": "ite.errors",
    "Roles": "ite.trial.roles",
    "TrialData": "ite.trial.data",
    "estimate": "ite.estimate.estimate",
    "evaluate": "ite.evaluate.evaluate",
    "read_trial": "ite.trial.reading",
}
__all__ = sorted(_HOME)  # noqa: PLE0605 - built from the table above, so that a name has one entry


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute can be anything
    """Import a public name from its home on first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'ite' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
