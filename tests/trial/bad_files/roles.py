"""Roles that fit no trial, or not the table they are given for."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass(frozen=True, kw_only=True)
class BadRoles:
    """Changes to a good table and its good roles, and the words that the sentence must hold."""

    what: str
    mentions: tuple[str, ...]
    roles: dict[str, object] = field(default_factory=dict)
    cells: dict[tuple[int, str], object] = field(default_factory=dict)
    columns: dict[str, object] = field(default_factory=dict)


PATIENTS = 24
GOOD_ROLES: dict[str, object] = {
    "treatment": "arm",
    "control": "placebo",
    "outcome": "score",
    "covariates": ["age", "sex"],
}
TIMED: dict[str, object] = {"outcome": None, "time": "days", "event": "died"}


def good_frame() -> pd.DataFrame:
    """Return a small good trial with a continuous, a binary and a time-to-event outcome."""
    place = np.arange(PATIENTS)
    return pd.DataFrame(
        {
            "id": place + 1,
            "arm": np.where(place % 2 == 0, "placebo", "drug"),
            "age": 40.0 + place,
            "sex": np.where(place % 3 == 0, "male", "female"),
            "score": 10.0 + place % 7,
            "better": np.where(place % 4 == 0, "yes, much", "hardly"),
            "days": 100.0 + 3 * place,
            "died": (place % 5 == 0).astype(int),
            "other": (place % 6 == 1).astype(int),
            "chance_drug": np.full(PATIENTS, 0.5),
            "chance_placebo": np.full(PATIENTS, 0.5),
        }
    )


BAD_ROLES = (
    BadRoles(what="no treatment", roles={"treatment": None}, mentions=("'treatment'",)),
    BadRoles(what="unknown part", roles={"treatmant": "arm"}, mentions=("'treatmant'", "did you mean 'treatment'")),
    BadRoles(what="no covariates", roles={"covariates": []}, mentions=("at least one covariate",)),
    BadRoles(what="covariates as text", roles={"covariates": "age"}, mentions=("'covariates'", "list", "'age'")),
    BadRoles(what="covariate twice", roles={"covariates": ["age", "sex", "age"]}, mentions=("'age'", "more than once")),
    BadRoles(what="outcome and time", roles={"time": "days"}, mentions=("outcome 'score'", "time 'days'")),
    BadRoles(what="no outcome", roles={"outcome": None}, mentions=("neither was given", "time and an event")),
    BadRoles(what="time only", roles={"outcome": None, "time": "days"}, mentions=("only time was given",)),
    BadRoles(what="event only", roles={"outcome": None, "event": "died"}, mentions=("only event was given",)),
    BadRoles(
        what="outcome as covariate", roles={"covariates": ["score"]}, mentions=("'score'", "outcome and covariate")
    ),
    BadRoles(what="treatment as outcome", roles={"outcome": "arm"}, mentions=("'arm'", "both treatment and outcome")),
    BadRoles(what="outcome protected", roles={"protected": ["score"]}, mentions=("'score'", "protected attribute")),
    BadRoles(what="treatment as strata", roles={"strata": "arm"}, mentions=("'arm'", "treatment and strata")),
    BadRoles(
        what="competing as covariate",
        roles={**TIMED, "competing": "other", "covariates": ["age", "other"]},
        mentions=("'other'", "competing and covariate"),
    ),
    BadRoles(
        what="unknown design", roles={"design": "crossover"}, mentions=("'design'", "'crossover'", "'randomized'")
    ),
    BadRoles(what="composite of nothing", roles={**TIMED, "competing_as_event": True}, mentions=("'competing'",)),
    BadRoles(what="event value of an outcome", roles={"event_value": 0}, mentions=("'event_value'", "outcome")),
    BadRoles(what="positive of a time", roles={**TIMED, "positive": "1"}, mentions=("'positive'", "'event_value'")),
    BadRoles(
        what="probabilities above one",
        roles={"randomization": {"placebo": 0.5, "drug": 0.6}},
        mentions=("sum to 1", "1.1"),
    ),
    BadRoles(
        what="probability of zero",
        roles={"randomization": {"placebo": 1, "drug": 0}},
        mentions=("'placebo' is 1", "between 0 and 1"),
    ),
    BadRoles(
        what="probability without control", roles={"randomization": {"drug": 0.5, "x": 0.5}}, mentions=("'placebo'",)
    ),
    BadRoles(
        what="probability of an unknown arm",
        roles={"randomization": {"placebo": 0.5, "drug": 0.25, "dose": 0.25}},
        mentions=("'dose'", "'arm'", "'drug'"),
    ),
    BadRoles(
        what="probability as text",
        roles={"randomization": {"placebo": "half", "drug": 0.5}},
        mentions=("'randomization'", "'half'"),
    ),
    BadRoles(
        what="two kinds of probability",
        roles={"randomization": {"placebo": 0.5, "drug": 0.5}, "propensity": {"drug": "chance_drug"}},
        mentions=("'randomization' or 'propensity'",),
    ),
    BadRoles(
        what="randomised but observational",
        roles={"design": "observational", "randomization": {"placebo": 0.5, "drug": 0.5}},
        mentions=("observational", "'propensity'"),
    ),
    BadRoles(
        what="propensities that do not sum to one",
        roles={"propensity": {"drug": "chance_drug", "placebo": "chance_placebo"}},
        cells={(6, "chance_drug"): 0.4},
        mentions=("0.9", "row 7"),
    ),
    BadRoles(
        what="propensity above one",
        roles={"propensity": {"drug": "chance_drug"}},
        cells={(2, "chance_drug"): 1.2},
        mentions=("row 3", "chance_drug", "1.2"),
    ),
    BadRoles(
        what="propensity missing",
        roles={"propensity": {"drug": "chance_drug"}},
        cells={(9, "chance_drug"): np.nan},
        mentions=("row 10", "chance_drug"),
    ),
    BadRoles(what="no such column", roles={"outcome": "scor"}, mentions=("'scor'", "did you mean 'score'")),
    BadRoles(what="no such covariate", roles={"covariates": ["age", "weight"]}, mentions=("'weight'", "'arm'")),
    BadRoles(what="no such control", roles={"control": "Placebo"}, mentions=("'Placebo'", "'arm'", "mean 'placebo'")),
    BadRoles(what="one arm only", columns={"arm": ["placebo"] * PATIENTS}, mentions=("'arm'", "only 'placebo'")),
    BadRoles(
        what="far too many arms",
        columns={"arm": ["placebo"] + [f"dose {i}" for i in range(PATIENTS - 1)]},
        mentions=("'arm'", "24 different", "20 arms"),
    ),
    BadRoles(
        what="treatment missing",
        cells={(3, "arm"): None, (11, "arm"): "  "},
        mentions=("'arm'", "rows 4 and 12"),
    ),
    BadRoles(
        what="text in the outcome", cells={(5, "score"): "ten"}, mentions=("'score'", "row 6", "'ten'", "outcome")
    ),
    BadRoles(what="text in the time", roles=TIMED, cells={(8, "days"): "3 wk"}, mentions=("'days'", "row 9", "'3 wk'")),
    BadRoles(
        what="text in a covariate", cells={(1, "age"): "n.k."}, mentions=("'age'", "row 2", "'n.k.'", "covariate")
    ),
    BadRoles(what="infinite covariate", cells={(17, "age"): np.inf}, mentions=("'age'", "row 18", "infinite")),
    BadRoles(
        what="infinite as text", cells={(17, "age"): "inf", (0, "age"): "x"}, mentions=("'age'", "row 1", "2 such")
    ),
    BadRoles(what="list in a cell", columns={"age": [[4]] * PATIENTS}, mentions=("'age'", "row 1", "list")),
    BadRoles(what="empty covariate", columns={"age": [np.nan] * PATIENTS}, mentions=("'age'", "no values")),
    BadRoles(what="empty outcome", columns={"score": [np.nan] * PATIENTS}, mentions=("'score'", "no values")),
    BadRoles(what="empty time", roles=TIMED, columns={"days": [np.nan] * PATIENTS}, mentions=("'days'", "no values")),
    BadRoles(what="empty event", roles=TIMED, columns={"died": [None] * PATIENTS}, mentions=("'died'", "no values")),
    BadRoles(
        what="two texts without positive",
        roles={"outcome": "better"},
        mentions=("'better'", "'hardly'", "'yes, much'", "'positive'"),
    ),
    BadRoles(
        what="positive that is not there",
        roles={"outcome": "better", "positive": "hardy"},
        mentions=("'hardy'", "'better'", "did you mean 'hardly'"),
    ),
    BadRoles(
        what="positive of three levels",
        roles={"outcome": "better", "positive": "hardly"},
        cells={(2, "better"): "perhaps"},
        mentions=("'better'", "has 3", "'perhaps'"),
    ),
    BadRoles(
        what="event value that is not there",
        roles={**TIMED, "event_value": "dead"},
        mentions=("'dead'", "'died'", "'0' and '1'"),
    ),
    BadRoles(
        what="third event value",
        roles=TIMED,
        cells={(13, "died"): 2},
        mentions=("'died'", "'2'", "row 14", "competing"),
    ),
    BadRoles(
        what="competing value",
        roles={**TIMED, "competing": "other"},
        cells={(4, "other"): 3},
        mentions=("'other'", "row 5", "'3'"),
    ),
    BadRoles(
        what="too many categories",
        columns={"sex": [f"remark {i}" for i in range(PATIENTS)]},
        mentions=("'sex'", "24 different", "categories"),
    ),
)
