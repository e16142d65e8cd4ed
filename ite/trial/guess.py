"""A first guess at the parts of a table's columns, each with its reason; the user has the last word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from ite.trial import wording
from ite.trial.arms import MAX_ARMS
from ite.trial.columns import as_text, clean, is_number
from ite.trial.guess_covariates import reason_against
from ite.trial.guess_endpoint import EndpointGuess, event_columns, guess_endpoint
from ite.trial.labels import shown
from ite.trial.roles import Roles
from ite.trial.wording import plain, words

Part = Literal["id", "treatment", "outcome", "time", "event", "competing", "covariate", "left out"]


@dataclass(frozen=True, kw_only=True)
class ColumnGuess:
    """The part one column seems to play, and why."""

    column: str
    part: Part
    reason: str


@dataclass(frozen=True, kw_only=True)
class RoleGuess:
    """The pieces of a `Roles` as far as they could be guessed.

    Attributes
    ----------
    columns : tuple of ColumnGuess
        One for each column, in the order of the table.
    control_reason, endpoint_reason : str
        Why this control level and this outcome, as a sentence.
    treatment, control, ... : as in `Roles`
        None, or empty, where nothing fits.
    """

    columns: tuple[ColumnGuess, ...]
    treatment: str | None = None
    control: str | None = None
    control_reason: str = ""
    outcome: str | None = None
    time: str | None = None
    event: str | None = None
    event_value: str = "1"
    positive: str | None = None
    higher_is_better: bool = True
    endpoint_reason: str = ""
    covariates: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    id: str | None = None
    strata: str | None = None
    cluster: str | None = None
    competing: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether nothing that `Roles` needs is missing."""
        endpoint = self.outcome is not None or (self.time is not None and self.event is not None)
        return self.treatment is not None and self.control is not None and endpoint and bool(self.covariates)

    def roles(self) -> Roles | None:
        """Return the guess as roles, or None where it is incomplete."""
        if not self.is_complete or self.treatment is None or self.control is None:
            return None
        return Roles(
            treatment=self.treatment,
            control=self.control,
            outcome=self.outcome,
            time=self.time,
            event=self.event,
            event_value=self.event_value,
            positive=self.positive,
            higher_is_better=self.higher_is_better,
            covariates=self.covariates,
            protected=self.protected,
            id=self.id,
            strata=self.strata,
            cluster=self.cluster,
            competing=self.competing,
        )


def guess_roles(frame: pd.DataFrame) -> RoleGuess:
    """Return the most likely part of each column, by its name and values; pieces stay None where nothing fits."""
    frame = frame.set_axis([str(name) for name in frame.columns], axis="columns")
    names = list(frame.columns)
    found: dict[str, ColumnGuess] = {}
    patient = _guess_id(frame, names)
    treatment = _guess_treatment(frame, names)
    control, control_reason = _guess_control(frame, treatment)
    endpoint = guess_endpoint(frame, [name for name in names if name not in {patient, treatment}])
    _note(found, patient, "id", "It names the patient.")
    _note(found, treatment, "treatment", "It is named like a treatment and has a few levels.")
    _note(found, endpoint.outcome, "outcome", endpoint.reason)
    _note(found, endpoint.time, "time", endpoint.reason)
    _note(found, endpoint.event, "event", endpoint.reason)
    competing = _guess_competing(frame, [name for name in names if name not in found], endpoint)
    _note(found, competing, "competing", "It marks deaths, which prevent the event.")
    for name in names:
        if name not in found:
            against = reason_against(frame, name, treatment)
            _note(found, name, "left out" if against else "covariate", against or "Nothing speaks against it.")
    covariates = tuple(name for name in names if found[name].part == "covariate")
    return RoleGuess(
        columns=tuple(found[name] for name in names),
        treatment=treatment,
        control=control,
        control_reason=control_reason,
        outcome=endpoint.outcome,
        time=endpoint.time,
        event=endpoint.event,
        event_value=endpoint.event_value,
        positive=endpoint.positive,
        higher_is_better=endpoint.higher_is_better,
        endpoint_reason=endpoint.reason,
        covariates=covariates,
        protected=tuple(name for name in covariates if words(name) & wording.PROTECTED_WORDS),
        id=patient,
        strata=_with_word(covariates, wording.STRATA_WORDS),
        cluster=_with_word([name for name in names if name not in covariates], wording.CLUSTER_WORDS),
        competing=competing,
    )


def _note(found: dict[str, ColumnGuess], column: str | None, part: Part, reason: str) -> None:
    if column is not None:
        found[column] = ColumnGuess(column=column, part=part, reason=reason)


def _with_word(names: Sequence[str], sought: frozenset[str]) -> str | None:
    return next((name for name in names if words(name) & sought), None)


def _first_named(names: Sequence[str], ranked: Sequence[str]) -> list[str]:
    by_name = {plain(name): name for name in reversed(names)}
    return [by_name[name] for name in ranked if name in by_name]


def _guess_id(frame: pd.DataFrame, names: Sequence[str]) -> str | None:
    named = _first_named(names, wording.ID_NAMES)
    worded = [name for name in names if plain(name).endswith("_id") and frame[name].is_unique]
    return next((name for name in (*named, *worded) if frame[name].nunique() * 2 > len(frame)), None)


def _guess_treatment(frame: pd.DataFrame, names: Sequence[str]) -> str | None:
    named = _first_named(names, wording.TREATMENT_NAMES)
    worded = [
        name for name in names if words(name) & {"arm", "treatment", "trt", "treated", "randomized", "randomised"}
    ]
    return next((name for name in (*named, *worded) if 2 <= frame[name].nunique() <= MAX_ARMS), None)


def _guess_control(frame: pd.DataFrame, treatment: str | None) -> tuple[str | None, str]:
    if treatment is None:
        return None, "No column is named like a treatment."
    levels = [str(level) for level in as_text(clean(frame[treatment], treatment)).dropna().unique()]
    for word in wording.CONTROL_WORDS:
        for level in levels:
            if level.lower() == word or word in plain(level).replace("_", " ").split():
                return level, f"{shown(level)} is a usual word for a control arm."
    for level in levels:
        if all(level.lower() in other.lower() for other in levels):
            return level, f"The other arms are {shown(level)} with something added."
    return levels[0], f"No level is a usual word for a control arm; {shown(levels[0])} comes first."


def _guess_competing(frame: pd.DataFrame, names: Sequence[str], endpoint: EndpointGuess) -> str | None:
    """Return a 0/1 column of deaths, where the event itself is not a death."""
    if endpoint.event is None or words(endpoint.event) & wording.DEATH_WORDS:
        return None
    deaths = [name for name in event_columns(frame, names) if words(name) & wording.DEATH_WORDS]
    return next((name for name in deaths if is_number(frame[name]) and set(frame[name].dropna()) == {0, 1}), None)
