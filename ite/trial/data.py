"""One trial, read and typed: the value that every later step starts from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np
import pandas as pd

from ite.errors import RoleError
from ite.trial import columns
from ite.trial.arms import find_arms, known_propensity
from ite.trial.columns import BoolArray, FloatArray, IntArray
from ite.trial.endpoint import (
    OutcomeKind,
    competing_indicator,
    event_indicator,
    follow_up_time,
    outcome_kind,
    outcome_values,
)
from ite.trial.labels import called, closest, shown, shown_list
from ite.trial.receipt import received_arm, switching_time
from ite.trial.roles import Roles

__all__ = ["BoolArray", "FloatArray", "IntArray", "OutcomeKind", "TrialData"]

MAX_CATEGORIES = 500


@dataclass(frozen=True, kw_only=True, eq=False)
class TrialData:
    """A trial as patients x columns with a part for each column.

    Attributes
    ----------
    frame : DataFrame, one row per patient
        The columns named in the roles, in the order of the file, with a fresh RangeIndex: numbers, or stripped text
        with missing values.
    roles : Roles
    arms : tuple of str
        Levels of the treatment column, control first, then in order of first appearance.
    outcome_kind : continuous, binary or time_to_event
    name : str
        What the user calls the data: the file's or the sample's name.
    digest : str
        SHA-256 of the columns in use and the roles, in hex; names the data in every provenance line.
    labels : mapping of str to str
        What the file itself calls its columns; for words only.
    """

    frame: pd.DataFrame
    roles: Roles
    arms: tuple[str, ...]
    outcome_kind: OutcomeKind
    name: str
    digest: str
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_frame(
        cls, frame: pd.DataFrame, roles: Roles, name: str = "data frame", labels: Mapping[str, str] | None = None
    ) -> Self:
        """Return the trial that a table of one row per patient and the roles of its columns describe.

        Levels are compared as stripped text. The table is copied; unused columns are dropped.

        Raises
        ------
        RoleError
            Where a column is not there, or does not hold what its part needs: column, row and value are named.
        """
        used = _used_columns(frame, roles)
        trial = cls(
            frame=used,
            roles=roles,
            arms=find_arms(used, roles),
            outcome_kind=outcome_kind(used, roles),
            name=name,
            digest=_digest(used, roles),
            labels=_labels({column: label for column, label in (labels or {}).items() if column in used}, roles),
        )
        trial._read_all_parts()
        return trial

    def _read_all_parts(self) -> None:
        """Read every part once, so that a trial that exists has no column that a later step cannot read."""
        _ = (self._covariates, self.outcome_missing, self.known_propensity, self.received, self.switch_time)
        if self.outcome_kind == "time_to_event":
            competing_indicator(self.frame, self.roles, self.event)

    def only(self, rows: BoolArray, words: str) -> Self:
        """Return the trial of some of its patients: the same arms and roles, its name ending with `words`.

        Parameters
        ----------
        rows : array of bool, shape (n,)
            Patients to keep; some of every arm.
        """
        frame = self.frame.loc[rows].reset_index(drop=True)
        return replace(self, frame=frame, digest=_digest(frame, self.roles), name=f"{self.name}: {words}")

    @property
    def n(self) -> int:
        """Number of patients."""
        return len(self.frame)

    @property
    def control(self) -> str:
        """Label of the control arm."""
        return self.arms[0]

    @property
    def treated_arms(self) -> tuple[str, ...]:
        """Labels of the arms compared with control."""
        return self.arms[1:]

    @property
    def arm_index(self) -> IntArray:
        """Index into `arms` of each patient's arm; 0 is control. Shape (n,)."""
        return (
            pd.Index(self.arms)
            .get_indexer(pd.Index(columns.as_text(self.frame[self.roles.treatment])))
            .astype(np.int64)
        )

    def spoken(self, column: str | None) -> str:
        """Return what running text calls a column: its label in the file, else its name without underscores."""
        return called(column, self.labels)

    def codes(self, column: str) -> IntArray:
        """Return the values of a column such as strata or cluster as codes from 0, missing being one. Shape (n,)."""
        return pd.factorize(self.frame[column], use_na_sentinel=False, sort=False)[0].astype(np.int64)

    @property
    def covariates(self) -> pd.DataFrame:
        """Baseline covariates in the order of the roles, missing values as they are.

        Numeric, true/false and numbers kept as text are float64; all else is a pandas category of text.
        """
        return self._covariates.copy(deep=False)

    @cached_property
    def _covariates(self) -> pd.DataFrame:
        typed = {name: columns.covariate(self.frame[name]) for name in self.roles.covariates}
        for name, column in typed.items():
            if not column.notna().any():
                raise RoleError(f"The covariate {shown(name)} has no values at all; leave it out.")
            if isinstance(column.dtype, pd.CategoricalDtype) and len(column.cat.categories) > MAX_CATEGORIES:
                raise RoleError(
                    f"The covariate {shown(name)} has {len(column.cat.categories)} different texts, more than the "
                    f"{MAX_CATEGORIES} categories that can be used; group its values or leave it out."
                )
        return pd.DataFrame(typed, index=self.frame.index)

    @property
    def outcome(self) -> FloatArray:
        """Continuous or 0/1 outcome as observed (not turned towards benefit), NaN where missing. Shape (n,)."""
        return outcome_values(self.frame, self.roles)

    @property
    def time(self) -> FloatArray:
        """Follow-up time, NaN where missing. Shape (n,)."""
        return follow_up_time(self.frame, self.roles)

    @property
    def event(self) -> FloatArray:
        """1 = event, 0 = censored, NaN = missing (composite if the roles say so). Shape (n,)."""
        return event_indicator(self.frame, self.roles)

    @property
    def outcome_missing(self) -> BoolArray:
        """Whether the outcome (or time or event) is missing. Shape (n,)."""
        if self.outcome_kind == "time_to_event":
            return np.isnan(self.time) | np.isnan(self.event)
        return np.isnan(self.outcome)

    @property
    def received(self) -> IntArray | None:
        """Index into `arms` of the arm whose treatment each patient had, shape (n,); None where no role says it."""
        return received_arm(self.frame, self.roles, self.arms)

    @property
    def switch_time(self) -> FloatArray | None:
        """When each patient switched to treatment, NaN for never, shape (n,); None where no role says it."""
        return switching_time(self.frame, self.roles)

    @property
    def known_propensity(self) -> FloatArray | None:
        """Known probability of each arm, shape (n, arms), or None where the roles give none."""
        return known_propensity(self.frame, self.roles, self.arms)


