"""The simulated trial that Stratagem ships: readable names, one strong effect modifier, and a known truth."""

import numpy as np
import pandas as pd
from scipy import special

from ite.trial.data import FloatArray

SAMPLE_SEED = 323
SAMPLE_SIZE = 800
RESIDUAL_SD_ML = 160.0
EQUATIONS = (
    "fev1_change_ml = 60 - 2 (age - 50) - 1.5 (fev1_percent_predicted - 60) - 15 exacerbations_last_year "
    "+ 20 (sex = female) + biologic * effect + normal noise of SD 160; "
    "effect = 10 + 260 expit(2.5 log(blood_eosinophils / 300))"
)


def sample_trial() -> pd.DataFrame:
    """Return the table of `data/simulated.csv`, one row per patient, 400 in each arm.

    A made-up biologic against placebo in severe asthma. The gain in lung function (FEV1, mL at week 24) depends on
    blood eosinophils (cells per microlitre) and on nothing else; `EQUATIONS` states it in full.
    """
    rng = np.random.default_rng(SAMPLE_SEED)
    frame = _baseline(rng)
    biologic = rng.permutation(np.arange(SAMPLE_SIZE) % 2 == 1)
    prognosis = (
        60
        - 2.0 * (frame["age"] - 50)
        - 1.5 * (frame["fev1_percent_predicted"] - 60)
        - 15 * frame["exacerbations_last_year"]
        + 20 * (frame["sex"] == "female")
    )
    noise = RESIDUAL_SD_ML * rng.standard_normal(SAMPLE_SIZE)
    outcome = np.round(prognosis + biologic * sample_effect(frame) + noise).astype(int)
    not_measured = rng.random(SAMPLE_SIZE) < 0.03
    frame["feno_ppb"] = frame["feno_ppb"].where(~not_measured)
    frame.insert(1, "arm", np.where(biologic, "biologic", "placebo"))
    return frame.assign(fev1_change_ml=outcome)


def sample_effect(frame: pd.DataFrame) -> FloatArray:
    """Return the true effect of the biologic, mL of FEV1, from the columns of the sample; shape (n,)."""
    eosinophils = frame["blood_eosinophils"].to_numpy(dtype=np.float64)
    return np.asarray(10 + 260 * special.expit(2.5 * np.log(eosinophils / 300)), dtype=np.float64)


def _baseline(rng: np.random.Generator) -> pd.DataFrame:
    """Return the covariates before anything goes missing."""
    n = SAMPLE_SIZE
    eosinophils = np.clip(np.round(np.exp(np.log(280) + 0.75 * rng.standard_normal(n)), -1), 20, 2500).astype(int)
    feno = np.exp(np.log(28) + 0.35 * np.log(eosinophils / 280) + 0.5 * rng.standard_normal(n))
    return pd.DataFrame(
        {
            "patient_id": [f"S{number:04d}" for number in range(1, n + 1)],
            "age": np.clip(np.round(50 + 13 * rng.standard_normal(n)), 18, 80).astype(int),
            "sex": rng.choice(["female", "male"], n, p=[0.62, 0.38]),
            "bmi": np.round(np.clip(28 + 5.5 * rng.standard_normal(n), 17, 52), 1),
            "smoking": rng.choice(["never", "former"], n, p=[0.72, 0.28]),
            "region": rng.choice(["Europe", "North America", "Asia", "other"], n, p=[0.4, 0.3, 0.2, 0.1]),
            "blood_eosinophils": eosinophils,
            "feno_ppb": np.clip(np.round(feno), 5, 250),
            "fev1_percent_predicted": np.clip(np.round(58 + 12 * rng.standard_normal(n)), 25, 85).astype(int),
            "exacerbations_last_year": np.clip(rng.poisson(2.1, n), 1, 9),
            "oral_steroids": rng.choice(["no", "yes"], n, p=[0.7, 0.3]),
        }
    )
