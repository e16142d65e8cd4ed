"""The Trial design page as a test drives it: inputs by their labels, results by their keys."""

from typing import Any

import pytest

from ite.report.block import ResultBlock
from pages.ui import figure
from tests.pages.opened import desk, opened


class Shown:
    """The Trial design page of a visitor, with the results it draws."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **link: str) -> None:
        self.blocks: dict[str, ResultBlock] = {}
        monkeypatch.setattr(figure, "show", lambda block, key, **_: self.blocks.update({key: block}))
        with desk():
            self.app = opened("design", **link)
        assert not self.app.exception

    def put(self, kind: str, label: str, value: object) -> None:
        """Set one input and run the page again."""
        self.blocks.clear()
        field = next(field for field in self.app.get(kind) if field.label == label)
        with desk():
            field.set_value(value).run()
        assert not self.app.exception

    def told(self) -> tuple[str, ...]:
        """Everything that depends on the inputs."""
        texts = [(block.title, block.sentence, block.method, block.data.to_csv()) for block in self.blocks.values()]
        return tuple(text for block in texts for text in block)


def assert_code_gives_the_numbers(block: ResultBlock) -> None:
    namespace: dict[str, Any] = {}
    exec(compile(block.code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    shown, data = namespace["shown"], block.data
    assert list(shown.columns) == list(data.columns)
    assert shown.to_csv() == data.to_csv()
