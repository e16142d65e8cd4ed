"""The benchmark of allocations runs, on few patients, and finds what HiGHS finds."""

import pytest

from benchmarks.allocation import measured


@pytest.mark.independent
def test_both_find_the_same() -> None:
    table = measured(400, 1)
    assert (table["relative_difference"] < 1e-9).all()
    assert (table["cpu_seconds"] > 0).all()
