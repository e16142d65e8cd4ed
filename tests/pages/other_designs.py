"""Steps through the question "Other designs": open a design, change an input."""

from typing import Any

from streamlit.testing.v1 import AppTest

from ite.report.block import ResultBlock
from tests.pages.opened import desk, opened

Blocks = dict[str, ResultBlock]


def visit(design: str, **link: str) -> AppTest:
    """Open a design with inputs in the link."""
    with desk():
        app = opened("design", question="Other designs", other=design, **link)
    assert not app.exception
    return app


def put(app: AppTest, key: str, value: object) -> None:
    """Change an input."""
    kinds = (app.number_input, app.slider, app.selectbox, app.text_input, app.toggle)
    field: Any = next(widget for kind in kinds for widget in kind if widget.key == key)
    with desk():
        field.set_value(value).run()
    assert not app.exception
