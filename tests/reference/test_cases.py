import pytest

from tests.reference.cases import Case, differences, read_cases
from tests.reference.families import ANSWERS

CASES = read_cases()


@pytest.mark.independent
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    if case.family not in ANSWERS:
        pytest.skip(f"'{case.family}' comes with later work")
    found = differences(ANSWERS[case.family](**case.inputs), case.expected, case.tolerance)
    assert not found, "\n".join(found)


@pytest.mark.known_truth
def test_there_are_cases_and_their_names_are_distinct() -> None:
    assert CASES
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.known_truth
def test_every_family_of_effects_is_answered() -> None:
    assert {case.family for case in CASES if case.area == "hte_metrics"} <= ANSWERS.keys()


@pytest.mark.known_truth
def test_comparison_is_as_strict_as_written() -> None:
    absolute, relative = {"type": "absolute", "value": 0.1}, {"type": "relative", "value": 0.1}
    assert not differences({"x": 1.05}, {"x": 1.0}, absolute)
    assert differences({"x": 11.5}, {"x": 10.0}, absolute)
    assert not differences({"x": 10.5}, {"x": 10.0}, relative)
    assert not differences({"x": float("nan")}, {"x": None}, absolute)
    assert differences({"x": 0.0}, {"x": None}, absolute)
    assert differences({"x": float("nan")}, {"x": 0.0}, absolute)
    assert not differences({"x": float("inf")}, {"x": "inf"}, absolute)
    assert differences({"x": 1e9}, {"x": "inf"}, absolute)
    assert differences({"x": "NNTB"}, {"x": "NNTH"}, absolute)
    assert differences({"x": [1.0, 2.0]}, {"x": [1.0]}, absolute)
    assert differences({}, {"x": 1.0}, absolute)
    each = {"type": "absolute", "value": {"x": 0.1, "y": 0.001}}
    assert not differences({"x": 1.05, "y": 2.0}, {"x": 1.0, "y": 2.0}, each)
    assert differences({"x": 1.05, "y": 2.01}, {"x": 1.0, "y": 2.0}, each)
