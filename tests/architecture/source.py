"""The project's own Python files, parsed once."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the root, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def imported(self) -> set[str]:
        """Full names of what is imported anywhere in the file, lazily or not; type-checking imports included."""
        names = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
        return names

    def packages(self) -> set[str]:
        """Top-level names of what is imported."""
        return {name.split(".")[0] for name in self.imported()}


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Return the Python files under the folders (or the files themselves), sorted by path."""
    files = [
        file
        for folder in folders
        for file in ([ROOT / folder] if folder.endswith(".py") else (ROOT / folder).rglob("*.py"))
    ]
    return tuple(
        Source(file.relative_to(ROOT).as_posix(), text := file.read_text("utf-8"), ast.parse(text))
        for file in sorted(files)
    )


PRODUCT = ("app.py", "ite", "pages")
EVERYTHING = (*PRODUCT, "tests", "benchmarks", "docs")