def _used_columns(frame: pd.DataFrame, roles: Roles) -> pd.DataFrame:
    if frame.columns.nlevels > 1:
        raise RoleError("The table should have one row of column names, but its columns have several levels.")
    names = [str(column) for column in frame.columns]
    absent = [column for column in roles.columns if column not in names]
    if absent:
        hint = closest(absent[0], names)
        raise RoleError(
            f"There is no column {shown_list(absent)} in the table{hint}; "
            f"its columns are {shown_list(names, limit=12)}."
        )
    repeated = [column for column in roles.columns if names.count(column) > 1]
    if repeated:
        raise RoleError(f"The column name {shown(repeated[0])} occurs more than once; give each column its own name.")
    if frame.empty:
        raise RoleError("The table should have one row per patient, but has no rows.")
    wanted = set(roles.columns)
    used = {name: columns.clean(frame.iloc[:, place], name) for place, name in enumerate(names) if name in wanted}
    return pd.DataFrame(used)


def _labels(labels: dict[str, str], roles: Roles) -> dict[str, str]:
    """Return what columns are called; an outcome counted in responders by what a response is."""
    if roles.responder is None or roles.outcome is None:
        return labels
    return labels | {roles.outcome: roles.responder.words(called(roles.outcome, labels))}


def _digest(frame: pd.DataFrame, roles: Roles) -> str:
    """Return the SHA-256 of roles and columns; the order of the file's columns and their number type do not matter."""
    # A part that came later and is not used leaves the digest of older trials as it was.
    unused = {part for part in ("responder", "received", "switch_time") if getattr(roles, part) is None}
    total = hashlib.sha256(json.dumps(roles.model_dump(mode="json", exclude=unused), sort_keys=True).encode())
    for name in sorted(frame.columns):
        column = frame[name]
        total.update(b"\x1e" + json.dumps(name).encode() + b"\x1f")
        if columns.is_number(column):
            numbers = column.to_numpy(dtype="<f8", na_value=np.nan) + 0.0
            total.update(np.where(np.isnan(numbers), np.nan, numbers).astype("<f8").tobytes())
        else:
            total.update(
                json.dumps(
                    [None if missing else str(text) for text, missing in zip(column, column.isna(), strict=True)]
                ).encode()
            )
    return total.hexdigest()
