"""Family-wise error when populations are selected by an early response that foretells survival; nothing has any effect.

Independent increments let the response of stage 1 into stage 2, separate cohorts do not.

python -m benchmarks.early_response --trials 20000 --seed 1
"""

import argparse

import numpy as np
import pandas as pd

from benchmarks.rates import RESULTS, judged, markdown_table
from ite.compute import spawn_seeds
from ite.design.enrichment.outcome import HazardsByStratum
from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_level import Construction, EarlyResponse, PatientLevel
from ite.design.enrichment.patient_trials import run_patient_trials
from ite.design.enrichment.scenario import Population, Scenario
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.piecewise import Piecewise
from ite.design.sequential.boundary import Boundary

STRATA = ("one", "two", "three")
EVENTS = (10, 90)
ALPHA = 0.025
#: Construction, dependence of survival on response (None: the log-rank test selects), patients.
CELLS: tuple[tuple[Construction, float | None, int], ...] = (
    ("independent_increments", None, 600),
    ("independent_increments", 0.0, 600),
    ("independent_increments", 0.5, 600),
    ("independent_increments", 1.0, 600),
    ("separate_cohorts", 1.0, 1000),
)
TRIALS_A_ROW = 1000


def null_design() -> EnrichmentDesign:
    """Return three subgroups of a third each, without any effect, tested with everybody at 10 and 90 events."""
    populations = (Population(name="full", strata=STRATA), *(Population(name=name, strata=(name,)) for name in STRATA))
    scenario = Scenario(
        strata=STRATA,
        shares=(1 / 3, 1 / 3, 1 / 3),
        populations=populations,
        outcome=HazardsByStratum(hazard_ratios=(1, 1, 1)),
    )
    boundary = Boundary(information_fractions=(EVENTS[0] / EVENTS[1], 1), alpha=ALPHA)
    return EnrichmentDesign(scenario=scenario, cumulative_sizes=EVENTS, boundary=boundary)


def patients_of(construction: Construction, dependence: float | None, patients: int) -> PatientLevel:
    """Return slow events and fast accrual, so that stage 2 holds many patients whose response was seen in stage 1."""
    rates = (0.6,) * len(STRATA)
    early = (
        None
        if dependence is None
        else EarlyResponse(control=rates, treatment=rates, after_months=1, dependence=dependence)
    )
    return PatientLevel(
        patients=patients,
        accrual=Piecewise.constant(300),
        control_hazards=(Piecewise.constant(0.01),),
        early_response=early,
        construction=construction,
        show_error=construction == "independent_increments",
    )


def run_row(cell: int, seed: int) -> dict[str, object]:
    """Count the trials of one row in which any hypothesis is rejected."""
    construction, dependence, patients = CELLS[cell]
    design = null_design()
    followed = Patients(patients_of(construction, dependence, patients), design.scenario)
    runs = run_patient_trials(followed, design, TRIALS_A_ROW, np.random.default_rng(seed))
    return {
        "cell": cell,
        "construction": construction,
        "dependence": dependence,
        "seed": seed,
        "trials": TRIALS_A_ROW,
        "rejected": int((runs.trials.rejected > 0).any(axis=0).sum()),
    }


def errors(table: pd.DataFrame) -> str:
    """Return the family-wise error of each cell, judged against the level."""
    rows = []
    for _, part in table.groupby("cell"):
        first = part.iloc[0]
        selected_by = (
            "log-rank test" if pd.isna(first["dependence"]) else f"response, dependence {first['dependence']:g}"
        )
        count, trials = int(part["rejected"].sum()), int(part["trials"].sum())
        measured = judged(count, trials, ALPHA, at_most=True)
        if refused(first):
            measured = measured.removesuffix("ok").removesuffix("NOT MET") + "(refused by the designer)"
        rows.append([str(first["construction"]), selected_by, f"{trials:,}", measured])
    head = (
        "## Selecting on an early response\n\nThree subgroups, survival, no effect anywhere. Populations chosen by a "
        "response that goes along with survival break the level if stage 2 is the increment of the log-rank statistic; "
        "the designer refuses that combination and offers separate cohorts, which hold it."
    )
    return f"{head}\n\n" + markdown_table(["stage 2", "populations selected by", "trials", "family-wise error"], rows)


def refused(row: pd.Series) -> bool:
    """Say whether the designer refuses the combination of this row."""
    return "increments" in str(row["construction"]) and pd.notna(row["dependence"])


def main() -> None:
    """Run every cell, write the table, and print the errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    seeds = spawn_seeds(arguments.seed, arguments.trials // TRIALS_A_ROW)
    table = pd.DataFrame([run_row(cell, seed) for cell in range(len(CELLS)) for seed in seeds])
    RESULTS.mkdir(exist_ok=True)
    table.to_csv(RESULTS / "early_response.csv", index=False)
    print(errors(table))


if __name__ == "__main__":
    main()
