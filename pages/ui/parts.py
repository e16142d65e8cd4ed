"""The table in which a user gives each column its part, and the roles that follow from it. Draws nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from ite.errors import RoleError
from ite.trial.guess import RoleGuess
from ite.trial.labels import label_text, shown, shown_list
from ite.trial.roles import Design, Roles

NOT_USED = "Not used"
COVARIATE = "Covariate (baseline)"
SINGLE = {
    "treatment": "Treatment",
    "outcome": "Outcome (number or two levels)",
    "time": "Time to event",
    "event": "Event indicator",
    "competing": "Competing event",
    "received": "Treatment received",
    "switch_time": "Time of switching to treatment",
    "id": "Patient id",
    "cluster": "Cluster (site)",
}
PARTS = (NOT_USED, COVARIATE, *SINGLE.values())
EXAMPLES_SHOWN = 3
LEVELS_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Parts as guessed or as last used, which a user then corrects.

    Attributes
    ----------
    parts, reasons
        Part of each column as in `PARTS`, and why it was guessed.
    notes
        Why this control arm and this outcome, a sentence each.
    """

    parts: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    protected: tuple[str, ...] = ()
    control: str | None = None
    event_value: str | None = None
    positive: str | None = None
    higher_is_better: bool | None = None
    strata: str | None = None
    randomization: dict[str, float] | None = None
    competing_as_event: bool = False
    propensity: dict[str, str] | None = None
    design: Design = "randomized"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the parts alone do not say."""

    control: str | None = None
    event_value: str | None = None
    positive: str | None = None
    higher_is_better: bool = True
    strata: str | None = None
    randomization: dict[str, float] | None = None
    competing_as_event: bool = False
    propensity: dict[str, str] | None = None
    design: Design = "randomized"


def draft_of(roles: Roles) -> Draft:
    """Return the draft that leads to these roles again."""
    parts = dict.fromkeys(roles.covariates, COVARIATE)
    for name, label in SINGLE.items():
        if (column := getattr(roles, name)) is not None:
            parts[column] = label
    return Draft(
        parts=parts,
        protected=roles.protected,
        control=roles.control,
        event_value=roles.event_value,
        positive=roles.positive,
        higher_is_better=(roles.responder or roles).higher_is_better,
        strata=roles.strata,
        randomization=roles.randomization,
        competing_as_event=roles.competing_as_event,
        propensity=roles.propensity,
        design=roles.design,
    )


def draft_from_guess(guess: RoleGuess) -> Draft:
    """Return a guess as a draft; columns that were left out keep the reason for it."""
    labels = {"covariate": COVARIATE, **SINGLE}
    parts = {each.column: labels.get(each.part, NOT_USED) for each in guess.columns}
    if guess.cluster is not None and parts.get(guess.cluster, NOT_USED) == NOT_USED:
        parts[guess.cluster] = SINGLE["cluster"]
    return Draft(
        parts=parts,
        reasons={each.column: each.reason for each in guess.columns},
        protected=guess.protected,
        control=guess.control,
        event_value=guess.event_value,
        positive=guess.positive,
        higher_is_better=guess.higher_is_better,
        strata=guess.strata,
        notes=tuple(note for note in (guess.control_reason, guess.endpoint_reason) if note),
    )


def part_table(frame: pd.DataFrame, draft: Draft, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return one row per column of the file: column, its label where the file has one, examples, part, and why."""
    columns = [str(column) for column in frame.columns]
    return pd.DataFrame(
        {
            "column": columns,
            "label": [labels.get(column, "") for column in columns],
            "examples": [_examples(frame[column]) for column in frame.columns],
            "part": [draft.parts.get(column, NOT_USED) for column in columns],
            "protected": [column in draft.protected for column in columns],
            "reason": [draft.reasons.get(column, "") for column in columns],
        }
    )


def column_of(table: pd.DataFrame, name: str) -> str | None:
    """Return the column that plays a part, None where there is none.

    Raises
    ------
    RoleError
        Where several columns have a part that only one can have.
    """
    found = [str(column) for column in table.loc[table["part"] == SINGLE[name], "column"]]
    if len(found) > 1:
        raise RoleError(
            f"Only one column can be the part '{SINGLE[name]}', but {shown_list(found)} are; set the others to "
            f"'{NOT_USED}'."
        )
    return found[0] if found else None


def levels(frame: pd.DataFrame, column: str | None) -> list[str]:
    """Return the different values of a column as text, in order of first appearance, at most twenty."""
    if column is None:
        return []
    return list(dict.fromkeys(label_text(value) for value in frame[column].dropna().unique()[:LEVELS_SHOWN]))


def roles_from(table: pd.DataFrame, answers: Answers) -> Roles:
    """Return the roles that a filled-in part table and its answers describe.

    Raises
    ------
    RoleError
        Where a part is missing, given twice, or does not fit the others.
    """
    single = {name: column_of(table, name) for name in SINGLE}
    covariates = tuple(str(column) for column in table.loc[table["part"] == COVARIATE, "column"])
    treatment = single.pop("treatment")
    if treatment is None:
        raise RoleError(f"No column is the treatment yet; give one column the part '{SINGLE['treatment']}'.")
    if answers.control is None:
        raise RoleError(f"The control arm is not chosen yet; choose a level of {shown(treatment)}.")
    if not covariates:
        raise RoleError(
            f"No column is a covariate yet, so patients cannot be told apart; give at least one column the part "
            f"'{COVARIATE}'."
        )
    two_level = single["outcome"] is not None and answers.positive is not None
    return Roles(
        treatment=treatment,
        control=answers.control,
        covariates=covariates,
        protected=tuple(str(column) for column in table.loc[table["protected"], "column"]),
        event_value=(answers.event_value or "1") if single["event"] is not None else "1",
        positive=answers.positive if two_level else None,
        higher_is_better=answers.higher_is_better,
        strata=answers.strata,
        randomization=answers.randomization,
        competing_as_event=answers.competing_as_event and single["competing"] is not None,
        propensity=answers.propensity,
        design=answers.design,
        **single,
    )


def _examples(column: pd.Series) -> str:
    known = column.dropna()
    text = ", ".join(label_text(value) for value in known.unique()[:EXAMPLES_SHOWN])
    missing = len(column) - len(known)
    return f"{text} ({missing:,} missing)" if missing else text
