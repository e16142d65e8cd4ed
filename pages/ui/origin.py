"""Where a result on a page comes from: the file its code reads, and its provenance as of today."""

from datetime import UTC, datetime

from pydantic import BaseModel

from ite.report.provenance import Provenance
from ite.study import Study
from ite.trial.data import TrialData
from ite.trial.samples import SAMPLES


def source(study: Study) -> str:
    """Path that shown code reads: a sample's file in the repository, or the name of the user's own file."""
    files = {sample.key: f"data/{sample.file}" for sample in SAMPLES}
    if study.sample is not None:
        return files[study.sample]
    return study.trial.name if study.trial is not None else ""


def provenance(trial: TrialData, *specs: BaseModel | None, seed: int | None = None) -> Provenance:
    """Trace a result to its trial and settings, made today."""
    return Provenance.of(trial, *specs, seed=seed, on=datetime.now(tz=UTC).date())


def typed(*specs: BaseModel, seed: int | None = None) -> Provenance:
    """Trace a result to assumptions that were typed, without data, made today."""
    return Provenance.typed(*specs, seed=seed, on=datetime.now(tz=UTC).date())
