"""The project speaks of itself alone, and its inventory is true."""

import re
import subprocess

import pytest

from docs.inventory import inventory_of, written_inventory
from tests.architecture.source import ROOT

TEXT = {".py", ".md", ".toml", ".txt", ".in", ".csv", ".json", ".css", ""}
# Places of one machine, and the addresses of package registries: a clone must not depend on either.
FOREIGN = re.compile(
    r"/(?:work|root|home|opt|srv|Users)/\w|\b(?:files\.)?pythonhosted\.org|(?:extra-)?index-url|pypi\.org/simple"
)


@pytest.mark.known_truth
def test_no_machine_paths_and_no_registry_hosts() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    files = [ROOT / name for name in listed.stdout.splitlines()]
    assert files
    strays = [
        file.name
        for file in files
        if file.exists()
        and file.suffix in TEXT
        and file.name != "test_self_contained.py"
        and FOREIGN.search(file.read_text("utf-8", errors="replace"))
    ]
    assert strays == []


@pytest.mark.known_truth
def test_the_inventory_of_architecture_md_is_the_code() -> None:
    assert written_inventory() == inventory_of(), "run: python docs/inventory.py"
