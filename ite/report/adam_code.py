"""Python that joins two ADaM files again and writes the file that the code of every later result reads."""

from ite.report.code import build
from ite.report.literal import literal
from ite.trial.adam import AdamJoin


def adam_code(subjects: str, endpoint: str, spec: AdamJoin, written: str) -> str:
    """Return code that reads the two named files, joins them and writes the joined table under a third name."""
    reading = [
        f"{what} = ite.read_table(Path({literal(name)}).read_bytes(), {literal(name)}).frame"
        for what, name in (("subjects", subjects), ("endpoint", endpoint))
    ]
    lines = [
        "from pathlib import Path",
        "",
        "import ite",
        "",
        *reading,
        f"join = {build(spec)}",
        "shown = ite.join_adam(subjects, endpoint, join)",
        f"shown.to_parquet({literal(written)})",
        "",
        "print(shown.to_string(max_rows=60))",
        "",
    ]
    return "\n".join(lines)
