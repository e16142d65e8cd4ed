"""The trials that come with Stratagem, in the order in which a newcomer should see them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ite.trial.data import TrialData
from ite.trial.reading import read_trial
from ite.trial.roles import Roles
from ite.trial.simulated_sample import EQUATIONS

DATA_FOLDER = Path(__file__).resolve().parents[2] / "data"
Expected = Literal["real difference", "suggestive", "no credible difference"]


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A shipped trial.

    Attributes
    ----------
    key, title, sentence
        Short name for links, name on screen, and what the trial is in one sentence.
    expected
        What an honest analysis should conclude about differences in effect.
    file
        Name in the folder `data`.
    roles
        Part of each column.
    horizon
        Time to which a time-to-event outcome is usually reported; None takes the default horizon.
    source
        Who published it.
    """

    key: str
    title: str
    sentence: str
    expected: Expected
    file: str
    roles: Roles
    source: str
    horizon: float | None = None


SAMPLES: tuple[Sample, ...] = (
    Sample(
        key="simulated",
        title="Asthma biologic (simulated)",
        sentence="A made-up biologic against placebo in severe asthma; the gain in lung function depends on blood "
        "eosinophils, and the truth is known.",
        expected="real difference",
        file="simulated.csv",
        roles=Roles(
            id="patient_id",
            treatment="arm",
            control="placebo",
            outcome="fev1_change_ml",
            covariates=(
                "age",
                "sex",
                "bmi",
                "smoking",
                "region",
                "blood_eosinophils",
                "feno_ppb",
                "fev1_percent_predicted",
                "exacerbations_last_year",
                "oral_steroids",
            ),
            protected=("sex",),
            randomization={"placebo": 0.5, "biologic": 0.5},
        ),
        source=f"Drawn by Stratagem (ite/trial/simulated_sample.py): {EQUATIONS}.",
    ),
    Sample(
        key="actg320",
        title="ACTG 320 (HIV)",
        sentence="Indinavir with two nucleosides against two nucleosides alone; time to AIDS or death in 1,151 "
        "patients.",
        expected="suggestive",
        file="actg320.csv",
        roles=Roles(
            id="id",
            treatment="arm",
            control="2 NRTI",
            time="aids_or_death_days",
            event="aids_or_death",
            covariates=(
                "age",
                "cd4",
                "sex",
                "race_ethnicity",
                "iv_drug_use",
                "hemophilia",
                "karnofsky",
                "prior_zdv_months",
            ),
            protected=("sex", "race_ethnicity"),
            strata="cd4_stratum",
            randomization={"2 NRTI": 0.5, "indinavir + 2 NRTI": 0.5},
        ),
        source="Hammer et al. 1997; Hosmer, Lemeshow & May 2008; distributed with scikit-survival as load_aids.",
        horizon=270.0,
    ),
    Sample(
        key="colon",
        title="Adjuvant colon cancer trial",
        sentence="Levamisole, alone or with fluorouracil, against observation after surgery; time to recurrence in 929 "
        "patients, some of whom died without one.",
        expected="no credible difference",
        file="colon.csv",
        roles=Roles(
            id="id",
            treatment="arm",
            control="Obs",
            time="recurrence_days",
            event="recurrence",
            competing="death",
            covariates=(
                "age",
                "sex",
                "obstruction",
                "perforation",
                "adherence",
                "nodes",
                "differentiation",
                "extent",
                "surgery_to_registration",
                "more_than_4_nodes",
            ),
            protected=("sex",),
            randomization={"Obs": 1 / 3, "Lev": 1 / 3, "Lev+5FU": 1 / 3},
        ),
        source="Moertel et al. 1990, 1995; distributed as colon with R's survival package.",
        horizon=1826.0,
    ),
)


def sample(key: str) -> Sample:
    """Return the sample of this key.

    Raises
    ------
    ValueError
        If there is none.
    """
    for each in SAMPLES:
        if each.key == key:
            return each
    raise ValueError(f"no sample {key!r}; there are {', '.join(each.key for each in SAMPLES)}")


def load_sample(key: str) -> TrialData:
    """Read the trial of this key from the folder `data`."""
    chosen = sample(key)
    return read_trial(DATA_FOLDER / chosen.file, chosen.roles, name=chosen.title)
