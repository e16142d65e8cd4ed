"""Scores, cross-fitting, learners and shrinkage: effects and their uncertainty."""

import sys
from types import ModuleType


class _Callable(ModuleType):
    def __call__(self, *args, **kwargs):
        from ite.estimate.estimate import estimate

        return estimate(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
