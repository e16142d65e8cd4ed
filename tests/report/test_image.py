import io
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from ite.charts.theme import Theme, ink
from ite.report.block import EXPLORATORY, ResultBlock
from ite.report.image import chart_png, chart_spec, chart_svg, to_png, to_svg
from tests.report.examples import DATA, MARKUP, example_block

SVG = "{http://www.w3.org/2000/svg}"


def words(block: ResultBlock, theme: Theme = "light") -> str:
    root = ET.fromstring(to_svg(block, theme))  # noqa: S314 - our own drawing
    return " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int)


@pytest.mark.known_truth
def test_svg_holds_title_sentence_axes_method_and_origin_as_text() -> None:
    shown = words(example_block())
    for part in (
        MARKUP,
        "gain 320 days",
        "Positive nodes <b>",
        "Größe ≥ 0",
        "304 treated",
        "9F3A1c2b4d5e",
        "2026-01-31",
    ):
        assert part in shown
    assert "seed 7" in shown


@pytest.mark.known_truth
def test_svg_asks_for_nothing_from_outside_and_runs_nothing() -> None:
    root = ET.fromstring(to_svg(example_block()))  # noqa: S314 - as above
    for element in root.iter():
        assert element.tag.removeprefix(SVG) not in {"script", "foreignObject", "image", "use", "style"}
        for name, value in element.attrib.items():
            assert not name.endswith("href")
            assert not name.startswith("on")
            assert re.search(r"url\((?!['\"]?#)|https?:", value) is None


@pytest.mark.known_truth
def test_svg_names_itself_to_a_screen_reader() -> None:
    root = ET.fromstring(to_svg(example_block()))  # noqa: S314 - as above
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == example_block().title
    assert root.findtext(f"{SVG}desc") == example_block().alt


@pytest.mark.known_truth
@pytest.mark.parametrize("scale", [2.0, 3.0])
def test_png_has_scale_times_the_size_of_the_drawing(scale: float) -> None:
    root = ET.fromstring(to_svg(example_block()))  # noqa: S314 - as above
    size = Image.open(io.BytesIO(to_png(example_block(), scale=scale))).size
    expected = tuple(float(root.get(side) or 0) * scale for side in ("width", "height"))
    assert size == pytest.approx(expected, abs=scale)
    assert size[0] > 760 * scale


@pytest.mark.known_truth
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_png_wears_the_colours_of_the_screen(theme: Theme) -> None:
    picture = pixels(to_png(example_block(), theme, scale=1.0))
    ground = [int(ink(theme).ground[place : place + 2], 16) for place in (1, 3, 5)]
    assert picture[2, 2].tolist() == ground
    assert 0.01 < (picture != ground).any(axis=2).mean() < 0.5


@pytest.mark.known_truth
def test_letters_are_really_drawn() -> None:
    # The strip of the title holds ink, and other ink for other words: a missing font would leave it empty or boxed.
    one, two = (pixels(to_png(example_block(title=title), scale=1.0))[24:56] for title in ("illicit", "MOMENTS"))
    blank = pixels(to_png(example_block(title=" "), scale=1.0))[24:56]
    assert (blank == 255).all()
    assert (one < 128).any(axis=2).sum() > 50
    assert (two < 128).any(axis=2).sum() > 1.5 * (one < 128).any(axis=2).sum()


@pytest.mark.known_truth
def test_long_words_stay_inside_the_picture() -> None:
    long = example_block(title="MAXIMUM WORDS " * 20, sentence="Many words follow one another. " * 30)
    picture = pixels(to_png(long, scale=1.0))
    assert (picture[:, -12:] == 255).all()


@pytest.mark.known_truth
def test_exploratory_results_say_so() -> None:
    assert EXPLORATORY.split(":")[0] in words(example_block(exploratory=True))
    assert EXPLORATORY.split(":")[0] not in words(example_block())


@pytest.mark.known_truth
def test_the_spec_carries_the_alt_text_and_the_data() -> None:
    spec = chart_spec(example_block())
    assert spec["description"] == example_block().alt
    assert len(next(iter(spec["datasets"].values()))) == len(DATA)


@pytest.mark.known_truth
@pytest.mark.parametrize("draw", [chart_svg, chart_png])
def test_data_from_another_host_are_refused(draw: object) -> None:
    spec = {"data": {"url": "http://192.0.2.1/a.csv"}, "mark": "bar", "encoding": {"x": {"field": "a"}}}
    with pytest.raises(ValueError, match="not allowed"):
        draw(spec)  # type: ignore[operator]  # one of two functions


@pytest.mark.known_truth
def test_a_result_without_a_figure_has_no_picture() -> None:
    with pytest.raises(ValueError, match="no figure"):
        to_svg(example_block(chart=None))
