"""The palette can be told apart by everybody, on both grounds."""

import itertools

import numpy as np
import pytest

from ite.charts.theme import Theme, arm_colour, arm_colours, arm_dash_scale, arm_shape_scale, ink

pytestmark = pytest.mark.known_truth
ARMS = ("placebo", "low", "middle", "high")
THEMES: tuple[Theme, Theme] = ("light", "dark")
# Machado, Oliveira & Fernandes 2009, IEEE TVCG 15:1291-1298, severity 1, in linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("theme", THEMES)
def test_marks_reach_three_to_one_and_text_seven_to_one(theme: Theme) -> None:
    colours = ink(theme)
    assert all(contrast(colour, colours.ground) >= 3 for colour in arm_colours(ARMS, theme).values())
    assert contrast(colours.text, colours.ground) >= 7
    assert contrast(colours.quiet, colours.ground) >= 4.5


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("theme", THEMES)
def test_arms_are_told_apart_with_any_colour_vision(theme: Theme, deficiency: str) -> None:
    seen = [lab(DEFICIENCIES[deficiency] @ linear(colour)) for colour in arm_colours(ARMS[:3], theme).values()]
    assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2)) >= 15


def test_second_cues_differ_from_arm_to_arm() -> None:
    dashes = arm_dash_scale(ARMS).to_dict()["range"]
    shapes = arm_shape_scale(ARMS).to_dict()["range"]
    assert len({tuple(dash) for dash in dashes}) == len(set(shapes)) == len(ARMS)


def test_an_arm_keeps_its_colour_whatever_else_is_drawn() -> None:
    assert arm_colour("low", ARMS, "light") == arm_colours(ARMS, "light")["low"]
    assert arm_colour("placebo", ARMS, "light") == arm_colour("placebo", ARMS[:2], "light")
