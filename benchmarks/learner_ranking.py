"""How close each learner comes to the true effects, on eleven generators, beside other packages.

    python -m benchmarks.learner_ranking --trials 6 --seed 1
    python -m benchmarks.learner_ranking --trials 2 --seed 2 --ours selected stacked --table learner_selection

Every figure is the root mean square error of the predicted effects (PEHE). Ours are the out-of-fold predictions that a
page shows, before ("order") and after shrinkage; the peers are fitted on the whole trial, once, and predict new
patients, which spares them the loss of a fifth of the data. Nobody is trimmed for overlap: all predict the same
patients. econml takes part where it is installed. One row per trial.
"""

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LassoCV, LogisticRegression

from benchmarks.generators import GENERATORS, Drawn, draw
from ite.compute import run_chunks, spawn_seeds
from ite.estimation.estimate import estimate
from ite.estimation.features import encode
from ite.estimation.learners.protocol import TrainingFold
from ite.estimation.learners.registry import fit_learner
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec, Learner
from ite.trial.data import FloatArray

RESULTS = Path(__file__).parent / "results"
SIZES = (500, 1_000)
OURS: tuple[Learner, ...] = ("auto", "x_lasso", "causal_forest", "dr_lasso")
ALONE = ("bayesian_causal_forest", "x_lasso", "lasso_interactions", "query_attention", "constant")


def main() -> None:
    """Run every cell and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, required=True, help="trials per cell")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--ours", nargs="+", default=OURS, help="our learners; peers run beside the first default only")
    parser.add_argument("--table", default="learner_ranking")
    arguments = parser.parse_args()
    seeds = spawn_seeds(arguments.seed, arguments.trials)
    cells = [(name, n) for n in SIZES for name in GENERATORS]
    RESULTS.mkdir(exist_ok=True)
    rows: list[dict[str, object]] = []
    for seed in seeds:
        chunks = [(name, n, seed, tuple(arguments.ours)) for name, n in cells]
        rows += run_chunks(run_row, chunks, doing="learners", workers=arguments.workers)
        # Written as it goes: a run that is cut off keeps the trials it has finished.
        pd.DataFrame(rows).to_csv(RESULTS / f"{arguments.table}.csv", index=False, float_format="%.6g")


def run_row(chunk: tuple[str, int, int, tuple[Learner, ...]]) -> dict[str, object]:
    """Draw one study, predict with every learner, measure each."""
    name, n, seed, ours = chunk
    drawn = draw(name, n, seed)
    row: dict[str, object] = {"generator": name, "n": n, "seed": seed, "effect_sd": float(drawn.true_effect.std())}
    for learner in ours:
        effects = estimate(drawn.trial, EffectSpec(learner=learner, seed=seed, overlap=0))
        arm = effects.ate.index[0]
        level = float(effects.ate["estimate"].iloc[0])
        row[f"ours, {learner}"] = _error(effects.benefit[arm].to_numpy(), drawn.true_effect)
        row[f"ours, {learner}, order"] = _error(level + effects.ranking[arm].to_numpy(), drawn.true_effect)
        row["common effect"] = _error(np.full(n, level), drawn.true_effect)
        if learner == OURS[0]:
            peers = _peers(drawn, effects, seed)
            row |= {f"peer, {peer}": _error(value, drawn.fresh_effect) for peer, value in peers.items()}
    return row


def _error(predicted: FloatArray, true: FloatArray) -> float:
    return float(np.sqrt(np.mean((predicted - true) ** 2)))


def _peers(drawn: Drawn, effects: EffectEstimate, seed: int) -> dict[str, FloatArray]:
    """Fit single learners, and econml's, on the whole study; predictions for the new patients."""
    trial = drawn.trial
    both = encode(pd.concat([trial.covariates, drawn.fresh], ignore_index=True)).matrix
    features, asked = both[: trial.n], both[trial.n :]
    scored = effects.known_scored()
    fold = TrainingFold(
        features=features,
        outcome=scored.outcome,
        treated=trial.arm_index == 1,
        propensity=scored.probabilities[:, 1] / scored.probabilities.sum(axis=1),
        seed=seed,
    )
    found = {name: fit_learner(name, fold, asked) for name in ALONE}
    if find_spec("econml") is not None:
        found |= _econml(fold, asked, seed)
    return found


def _econml(fold: TrainingFold, asked: FloatArray, seed: int) -> dict[str, FloatArray]:
    from econml.dml import CausalForestDML  # noqa: PLC0415 - only where it is installed
    from econml.dr import DRLearner  # noqa: PLC0415 - as above

    propensity = LogisticRegression()
    state = seed % 2**31
    models: dict[str, Any] = {
        "econml CausalForestDML": CausalForestDML(
            model_y=LassoCV(), model_t=propensity, discrete_treatment=True, n_estimators=500, random_state=state
        ),
        "econml DRLearner, lasso": DRLearner(
            model_propensity=propensity, model_regression=LassoCV(), model_final=LassoCV(), random_state=state
        ),
    }
    for model in models.values():
        model.fit(fold.outcome, fold.treated.astype(int), X=fold.features)
    return {name: np.asarray(model.effect(asked), dtype=float).reshape(-1) for name, model in models.items()}


if __name__ == "__main__":
    main()
