"""Write the inventory of ARCHITECTURE.md: every module of the product with the first line of its docstring."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- inventory: written by docs/inventory.py -->\n", "<!-- end of inventory -->\n"


def inventory_of() -> str:
    """Return the inventory as the code stands: one table per folder."""
    files = sorted([ROOT / "app.py", *(ROOT / "ite").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
    folders: dict[Path, list[Path]] = {}
    for file in files:
        if file.name != "__init__.py" or file.parent.parent == ROOT:
            folders.setdefault(file.parent, []).append(file)
    return "".join(_table(folder, members) for folder, members in sorted(folders.items()))


def written_inventory() -> str:
    """Return the inventory that ARCHITECTURE.md holds."""
    return PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]


def write() -> None:
    """Replace the inventory in ARCHITECTURE.md."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + inventory_of() + END + rest.partition(END)[2], "utf-8")


def _table(folder: Path, files: list[Path]) -> str:
    name = folder.relative_to(ROOT).as_posix()
    package = folder / "__init__.py"
    title = f"\n### {'.' if name == '.' else name + '/'}\n\n"
    purpose = _first_line(package) + "\n\n" if package.exists() else ""
    rows = [f"| `{file.name}` | {_first_line(file).replace('|', '/')} |\n" for file in files if file != package]
    return title + purpose + ("| module | what it holds |\n|---|---|\n" + "".join(rows) + "\n" if rows else "")


def _first_line(file: Path) -> str:
    return (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").split("\n")[0]


if __name__ == "__main__":
    write()
