"""Reference cases: read them from their folder, and compare what the library gives with what they expect."""

import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("STRATAGEM_REFERENCE") or Path(__file__).parent)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One worked example: inputs, expected values, and how close they must be."""

    id: str
    area: str
    family: str
    inputs: dict[str, Any]
    expected: dict[str, Any]
    tolerance: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.area}/{self.family}/{self.id}"


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """Return the cases of all files in the folder that hold a list of them, in the order of file and case."""
    fields = Case.__dataclass_fields__
    return [
        Case(**{field: case[field] for field in fields})
        for file in sorted(folder.glob("*.json"))
        for case in _cases_of(json.loads(file.read_text("utf-8")))
    ]


def differences(actual: Any, expected: Any, tolerance: dict[str, Any], where: str = "") -> list[str]:  # noqa: ANN401
    """Return what differs, in words; empty if nothing does. Both are whatever JSON can hold."""
    if isinstance(expected, dict):
        missing = [f"{where}.{key} is missing" for key in expected.keys() - actual.keys()]
        common = [key for key in expected if key in actual]
        return missing + [
            x for key in common for x in differences(actual[key], expected[key], _of(tolerance, key), f"{where}.{key}")
        ]
    if isinstance(expected, list):
        if len(actual) != len(expected):
            return [f"{where} has {len(actual)} values, not {len(expected)}"]
        pairs = enumerate(zip(actual, expected, strict=True))
        return [x for i, (one, other) in pairs for x in differences(one, other, tolerance, f"{where}[{i}]")]
    return [] if _equal(actual, expected, tolerance) else [f"{where} is {actual!r}, not {expected!r}"]


def _cases_of(content: object) -> list[dict[str, Any]]:
    return [case for case in content if "family" in case] if isinstance(content, list) else []


def _of(tolerance: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the tolerance of one output: some cases write one for each."""
    value = tolerance["value"]
    return {**tolerance, "value": value[key]} if isinstance(value, dict) and key in value else tolerance


def _equal(actual: Any, expected: Any, tolerance: dict[str, Any]) -> bool:  # noqa: ANN401 - see above
    if expected is None:
        return actual is None or (isinstance(actual, float) and math.isnan(actual))
    if expected in ("inf", "-inf"):
        return float(actual) == float(expected)
    if isinstance(expected, str | bool):
        return bool(actual == expected)
    if actual is None or isinstance(actual, str):
        return False
    allowed = tolerance["value"] * (abs(expected) if tolerance["type"] == "relative" else 1.0)
    return bool(abs(float(actual) - expected) <= allowed)
