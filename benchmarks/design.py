"""Speed of the design engines beside rpact (Debian's r-cran-rpact), in one run on one core, and their agreement.

A call is run several times and the fastest run counts, in both programs: other work on the machine only slows them.

python -m benchmarks.design --trials 10000 --seed 1
"""

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from benchmarks.judge_design import design_speed
from benchmarks.rates import RESULTS
from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_trials import run_patient_trials
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.simulate import simulate_enrichment
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.means import Means
from ite.design.fixed.piecewise import Piecewise
from ite.design.sequential.boundary import Boundary, critical_values
from ite.design.sequential.group_sequential import GroupSequential, plan_group_sequential

SCRIPT = Path(__file__).with_name("design_rpact.R")
OURS, RPACT = "stratagem", "rpact"
PATIENT_CALL = "survival, 600 patients"
#: Runs of each call, of which the fastest counts; an exact call is so short that a run repeats it.
OUR_RUNS, RPACT_RUNS, EXACT_REPEATS = 20, 2, 20
SIMULATED: dict[str, tuple[MeansByStratum | RatesByStratum | HazardsByStratum, tuple[int, int]]] = {
    "means": (MeansByStratum(effects=(0.4, 0.1), sds=(1, 1)), (150, 300)),
    "rates": (RatesByStratum(control=(0.3, 0.3), treatment=(0.5, 0.35)), (200, 400)),
    "survival": (HazardsByStratum(hazard_ratios=(0.6, 0.9)), (100, 200)),
}


@dataclass(frozen=True, kw_only=True)
class Timed:
    """What one call took, and what it found.

    Attributes
    ----------
    trials
        Simulated trials of a run, or repetitions of an exact call.
    cpu_seconds
        Processor time of the fastest run.
    values
        The figures found: power to reject any hypothesis, bounds, or a size; of simulations, the mean over all runs.
    in_all
        Simulated trials of all runs together: how exact the values are.
    """

    engine: str
    call: str
    trials: int
    cpu_seconds: float
    values: tuple[float, ...]
    in_all: int


def design_of(call: str) -> EnrichmentDesign:
    """Return the design of a simulated call: one subgroup of 40 %, two looks, Simes, the best population goes on."""
    outcome, sizes = SIMULATED[call]
    scenario = Scenario.one_subgroup(0.4, outcome)
    return EnrichmentDesign(scenario=scenario, cumulative_sizes=sizes, boundary=Boundary(family="obrien_fleming"))


def bounds_of_five_looks() -> tuple[float, ...]:
    """Return the bounds of the Lan-DeMets O'Brien-Fleming spending function at five equal looks, computed afresh."""
    critical_values.cache_clear()
    boundary = Boundary(family="lan_demets_obf", information_fractions=(0.2, 0.4, 0.6, 0.8, 1))
    return tuple(map(float, critical_values(boundary)))


def size_with_three_looks() -> tuple[float, ...]:
    """Return the largest size of a t-test of 0.3 SD with three looks and a power of 90 %, computed afresh."""
    critical_values.cache_clear()
    boundary = Boundary(family="lan_demets_obf", information_fractions=(1 / 3, 2 / 3, 1))
    endpoint = Means(mean_difference=0.3, sd=1, test="t")
    return (plan_group_sequential(GroupSequential(endpoint=endpoint, boundary=boundary, power=0.9)).max_size,)


EXACT = {"bounds of 5 looks": bounds_of_five_looks, "size with 3 looks": size_with_three_looks}


def _timed(call: str, run: Callable[[int], tuple[float, ...]], trials: int) -> Timed:
    run(0)  # what is built once for all later calls is not timed
    seconds, values = [], []
    for repeat in range(OUR_RUNS):
        started = time.process_time()
        values.append(run(repeat))
        seconds.append(time.process_time() - started)
    found = tuple(map(float, np.mean(values, axis=0)))
    return Timed(
        engine=OURS, call=call, trials=trials, cpu_seconds=min(seconds), values=found, in_all=trials * OUR_RUNS
    )


