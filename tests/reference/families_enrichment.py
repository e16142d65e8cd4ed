"""Answers to the reference cases of trials that may drop a population at a look."""

from collections.abc import Callable
from typing import Any

ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {}
