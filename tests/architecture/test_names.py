"""Names say what a thing is for, and every public one is documented."""

import ast
import importlib
import re
from types import ModuleType

import pytest

import ite
from tests.architecture.source import EVERYTHING, PRODUCT, Source, sources

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "misc"}
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", name)}


@pytest.mark.known_truth
def test_no_module_is_a_drawer() -> None:
    assert [source.path for source in sources(*EVERYTHING) if _words(source.path) & (EMPTY_WORDS | {"common"})] == []


@pytest.mark.known_truth
def test_no_function_or_class_has_an_empty_name() -> None:
    empty = [
        f"{source.path}:{node.name}"
        for source in sources(*EVERYTHING)
        for node in ast.walk(source.tree)
        if isinstance(node, Documented) and _words(node.name) & EMPTY_WORDS
    ]
    assert empty == []


@pytest.mark.known_truth
def test_no_module_is_named_after_a_page_number() -> None:
    assert [source.path for source in sources(*EVERYTHING) if re.search(r"page_?\d|\d_?page", source.path)] == []


@pytest.mark.known_truth
def test_every_public_name_is_documented() -> None:
    assert [name for source in sources(*PRODUCT) for name in _undocumented(source)] == []


@pytest.mark.known_truth
@pytest.mark.parametrize("name", ite.__all__)
def test_a_public_name_resolves_where_the_table_says(name: str) -> None:
    value, home = getattr(ite, name), importlib.import_module(ite._HOME[name])
    assert value.__doc__
    if isinstance(value, ModuleType):  # a folder of the same name, which passes the call on
        assert home.__name__.startswith(value.__name__ + ".")
        assert callable(value)
    else:
        assert value is getattr(home, name)


@pytest.mark.known_truth
def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        ite.nonsense  # noqa: B018 - the access is the test


def _undocumented(source: Source) -> list[str]:
    missing = [] if ast.get_docstring(source.tree) else [source.path]
    pending: list[tuple[str, ast.AST]] = [(source.path, source.tree)]
    while pending:
        where, parent = pending.pop()
        for node in ast.iter_child_nodes(parent):
            if isinstance(node, Documented) and not node.name.startswith("_"):
                if not ast.get_docstring(node) and not _is_overload(node):
                    missing.append(f"{where}:{node.name}")
                if isinstance(node, ast.ClassDef):
                    pending.append((f"{where}:{node.name}", node))
    return missing


def _is_overload(node: ast.AST) -> bool:
    """Say whether this is one typed signature of a function that is documented where it is written."""
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(decorator, ast.Name) and decorator.id == "overload" for decorator in decorators)
