"""The list of direct dependencies is exactly what the product imports; the lock leaves NVIDIA's libraries out."""

import re
import sys
import tomllib
from importlib.metadata import distributions, packages_distributions

import pytest

from tests.architecture.source import PRODUCT, ROOT, sources

# pandas and Streamlit load these by name when a file of that kind is read.
LOADED_BY_PANDAS = {"pyarrow": "read_parquet", "openpyxl": "read_excel"}
OURS = {"ite", "pages", "app"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _listed(file: str) -> dict[str, str]:
    """Name of each requirement of the file, with the comment beside it."""
    entries = {}
    for line in (ROOT / file).read_text("utf-8").splitlines():
        requirement, _, reason = line.partition("#")
        if requirement.strip() and not requirement.startswith("-r"):
            entries[_normal(re.split(r"[<>=;\s\[]", requirement.strip())[0])] = reason.strip()
    return entries


def _optional() -> set[str]:
    """Names of the optional extras; each is imported only where it is asked for."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    return {_normal(re.split(r"[<>=;\s\[]", name)[0]) for names in extras.values() for name in names}


@pytest.mark.known_truth
def test_direct_dependencies_are_what_is_imported() -> None:
    imported = {package for source in sources(*PRODUCT) for package in source.packages()}
    imported -= set(sys.stdlib_module_names) | OURS
    owners = packages_distributions()
    needed = {_normal(owners[package][0]) for package in imported}
    text = "".join(source.text for source in sources("ite"))
    needed |= {name for name, call in LOADED_BY_PANDAS.items() if call in text}
    assert set(_listed("requirements.in")) == needed - _optional()


@pytest.mark.known_truth
def test_what_is_optional_is_there_for_the_tests() -> None:
    assert _optional() <= set(_listed("requirements-test.in"))


@pytest.mark.known_truth
def test_each_direct_dependency_has_a_reason_and_a_lock() -> None:
    listed, locked = _listed("requirements.in"), _listed("requirements.txt")
    assert [name for name, reason in listed.items() if not reason] == []
    assert set(listed) <= set(locked)


@pytest.mark.known_truth
def test_the_tests_run_on_the_versions_of_the_product() -> None:
    product = (ROOT / "requirements.txt").read_text("utf-8").split("\n")
    tests = set((ROOT / "requirements-test.txt").read_text("utf-8").split("\n"))
    assert [line for line in product if line not in tests] == []


@pytest.mark.known_truth
def test_nothing_named_nvidia_is_installed() -> None:
    names = [_normal(distribution.metadata["Name"]) for distribution in distributions()]
    assert "streamlit" in names
    assert [name for name in names if "nvidia" in name] == []
