"""Can we believe it: tests, calibration and ranking evidence."""

import sys
from types import ModuleType


class _Callable(ModuleType):
    def __call__(self, *args, **kwargs):
        from ite.evaluate.evaluate import evaluate

        return evaluate(*args, **kwargs)


sys.modules[__name__].__class__ = _Callable
