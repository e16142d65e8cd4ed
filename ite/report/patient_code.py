"""Python that follows the patients of a design again: the public calls behind its figures, and nothing else."""

from pydantic import Field

from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.spec import DesignSpec
from ite.report.enrichment_code import design_lines, script
from ite.report.literal import call

_ENGINE, _LEVEL = "ite.design.enrichment.patient_comparison", "ite.design.enrichment.patient_level"
_CHARTS = "ite.charts.design_patients"


class PatientRun(DesignSpec):
    """A simulation of single patients with all that is needed to get its figures again.

    Attributes
    ----------
    design
        The design, its strata as the marker's test tells them apart.
    level
        What is assumed of the patients.
    trials, seed
        Of the simulation.
    """

    design: EnrichmentDesign
    level: PatientLevel
    trials: int = Field(ge=100, le=1_000_000)
    seed: int = Field(default=0, ge=0, lt=2**31)


def patient_code(run: PatientRun, table: str) -> str:
    """Return code that makes design and patients, follows them, and prints a table of `ite.charts.design_patients`."""
    level = call(f"{_LEVEL}.PatientLevel", **run.level.model_dump(exclude_defaults=True))
    found = call(f"{_ENGINE}.follow_patients", "design", "level", trials=run.trials, seed=run.seed)
    lines = [*design_lines(run.design), f"level = {level}", f"found = {found}"]
    return script(lines, f"{_CHARTS}.{table}(found)", (_CHARTS, _ENGINE, _LEVEL))
