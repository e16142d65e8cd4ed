"""Answers to the reference cases of designs with one or several looks."""

from collections.abc import Callable
from typing import Any

ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {}
