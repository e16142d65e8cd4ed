"""The table of errors after selection by an early response comes out again, and says what it should."""

import pytest

from benchmarks import early_response
from benchmarks.rates import exact_interval, read_results


@pytest.mark.golden
@pytest.mark.parametrize("cell", range(len(early_response.CELLS)))
def test_rows_come_out_again(cell: int) -> None:
    table = read_results("early_response")
    assert table is not None
    row = table[table["cell"] == cell].iloc[0]
    again = early_response.run_row(cell, int(row["seed"]))
    assert (again["construction"], again["trials"], again["rejected"]) == tuple(
        row[["construction", "trials", "rejected"]]
    )


@pytest.mark.golden
def test_increments_lose_the_level_where_the_response_foretells_survival_and_nothing_else_does() -> None:
    table = read_results("early_response")
    assert table is not None
    totals = table.groupby("cell")[["rejected", "trials"]].sum()
    for cell, (construction, dependence, _) in enumerate(early_response.CELLS):
        lower, _ = exact_interval(*map(int, totals.loc[cell]))
        inflated = construction == "independent_increments" and bool(dependence)
        assert (lower > early_response.ALPHA) == inflated
