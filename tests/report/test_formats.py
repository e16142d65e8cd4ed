import dataclasses

import pytest

from ite.errors import IteError
from ite.report.formats import FORMATS, ExportFormat, export, file_name, formats_of
from tests.report.examples import example_block

BEGINS = {
    "png": b"\x89PNG\r\n",
    "svg": b"<svg ",
    "csv": b"\xef\xbb\xbf",
    "pptx": b"PK\x03\x04",
    "html": b"<!DOCTYPE html>",
    "json": b"{",
}


@pytest.mark.known_truth
@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.extension)
def test_every_format_is_made_and_named(kind: ExportFormat) -> None:
    assert export(example_block(), kind).startswith(BEGINS[kind.extension])
    assert file_name(example_block(), kind) == f"benefit-by-biomarker-9f3a1c2b.{kind.extension}"


@pytest.mark.known_truth
def test_the_pictures_follow_the_theme_and_nothing_else_does() -> None:
    follows = {
        kind.extension
        for kind in FORMATS
        if kind.extension != "pptx" and export(example_block(), kind, "dark") != export(example_block(), kind, "light")
    }
    assert follows == {"png", "svg"}


@pytest.mark.known_truth
def test_a_table_is_offered_as_everything_but_a_picture() -> None:
    assert [kind.extension for kind in formats_of(example_block(chart=None))] == ["csv", "pptx", "html", "json"]


@pytest.mark.known_truth
def test_a_missing_package_is_one_sentence_that_names_it() -> None:
    kind = dataclasses.replace(FORMATS[0], needs=("no_such_package",))
    assert kind.missing() == ("no_such_package",)
    with pytest.raises(IteError, match=r"PNG picture: needs no_such_package, which is not installed\."):
        export(example_block(), kind)


@pytest.mark.known_truth
def test_a_figure_that_cannot_be_drawn_is_one_sentence() -> None:
    class Broken:
        def to_dict(self) -> dict[str, object]:
            return {"mark": "bar", "data": {"url": "http://192.0.2.1/a.csv"}}

    with pytest.raises(IteError, match="Take the CSV") as caught:
        export(example_block(chart=lambda _: Broken()), FORMATS[0])
    assert "\n" not in str(caught.value)
