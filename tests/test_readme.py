"""The README's headless example runs as it stands, and its picture is there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.known_truth
def test_the_headless_example_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    check = """
assert set(effects.ate.index) == {"Lev", "Lev+5FU"}
assert 150 < effects.ate.loc["Lev+5FU", "estimate"] < 320  # unadjusted: 233.8 days, standard error 56.8
assert set(evidence.heterogeneity["verdict"]) <= {"no evidence", "suggestive", "evidence"}
assert {"value", "estimate", "lower", "upper"} <= set(slices.curve.columns)
"""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code + check], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.known_truth
def test_files_that_the_readme_names_exist() -> None:
    named = re.findall(r"\]\(([^)#]+)\)|`([\w./-]+\.(?:md|py|txt))`", README)
    paths = [link or code for link, code in named]
    assert "docs/screenshot.png" in paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.known_truth
def test_the_commands_that_the_readme_names_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"\bmake (\w+)\s+#", README))
    assert {"run", "test"} <= named <= targets
