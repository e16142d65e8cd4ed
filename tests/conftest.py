"""What holds for every test: one strength each, the same hypothesis examples on every run."""

import pytest
from hypothesis import settings

STRENGTHS = frozenset({"known_truth", "independent", "golden", "page", "journey"})

settings.register_profile("stratagem", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("stratagem")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a test that does not say, with exactly one marker, how strong it is."""
    wrong = [
        f"{item.nodeid}: {sorted(strengths) or 'none'}"
        for item in items
        if len(strengths := STRENGTHS & {marker.name for marker in item.iter_markers()}) != 1
    ]
    if wrong:
        raise pytest.UsageError(f"each test needs exactly one of {sorted(STRENGTHS)}; found\n" + "\n".join(wrong))
