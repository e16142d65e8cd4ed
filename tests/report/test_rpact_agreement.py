"""The committed agreement with rpact is what both programs give."""

import json

import pytest

from benchmarks.rpact_agreement import OUTCOMES, rows_of
from ite.report.rpact_agreement import agreement_with_rpact
from tests.reference.cases import FOLDER

CASES = {
    case["id"]: case
    for case in json.loads((FOLDER / "trial_design.json").read_text("utf-8"))
    if case["family"] in OUTCOMES
}


@pytest.mark.independent
def test_every_reference_design_is_in_the_table_and_agrees() -> None:
    table = agreement_with_rpact()
    assert set(table["design"]) == {name.removeprefix("sim-") for name in CASES}
    assert table["agrees"].all()


@pytest.mark.golden
@pytest.mark.parametrize("name", ["sim-means-best-simes-prev40", "sim-rates-global-null"])
def test_rows_of_the_table_come_out_again(name: str) -> None:
    table = agreement_with_rpact().set_index(["design", "figure"])
    for row in rows_of(CASES[name]):
        assert table.loc[(row["design"], row["figure"]), "ours"] == pytest.approx(row["ours"], abs=2e-6)
