"""Which part of the library answers which family of reference cases."""

from collections.abc import Callable
from typing import Any

from tests.reference import (
    families_allocation,
    families_alternatives,
    families_causality,
    families_counts,
    families_decision,
    families_enrichment,
    families_prediction,
    families_sequential,
    families_survival,
    families_value,
)

ANSWERS: dict[str, Callable[..., dict[str, Any]]] = {
    **families_allocation.ANSWERS,
    **families_counts.ANSWERS,
    **families_prediction.ANSWERS,
    **families_survival.ANSWERS,
    **families_sequential.ANSWERS,
    **families_alternatives.ANSWERS,
    **families_enrichment.ANSWERS,
    **families_decision.ANSWERS,
    **families_causality.ANSWERS,
    **families_value.ANSWERS,
}
