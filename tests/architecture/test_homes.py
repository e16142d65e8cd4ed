"""Some things have one home each, so that there is one place to look and one place to change."""

import ast

import pytest

from tests.architecture.source import PRODUCT, Source, sources

ATTRIBUTE_HOMES = {
    "session_state": "pages/ui/state.py",
    "cache_data": "pages/ui/cache.py",
    "cache_resource": "pages/ui/cache.py",
}
PACKAGE_HOMES = {
    "altair": ("ite/charts/",),
    "autograd": ("ite/estimation/learners/query_attention.py",),
    "causalml": ("ite/estimation/learners/",),
    "stochtree": ("ite/estimation/learners/bayesian_causal_forest.py",),
    "pptx": ("ite/report/",),
    "streamlit": ("app.py", "pages/"),
}
# The library knows no clock and no randomness but that of its arguments.
STRANGERS_TO_THE_LIBRARY = {"time", "random", "secrets", "uuid", "streamlit"}
CLOCKS = {"now", "today", "utcnow"}


def _methods_called(source: Source) -> set[str]:
    calls = (node.func for node in ast.walk(source.tree) if isinstance(node, ast.Call))
    return {function.attr for function in calls if isinstance(function, ast.Attribute)}


def _names_used(source: Source) -> set[str]:
    attributes = {node.attr for node in ast.walk(source.tree) if isinstance(node, ast.Attribute)}
    return attributes | {name.split(".")[-1] for name in source.imported()}


@pytest.mark.known_truth
@pytest.mark.parametrize(("attribute", "home"), ATTRIBUTE_HOMES.items())
def test_a_streamlit_service_has_one_home(attribute: str, home: str) -> None:
    strays = [source.path for source in sources(*PRODUCT) if attribute in _names_used(source) and source.path != home]
    assert strays == []


@pytest.mark.known_truth
@pytest.mark.parametrize(("package", "homes"), PACKAGE_HOMES.items())
def test_a_package_has_one_home(package: str, homes: tuple[str, ...]) -> None:
    users = [source.path for source in sources(*PRODUCT) if package in source.packages()]
    assert users, f"nobody imports {package}"
    assert [path for path in users if not path.startswith(homes)] == []


@pytest.mark.known_truth
def test_the_library_knows_no_clock_and_no_global_randomness() -> None:
    strays = {
        source.path: found
        for source in sources("ite")
        if (found := source.packages() & STRANGERS_TO_THE_LIBRARY | _methods_called(source) & CLOCKS)
    }
    assert strays == {}


@pytest.mark.known_truth
def test_a_page_imports_only_its_own_panels() -> None:
    pages = [
        source for source in sources("pages") if source.path.count("/") == 1 and source.path != "pages/__init__.py"
    ]
    assert pages
    for page in pages:
        own = f"pages.panels.{page.module.removeprefix('pages.')}"
        panels = {name for name in page.imported() if name.startswith("pages.panels.")}
        assert {name for name in panels if not (name + ".").startswith(own + ".")} == set(), page.path


@pytest.mark.known_truth
def test_app_is_only_the_map() -> None:
    (app,) = sources("app.py")
    assert app.packages() <= {"pages", "streamlit"}
    assert app.lines <= 80
