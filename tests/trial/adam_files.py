"""A small simulated trial as ADaM files: subjects, two times to event, and a score at three visits."""

import numpy as np
import pandas as pd

SUBJECTS = 200
LABELS = {"AGE": "Age (years)", "TRT01P": "Planned Treatment for Period 01", "AVAL": "Analysis Value"}


def adsl() -> pd.DataFrame:
    """Return one row per subject; the last ten were never treated."""
    random = np.random.default_rng(20)
    arm = random.permutation(SUBJECTS) % 2
    return pd.DataFrame(
        {
            "STUDYID": "S1",
            "USUBJID": [f"S1-{number:03d}" for number in range(SUBJECTS)],
            "AGE": random.integers(30, 80, SUBJECTS).astype(float),
            "SEX": random.choice(["F", "M"], SUBJECTS),
            "TRT01P": np.where(arm, "Active", "Placebo"),
            "TRT01PN": arm.astype(float),
            "ITTFL": "Y",
            "SAFFL": ["Y"] * (SUBJECTS - 10) + ["N"] * 10,
        }
    )


def adtte() -> pd.DataFrame:
    """Return overall survival of everybody and progression of all but the first two; CNSR holds two reasons."""
    random = np.random.default_rng(21)
    parts = []
    for code, words, first in (("OS", "Overall Survival (days)", 0), ("PFS", "Progression-free (days)", 2)):
        n = SUBJECTS - first
        parts.append(
            pd.DataFrame(
                {
                    "USUBJID": adsl()["USUBJID"].iloc[first:].to_numpy(),
                    "PARAMCD": code,
                    "PARAM": words,
                    "AVAL": random.exponential(400, n).round() + 1,
                    "CNSR": random.choice([0.0, 1.0, 2.0], n, p=[0.6, 0.3, 0.1]),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def adeff() -> pd.DataFrame:
    """Return a score at baseline and two later visits, with its value at baseline beside it, in random order."""
    random = np.random.default_rng(22)
    ids = adsl()["USUBJID"]
    base = random.normal(20, 4, SUBJECTS).round(1)
    visits = [
        pd.DataFrame(
            {
                "USUBJID": ids,
                "PARAMCD": "SCORE",
                "PARAM": "Total Score",
                "AVISIT": visit,
                "AVISITN": float(week),
                "AVAL": base if week == 0 else (base - week / 4 + random.normal(0, 2, SUBJECTS)).round(1),
                "BASE": base,
            }
        )
        for visit, week in (("Baseline", 0), ("Week 12", 12), ("Week 8", 8))
    ]
    return pd.concat(visits).sample(frac=1, random_state=3).reset_index(drop=True)
