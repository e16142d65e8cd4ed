"""What there is to choose when two ADaM files are joined: the parameters, their visits, and the populations."""

import re

import pandas as pd

from ite.trial.columns import as_text, clean

SUBJECT = "USUBJID"
ANALYSED = "ANL01FL"
_TREATMENT = re.compile(r"TRT\d\d[PA]N?|ARM|ACTARM")
_POPULATION = re.compile(r"(?:ITT|MITT|FAS|SAF|EFF|PPROT|PP|RAND|COMPLT|ENRL|DLT)\w*FL")


def is_subjects(frame: pd.DataFrame) -> bool:
    """Whether a table looks like ADSL: each subject once, with a treatment, and no records of parameters."""
    names = set(frame.columns)
    treated = any(_TREATMENT.fullmatch(name) for name in names)
    return SUBJECT in names and treated and not {"PARAMCD", "AVAL"} & names and bool(frame[SUBJECT].is_unique)


def is_endpoint(frame: pd.DataFrame) -> bool:
    """Whether a table looks like records of parameters, such as ADTTE, ADEFF or ADRS."""
    names = set(frame.columns)
    return {SUBJECT, "PARAMCD"} <= names and bool({"AVAL", "AVALC"} & names)


def parameters(endpoint: pd.DataFrame) -> dict[str, str]:
    """Return each value of PARAMCD with the PARAM that spells it out, in the order of the file."""
    codes = as_text(clean(endpoint["PARAMCD"], "PARAMCD"))
    words = as_text(clean(endpoint["PARAM"], "PARAM")) if "PARAM" in endpoint else codes
    both = pd.DataFrame({"code": codes, "words": words.fillna(codes)}).dropna().drop_duplicates("code")
    return dict(zip(both["code"], both["words"], strict=True))


def visits(endpoint: pd.DataFrame, parameter: str) -> tuple[str, ...]:
    """Return the visits at which a parameter was recorded, in their order; none where the file knows no visits."""
    if "AVISIT" not in endpoint:
        return ()
    rows = endpoint[(as_text(clean(endpoint["PARAMCD"], "PARAMCD")) == parameter).to_numpy(dtype=bool, na_value=False)]
    if "AVISITN" in rows:
        rows = rows.sort_values("AVISITN", kind="stable")
    return tuple(dict.fromkeys(as_text(clean(rows["AVISIT"], "AVISIT")).dropna()))


def populations(subjects: pd.DataFrame) -> tuple[str, ...]:
    """Return the columns that mark who belongs to a population, such as ITTFL, where they are Y for some."""
    flags = [str(name) for name in subjects.columns if _POPULATION.fullmatch(str(name))]
    return tuple(name for name in flags if (as_text(clean(subjects[name], name)) == "Y").any())
