"""Where a result comes from: enough to find the data, the settings and the release again."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import BaseModel

from ite.trial.data import TrialData
from ite.version import RESULTS_VERSION, __version__

DIGEST_SHOWN = 12
TYPED = "typed assumptions, no data"
_FOOTER_SETTINGS = ("learner", "horizon", "by", "arm", "name", "axis", "lower", "upper", "levels", "seed")


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """The origin of one result; travels with each of its exports.

    Attributes
    ----------
    data, digest
        Name of the data and SHA-256 of the columns in use with their roles; without data, of the settings.
    patients : int or None
        Number of patients in the trial; None without data.
    roles, spec : str
        JSON of the roles, and of the settings under the names of their specifications; `spec` is "{}" where there is
        nothing to set.
    seed : int or None
        Seed of the random choices; None where there are none.
    made_on : date or None
        Day of the export. An argument, since the library has no clock.
    version, results_version
        Release, and generation of numbers, that made the result.
    """

    data: str
    digest: str
    patients: int | None
    roles: str
    spec: str = "{}"
    seed: int | None = None
    made_on: date | None = None
    version: str = __version__
    results_version: int = RESULTS_VERSION

    @classmethod
    def of(cls, trial: TrialData, *specs: BaseModel | None, seed: int | None = None, on: date | None) -> Self:
        """Trace a result to its trial and its settings, such as those of the effects and then the slice.

        `seed` is needed only where no specification holds one; `on` is the day.
        """
        given = [spec for spec in specs if spec is not None]
        seeds = [seed, *(getattr(spec, "seed", None) for spec in given)]
        return cls(
            data=trial.name,
            digest=trial.digest,
            patients=trial.n,
            roles=trial.roles.model_dump_json(exclude_defaults=True),
            spec=_json_of(given),
            seed=next((known for known in seeds if known is not None), None),
            made_on=on,
        )

    @classmethod
    def typed(cls, *specs: BaseModel, seed: int | None = None, on: date | None) -> Self:
        """Trace a result to assumptions that were typed, such as those of a design; `on` is the day."""
        spec = _json_of(specs)
        digest = hashlib.sha256(spec.encode()).hexdigest()
        return cls(data=TYPED, digest=digest, patients=None, roles="{}", spec=spec, seed=seed, made_on=on)

    @property
    def footer(self) -> str:
        """One line for the foot of a figure, a slide or a page."""
        size = "" if self.patients is None else f"n = {self.patients:,}, "
        parts = [f"Data: {self.data} ({size}{self.digest[:DIGEST_SHOWN]})", self._settings()]
        parts.append(f"Stratagem {self.version}, results version {self.results_version}")
        if self.made_on is not None:
            parts.append(self.made_on.isoformat())
        return " · ".join(part for part in parts if part)

    def to_json(self) -> str:
        """Return everything as indented JSON, settings and roles as objects."""
        return json.dumps(
            {
                "data": {"name": self.data, "sha256": self.digest, "patients": self.patients},
                "roles": json.loads(self.roles),
                "settings": json.loads(self.spec),
                "seed": self.seed,
                "stratagem": {"version": self.version, "results_version": self.results_version},
                "made_on": None if self.made_on is None else self.made_on.isoformat(),
            },
            indent=2,
            ensure_ascii=False,
        )

    def _settings(self) -> str:
        settings = {name: value for spec in json.loads(self.spec).values() for name, value in spec.items()}
        settings["seed"] = self.seed
        return ", ".join(
            f"{name} {_words(settings[name])}" for name in _FOOTER_SETTINGS if settings.get(name) is not None
        )


def _json_of(specs: Sequence[BaseModel]) -> str:
    return json.dumps({type(spec).__name__: spec.model_dump(mode="json") for spec in specs})


def _words(value: object) -> str:
    if isinstance(value, list):
        return " or ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value).replace("_", " ")
