import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.report.literal import call, literal

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=12,
)


@pytest.mark.known_truth
@given(VALUES)
def test_python_reads_the_same_value_back(value: object) -> None:
    assert ast.literal_eval(literal(value)) == value


@pytest.mark.known_truth
@given(st.dictionaries(st.sampled_from(["by", "arm", "covariates"]), VALUES, min_size=1))
def test_a_call_stays_one_call_whatever_its_values_hold(values: dict[str, object]) -> None:
    tree = ast.parse(call("ite.Roles", "trial", **values), mode="eval").body
    assert isinstance(tree, ast.Call)
    assert ast.unparse(tree.func) == "ite.Roles"
    assert {word.arg: ast.literal_eval(word.value) for word in tree.keywords} == values


@pytest.mark.known_truth
def test_long_calls_are_broken_within_the_line() -> None:
    names = [f"covariate number {number}" for number in range(20)]
    lines = call("ite.Roles", covariates=names, treatment="arm").splitlines()
    assert max(map(len, lines)) <= 88
    assert len(lines) > 6


@pytest.mark.known_truth
def test_tuples_become_lists_and_whole_floats_lose_their_point() -> None:
    assert literal((1826.0, 0.5, "a'b")) == '[1826, 0.5, "a\'b"]'


@pytest.mark.known_truth
def test_a_value_without_a_literal_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="object"):
        literal(object())
