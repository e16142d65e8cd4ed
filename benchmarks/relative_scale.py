"""Type-I error of the test on the relative scale: trials with a constant odds ratio or a constant hazard ratio.

    python -m benchmarks.relative_scale --trials 2000 --seed 1

Prognosis is strong, so the absolute effect differs a great deal between patients though the ratio does not. One row per
trial and endpoint.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from ite.compute import run_chunks
from ite.estimation.features import encode
from ite.evaluation.basis import modifier_basis
from ite.evaluation.relative_scale import ratio_p_value
from ite.trial.data import TrialData
from ite.trial.roles import Roles

RESULTS = Path(__file__).parent / "results"
ENDPOINTS = ("binary", "time_to_event")
PATIENTS = 800
LOG_RATIO = -0.8
_PROGNOSIS = np.array([0.8, 0.6, -0.5, 0.4, 0.0, 0.0, 0.5, 0.0])


def main() -> None:
    """Run both endpoints and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    chunks = [(endpoint, arguments.seed, trial) for trial in range(arguments.trials) for endpoint in ENDPOINTS]
    rows = run_chunks(run_row, chunks, doing="relative scale", workers=arguments.workers)
    RESULTS.mkdir(exist_ok=True)
    pd.DataFrame(rows).to_csv(RESULTS / "relative_scale.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int, int]) -> dict[str, object]:
    """Draw and test one trial."""
    endpoint, seed, number = chunk
    trial = _draw(endpoint, np.random.default_rng([seed, number]))
    features = encode(trial.covariates)
    p_value = ratio_p_value(trial, 1, features, modifier_basis(features, trial.arm_index), seed=number)
    return {"endpoint": endpoint, "seed": seed, "number": number, "p_value": p_value}


def _draw(endpoint: str, generator: np.random.Generator) -> TrialData:
    """Six normal and two yes/no covariates; logit risk or log hazard linear in them plus a constant for treatment."""
    x = generator.standard_normal((PATIENTS, len(_PROGNOSIS)))
    x[:, 6:] = x[:, 6:] > 0.5
    treated = generator.permutation(PATIENTS) % 2
    names = [f"x{position}" for position in range(x.shape[1])]
    frame = pd.DataFrame(x, columns=names).assign(arm=np.where(treated == 1, "treated", "control"))
    predictor = x @ _PROGNOSIS - 0.9 + LOG_RATIO * treated
    if endpoint == "binary":
        frame["outcome"] = (generator.random(PATIENTS) < 1 / (1 + np.exp(-predictor))).astype(float)
        roles = Roles(treatment="arm", control="control", outcome="outcome", covariates=tuple(names))
    else:
        time = generator.exponential(1, PATIENTS) / np.exp(predictor)
        censoring = np.minimum(generator.exponential(8, PATIENTS), 4 + 2 * generator.random(PATIENTS))
        frame = frame.assign(time=np.minimum(time, censoring), event=(time <= censoring).astype(int))
        roles = Roles(treatment="arm", control="control", time="time", event="event", covariates=tuple(names))
    return TrialData.from_frame(frame, roles)


if __name__ == "__main__":
    main()
