"""An enrichment design in a file: written as JSON, read back as something that may be hostile."""

import json
from typing import Literal

from pydantic import Field

from ite.design.alternatives.assay import Assay
from ite.design.comparison.as_tested import as_tested
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError

LARGEST_FILE = 200_000
MOST_TRIALS = 100_000


class EnrichmentFile(DesignSpec):
    """An enrichment design with all that is needed to get its figures again; frozen, JSON round trip.

    Attributes
    ----------
    kind, version
        Say what the file is.
    design
        The design under the true strata.
    assay
        The marker's test; without error by default.
    trials, seed
        Of the simulation.
    """

    kind: Literal["stratagem enrichment design"] = "stratagem enrichment design"
    version: Literal[1] = 1
    design: EnrichmentDesign
    assay: Assay = Assay()
    trials: int = Field(default=10_000, ge=100, le=MOST_TRIALS)
    seed: int = Field(default=0, ge=0, lt=2**31)

    @property
    def tested(self) -> EnrichmentDesign:
        """Return the design whose strata are those that the marker's test tells apart."""
        if self.assay == Assay():
            return self.design
        return self.design.model_copy(update={"scenario": as_tested(self.design.scenario, self.assay)})


def write_design(asked: EnrichmentFile) -> str:
    """Return the design as indented JSON."""
    return asked.model_dump_json(indent=2)


def read_design(data: bytes) -> EnrichmentFile:
    """Read a design that somebody brings.

    Raises
    ------
    DesignError
        If the bytes are too many, are not JSON, hold a number that is none, or are not a design.
    """
    if len(data) > LARGEST_FILE:
        raise DesignError(
            f"A saved design has at most {LARGEST_FILE:,} bytes; this file has {len(data):,}. "
            "Choose a file saved by this page."
        )
    try:
        found = json.loads(data.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise DesignError(
            "A saved design is a JSON file of plain numbers and words; this file cannot be read as one. "
            "Choose a file saved by this page."
        ) from None
    if not isinstance(found, dict) or found.get("kind") != EnrichmentFile.model_fields["kind"].default:
        raise DesignError(
            "This JSON file is not a saved enrichment design: it does not say so under 'kind'. "
            "Choose a file saved by this page."
        )
    return EnrichmentFile.model_validate(found)


def _refuse(constant: str) -> float:
    raise ValueError(constant)