def our_calls(trials: int, seed: int) -> list[Timed]:
    """Time the statistic-level engine, the exact calls, and the patient-level engine."""

    def simulate(design: EnrichmentDesign, own_seed: int) -> tuple[float, ...]:
        return (float(simulate_enrichment(design, trials, own_seed).summary.loc["any", "estimate"]),)

    timed = []
    for call in SIMULATED:
        design = design_of(call)
        timed.append(_timed(call, lambda repeat, design=design: simulate(design, seed + repeat), trials))
    for call, compute in EXACT.items():
        timed.append(_timed(call, lambda _, compute=compute: _repeated(compute), EXACT_REPEATS))
    level = PatientLevel(patients=600, accrual=Piecewise.constant(30.0), control_hazards=(Piecewise.constant(0.03),))
    survival = design_of("survival")
    patients = Patients(level, survival.scenario)

    def follow(repeat: int) -> tuple[float, ...]:
        runs = run_patient_trials(patients, survival, trials // 10, np.random.default_rng(seed + repeat))
        return (float((runs.trials.rejected > 0).any(axis=0).mean()),)

    return [*timed, _timed(PATIENT_CALL, follow, trials // 10)]


def _repeated(compute: Callable[[], tuple[float, ...]]) -> tuple[float, ...]:
    for _ in range(EXACT_REPEATS - 1):
        compute()
    return compute()


def rpact_calls(trials: int) -> list[Timed]:
    """Time the same calls in rpact; none, with the reason printed, where it cannot be run."""
    if shutil.which("Rscript") is None:
        print("rpact was not run: Rscript is not installed (Debian: r-cran-rpact)")
        return []
    command = ["Rscript", str(SCRIPT), str(trials), str(EXACT_REPEATS), str(RPACT_RUNS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    if done.returncode:
        print(f"rpact was not run: {done.stderr.strip().splitlines()[-1]}")
        return []
    version, *lines = (line.split(",") for line in done.stdout.splitlines())
    return [
        Timed(
            engine=f"{RPACT} {version[1]}",
            call=call,
            trials=int(times) * (trials if call in SIMULATED else 1),
            cpu_seconds=float(spent),
            values=tuple(map(float, values)),
            in_all=trials,  # both runs have the same seed
        )
        for call, times, spent, *values in lines
    ]


def speed_table(ours: list[Timed], theirs: list[Timed]) -> pd.DataFrame:
    """Return one row per engine and call; ratio is our trials per second over rpact's, where rpact has the call."""
    table = pd.DataFrame(
        [
            {"engine": row.engine, "call": row.call, "trials": row.trials, "cpu_seconds": row.cpu_seconds}
            for row in [*ours, *theirs]
        ]
    )
    table["trials_per_second"] = table["trials"] / table["cpu_seconds"]
    reference = table[table["engine"] != OURS].set_index("call")["trials_per_second"]
    table["ratio"] = table["trials_per_second"] / table["call"].map(reference)
    return table


def agreement_table(ours: list[Timed], theirs: list[Timed]) -> pd.DataFrame:
    """Return the figures of both programs; simulated ones may differ by 4 standard errors, exact ones by 1e-6 of it."""
    reference = {row.call: row for row in theirs}
    rows = []
    for mine in ours:
        if mine.call not in reference:
            continue
        other = reference[mine.call]
        for position, (one, two) in enumerate(zip(mine.values, other.values, strict=True), start=1):
            allowed = 1e-6 * abs(two)
            if mine.call in SIMULATED:
                allowed = 4 * float(np.sqrt(two * (1 - two) * (1 / mine.in_all + 1 / other.in_all)))
            rows.append({"call": mine.call, "figure": position, "ours": one, "rpact": two, "allowed": allowed})
    table = pd.DataFrame(rows, columns=["call", "figure", "ours", "rpact", "allowed"])
    table["agrees"] = (table["ours"] - table["rpact"]).abs() <= table["allowed"]
    return table


def main() -> None:
    """Run both programs, write the tables, and print what they say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with threadpool_limits(limits=1):
        ours = our_calls(arguments.trials, arguments.seed)
    theirs = rpact_calls(arguments.trials)
    RESULTS.mkdir(exist_ok=True)
    speed_table(ours, theirs).to_csv(RESULTS / "design_speed.csv", index=False, float_format="%.6g")
    if theirs:
        agreement_table(ours, theirs).to_csv(RESULTS / "design_agreement.csv", index=False, float_format="%.12g")
    print(design_speed())


if __name__ == "__main__":
    main()
