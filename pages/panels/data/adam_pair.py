"""A pair of ADaM files held by the session: found among the uploads, joined, and let go. Draws nothing."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from ite.errors import ReadError
from ite.study import with_table
from ite.trial import adam_choices
from ite.trial.adam import AdamJoin, match_adam
from ite.trial.table import Table
from pages.ui import state

_HELD, _SEEN = "adam_pair", "upload_seen"
_RANDOMISED = ("ITTFL", "FASFL")


@dataclass(frozen=True, kw_only=True, eq=False)
class Pair:
    """A file of subjects and one of an endpoint, under a key of their own, with the join that is in use."""

    subjects: Table
    endpoint: Table
    key: str = ""
    spec: AdamJoin | None = None


def pair_of(first: Table, second: Table) -> Pair | None:
    """Return the two tables as a pair, whichever comes first; None where they do not belong together."""
    for subjects, endpoint in ((first, second), (second, first)):
        if adam_choices.is_subjects(subjects.frame) and adam_choices.is_endpoint(endpoint.frame):
            return Pair(subjects=subjects, endpoint=endpoint)
    return None


def pair_with_earlier(table: Table) -> Pair | None:
    """Return the pair that a file makes with what was uploaded before it; None where it stands alone."""
    pair, before = held(), state.load().table
    earlier = [pair.subjects, pair.endpoint] if pair else [before] if before is not None else []
    return next((found for other in earlier if (found := pair_of(other, table)) is not None), None)


def held() -> Pair | None:
    """Return the pair behind the table in use, if there is one; a sample has no table."""
    pair = state.recall(_HELD)
    return pair if isinstance(pair, Pair) and state.load().table is not None else None


def hold(pair: Pair, key: str) -> None:
    """Join a pair as a first guess, for a user to change: the first parameter that fits, at its last visit.

    Raises
    ------
    ReadError
        Where no parameter can be joined, saying why the first cannot.
    """
    flags = adam_choices.populations(pair.subjects.frame)
    population = next((flag for flag in _RANDOMISED if flag in flags), None)
    refusals = []
    for parameter in adam_choices.parameters(pair.endpoint.frame):
        visits = adam_choices.visits(pair.endpoint.frame, parameter)
        spec = AdamJoin(parameter=parameter, visit=visits[-1] if visits else None, population=population)
        try:
            use(replace(pair, key=key), spec)
        except ReadError as error:
            refusals.append(error)
        else:
            return
    raise (
        refusals[0] if refusals else ReadError("The endpoint file should name its parameters in PARAMCD, but has none.")
    )


def use(pair: Pair, spec: AdamJoin) -> None:
    """Hold the pair with this join; the joined table waits for its roles.

    Raises
    ------
    ReadError
        Where the files cannot be joined so; nothing changes then.
    """
    match = match_adam(pair.subjects.frame, pair.endpoint.frame, spec)
    words = adam_choices.parameters(pair.endpoint.frame)[spec.parameter]
    labels = {**pair.endpoint.labels, **pair.subjects.labels, "AVAL": words, "EVENT": f"Event of {words}"}
    table = Table(
        frame=match.frame,
        name=joined_name(pair, spec),
        kind="ADaM files joined by subject",
        notes=tuple(dict.fromkeys((*pair.subjects.notes, *pair.endpoint.notes))),
        labels={column: label for column, label in labels.items() if column in match.frame},
    )
    state.remember(_HELD, replace(pair, spec=spec))
    state.remember(_SEEN, f"{pair.key} {spec.model_dump_json()}")
    state.save(with_table(state.load(), table))


def let_go() -> None:
    """Forget the pair: another file took its place."""
    state.remember(_HELD, None)


def joined_name(pair: Pair, spec: AdamJoin) -> str:
    """Name of the joined table: that of the file which shown code writes and reads."""
    parts = [PurePath(pair.subjects.name).stem, PurePath(pair.endpoint.name).stem, spec.parameter, spec.visit or ""]
    return re.sub(r"[^\w.-]+", " ", " ".join(parts)).strip() + ".parquet"
