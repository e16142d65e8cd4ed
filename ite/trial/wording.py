"""What the names of columns and levels usually mean, ADaM's included."""

import re

ID_NAMES = (
    "usubjid",
    "subjid",
    "patient_id",
    "subject_id",
    "participant_id",
    "pat_id",
    "patid",
    "pid",
    "id",
    "patient",
)
TREATMENT_NAMES = (
    *("trt01p", "trtp", "trt01a", "trta", "arm", "actarm", "treatment_arm", "treatment", "trt", "treat", "rx"),
    *("study_arm", "treatment_group", "randomized_arm", "randomised_arm", "allocation", "intervention", "group"),
)
CONTROL_WORDS = (
    *("placebo", "control", "controls", "ctrl", "sham", "vehicle", "obs", "observation", "untreated", "no treatment"),
    *("standard of care", "standard", "soc", "usual care", "usual", "comparator", "none", "no", "false", "0"),
)
OUTCOME_NAMES = (
    *("outcome", "primary_outcome", "endpoint", "response", "responder", "aval", "chg", "change", "result", "success"),
    *("cured", "improved", "y"),
)
EVENT_NAMES = (
    *("event", "status", "evt", "failure", "died", "death", "dead", "deceased", "relapse", "recurrence", "progression"),
    *("cnsr", "censored", "censor", "cens"),
)
TIME_NAMES = (
    *("time", "aval", "futime", "follow_up", "followup", "survival", "survival_time", "surv_time", "survtime", "tte"),
    *("duration", "days", "weeks", "months", "years", "time_to_event", "event_time", "follow_up_time", "followup_time"),
)
TIME_WORDS = frozenset({"time", "days", "day", "weeks", "months", "years", "tte", "t", "duration", "to", "dur"})
EVENT_WORDS = frozenset(
    {"event", "status", "evt", "indicator", "flag", "observed", "cens", "censored", "cnsr", "censor"}
)
CENSOR_WORDS = frozenset({"cens", "censored", "cnsr", "censor", "censoring"})
DEATH_WORDS = frozenset({"death", "died", "dead", "deceased", "dth", "dthfl", "mortality"})
OUTCOME_WORDS = frozenset(
    {
        *DEATH_WORDS,
        *CENSOR_WORDS,
        *("event", "outcome", "endpoint", "relapse", "relapsed", "recurrence", "recurred", "progression", "progressed"),
        *("response", "responder", "survival", "os", "pfs", "dfs", "efs", "followup", "fu", "discharge", "dropout"),
        *(
            "discontinued",
            "withdrawn",
            "withdrawal",
            "change",
            "chg",
            "pchg",
            "final",
            "post",
            "posttreatment",
            "toxicity",
        ),
    }
)
LATER_VISIT = re.compile(r"(?:^|_)(?:week|wk|month|mo|day|visit|year|yr)_?[1-9]\d*(?:_|$)")
ADAM_LEFT_OUT = frozenset(
    {
        *(
            "avalc",
            "avalu",
            "param",
            "paramcd",
            "adt",
            "adtm",
            "ady",
            "astdt",
            "aendt",
            "startdt",
            "evntdesc",
            "cnsdtdsc",
        ),
        *(
            "studyid",
            "domain",
            "siteid",
            "chg",
            "pchg",
            "anl01fl",
            "trtsdt",
            "trtedt",
            "trtsdtm",
            "trtedtm",
            "lstalvdt",
        ),
        *("eosstt", "eotstt", "dcsreas", "dctreas", "dcreascd", "dcdecod", "trtdurd", "avgdd", "cumdose", "dthcaus"),
        *("arm", "armcd", "actarm", "actarmcd", "trtseqp", "trtseqa", "trt01p", "trt01a", "trt01an"),
    }
)
PROTECTED_WORDS = frozenset({"sex", "gender", "race", "ethnicity", "ethnic", "ethnicgrp", "religion", "disability"})
STRATA_WORDS = frozenset({"stratum", "strata", "stratification", "strat", "stratum1"})
CLUSTER_WORDS = frozenset({"cluster", "village", "school", "ward", "household"})
EVENT_LEVELS = frozenset(
    {"event", "dead", "died", "death", "deceased", "yes", "true", "relapse", "relapsed", "progressed"}
)
ADVERSE_WORDS = frozenset(
    {
        *DEATH_WORDS,
        *(
            "relapse",
            "recurrence",
            "progression",
            "failure",
            "hospitalized",
            "hospitalised",
            "infection",
            "pain",
            "event",
        ),
    }
)


def plain(name: str) -> str:
    """Return a name in lower case with single underscores for everything that is no letter or digit."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^a-z0-9]+", "_", parted.lower()).strip("_")


def words(name: str) -> frozenset[str]:
    """Return the words of a name: those between underscores, spaces, points and humps."""
    return frozenset(plain(name).split("_"))


def stem(name: str, *, without: frozenset[str]) -> str:
    """Return the name without the given words: "recurrence_days" and "recurrence" have the same stem."""
    return "_".join(word for word in plain(name).split("_") if word not in without)
