"""A saved design comes back the same, a hostile file is one sentence, and its code gives the same figures."""

import json
import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from ite.charts.design_enrichment import power_table
from ite.design.alternatives.assay import Assay
from ite.design.comparison.needs import Resources
from ite.design.comparison.side_by_side import compare_strategies
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.simulate import simulate_enrichment
from ite.errors import DesignError
from ite.report.enrichment_code import comparison_code, enrichment_code
from ite.report.enrichment_file import LARGEST_FILE, EnrichmentFile, read_design, write_design
from tests.design.enrichment.examples import one_subgroup, two_overlapping

pytestmark = pytest.mark.known_truth
ASKED = EnrichmentFile(
    design=one_subgroup("rates", selection=Selection(rule="expression", expression="effect > 0.05 and z > 0")),
    assay=Assay(sensitivity=0.9, specificity=0.8),
    trials=400,
    seed=7,
)


@pytest.mark.parametrize("asked", [ASKED, EnrichmentFile(design=two_overlapping())], ids=["rates", "overlapping"])
def test_a_saved_design_comes_back_the_same(asked: EnrichmentFile) -> None:
    assert read_design(write_design(asked).encode()) == asked


def _changed(path: tuple[str, ...], value: object) -> bytes:
    found = json.loads(write_design(ASKED))
    inner = found
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return json.dumps(found).encode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b" " * (LARGEST_FILE + 1), "at most 200,000 bytes"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"[1, 2]", "not a saved enrichment design"),
        (b'{"kind": "something else"}', "not a saved enrichment design"),
        (_changed(("seed",), float("nan")), "cannot be read"),
        (_changed(("trials",), 10**9), "Trials should be at most"),
        (_changed(("design", "cumulative_sizes"), [400.0, 200.0]), "must increase"),
        (_changed(("design", "selection", "expression"), "__import__('os').getcwd()"), "not part of a selection rule"),
        (_changed(("extra",), 1), "extra"),
    ],
)
def test_a_hostile_file_is_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(DesignError) as caught:
        read_design(data)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def _run(code: str) -> Any:  # noqa: ANN401 - what the script leaves in `shown`
    namespace: dict[str, Any] = {}
    exec(compile(code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    return namespace["shown"]


def test_code_gives_the_same_figures() -> None:
    shown = _run(enrichment_code(ASKED, "ite.charts.design_enrichment.power_table(found)"))
    expected = power_table(simulate_enrichment(ASKED.tested, ASKED.trials, ASKED.seed))
    pd.testing.assert_frame_equal(shown, expected)


def test_code_runs_in_a_fresh_interpreter_and_imports_what_it_calls() -> None:
    """Only `import ite` has happened there: a module that the code names must be imported by it."""
    code = enrichment_code(ASKED, "ite.charts.design_tables.figures_in_words(found)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "size on average" in done.stdout


def test_code_of_a_comparison_gives_the_same_figures() -> None:
    known = Resources(candidates_per_month=20.0, cost_per_patient=1_000.0, cost_per_screen=50.0)
    shown = _run(comparison_code(ASKED, "compare_strategies", "found.strategies", known, equal="cost"))
    found = compare_strategies(ASKED.tested, known, equal="cost", trials=ASKED.trials, seed=ASKED.seed)
    pd.testing.assert_frame_equal(shown, found.strategies)


def test_lines_of_code_stay_short_enough_to_read() -> None:
    code = enrichment_code(EnrichmentFile(design=two_overlapping()), "found.summary")
    assert max(map(len, code.splitlines())) <= 110
