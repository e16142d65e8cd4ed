"""Files, classes, pages and panels stay small enough to read. Ruff holds the limits of functions."""

import ast
import re
import tomllib

import pytest

from tests.architecture.source import EVERYTHING, PRODUCT, ROOT, Source, sources

FILE, PAGE, PANEL, PUBLIC_METHODS = 250, 80, 120, 10


def _limit(source: Source) -> int:
    if source.path.startswith("pages/panels/"):
        return PANEL
    return PAGE if source.path.startswith("pages/") and source.path.count("/") == 1 else FILE


@pytest.mark.known_truth
def test_files_are_short() -> None:
    assert {source.path: source.lines for source in sources(*EVERYTHING) if source.lines > _limit(source)} == {}


@pytest.mark.known_truth
def test_classes_have_few_public_methods() -> None:
    crowded = {}
    for source in sources(*EVERYTHING):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                methods = [item for item in node.body if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)]
                public = [
                    method.name for method in methods if not method.name.startswith("_") and not _is_property(method)
                ]
                if len(public) > PUBLIC_METHODS:
                    crowded[f"{source.path}:{node.name}"] = len(public)
    assert crowded == {}


@pytest.mark.known_truth
def test_ruff_holds_the_limits_of_functions_and_nobody_is_let_off() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert lint["select"] == ["ALL"]
    assert lint["mccabe"]["max-complexity"] == 8
    assert (lint["pylint"]["max-statements"], lint["pylint"]["max-args"]) == (30, 6)
    let_off = re.compile(r"noqa:.*\b(C901|PLR0912|PLR0913|PLR0915|D1\d\d)\b")
    excused = [
        s.path for s in sources(*EVERYTHING) if s.path != "tests/architecture/test_limits.py" and let_off.search(s.text)
    ]
    assert excused == []


@pytest.mark.known_truth
def test_every_exception_from_a_rule_has_its_reason() -> None:
    """The reason may stand at the first of several like exceptions in a file."""
    mark = re.compile(r"#\s*noqa(?P<rules>: ?[A-Z0-9, ]+)?(?P<reason>\s*-\s+\S.*)?")
    without = []
    for source in sources(*PRODUCT):
        explained: set[str] = set()
        for number, line in enumerate(source.text.splitlines(), start=1):
            if (found := mark.search(line)) is None:
                continue
            rules = set(re.findall(r"[A-Z]+[0-9]+", found["rules"] or ""))
            explained |= rules if found["reason"] else set()
            if not rules or not rules <= explained:
                without.append(f"{source.path}:{number}")
    assert without == []


@pytest.mark.known_truth
def test_nothing_is_left_unannotated() -> None:
    assert [source.path for source in sources(*PRODUCT) if "type: ignore[no-untyped" in source.text] == []


def _is_property(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(decorator, ast.Name) and decorator.id == "property" for decorator in method.decorator_list)
