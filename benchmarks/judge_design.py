"""What the tables of the design engines say."""

import pandas as pd

from benchmarks.rates import markdown_table, read_results

#: How many times as fast as rpact a call has to be.
LEAST_RATIO = {"means": 1000.0, "rates": 400.0, "survival": 1000.0, "bounds of 5 looks": 1.0, "size with 3 looks": 1.0}
#: How many trials per second a patient-level call has to follow.
LEAST_TRIALS_PER_SECOND = {"survival, 600 patients": 7000.0}


def design_speed() -> str:
    """Trials per second by engine and call, the ratio to rpact, and whether the figures agree."""
    speed = read_results("design_speed")
    if speed is None:
        return ""
    columns = ["engine", "call", "trials", "processor seconds", "trials per second", "times rpact", "target"]
    head = (
        "## Speed of the design engines\n\nOne core, one run of `python -m benchmarks.design`, beside rpact on the "
        "same machine: processor seconds, fastest of several runs of each."
    )
    text = f"{head}\n\n" + markdown_table(columns, [_speed_row(row) for _, row in speed.iterrows()])
    agreement = read_results("design_agreement")
    if agreement is None:
        return text + "\n\nrpact was not run: no ratios and no agreement."
    columns = ["call", "figure", "ours", "rpact", "allowed difference", "agrees"]
    return text + "\n\n" + markdown_table(columns, [_agreement_row(row) for _, row in agreement.iterrows()])


def _speed_row(row: pd.Series) -> list[str]:
    ours = row["engine"] == "stratagem"
    return [
        str(row["engine"]),
        str(row["call"]),
        f"{row['trials']:,}",
        f"{row['cpu_seconds']:.3g}",
        f"{row['trials_per_second']:,.0f}",
        f"{row['ratio']:,.0f}" if ours and pd.notna(row["ratio"]) else "",
        _target(row) if ours else "",
    ]


def _target(row: pd.Series) -> str:
    call = str(row["call"])
    if call in LEAST_TRIALS_PER_SECOND:
        least = LEAST_TRIALS_PER_SECOND[call]
        return f"{least:,.0f} per second {'ok' if row['trials_per_second'] >= least else 'NOT MET'}"
    if pd.isna(row["ratio"]):
        return "not measured"
    return f"{LEAST_RATIO[call]:,.0f} times {'ok' if row['ratio'] >= LEAST_RATIO[call] else 'NOT MET'}"


def _agreement_row(row: pd.Series) -> list[str]:
    verdict = "ok" if row["agrees"] else "NOT MET"
    return [
        str(row["call"]),
        str(row["figure"]),
        f"{row['ours']:.9g}",
        f"{row['rpact']:.9g}",
        f"{row['allowed']:.2g}",
        verdict,
    ]
