"""Life and quality: years of life counted by their quality, under two options."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from ite.charts.reading_value_life import lives_method, lives_sentence, totals_sentence, years_sentence
from ite.charts.value_life import lives_chart, lives_table, years_chart
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.two_lives import LivesCompared, TwoLives, compare_lives
from pages.panels.value.life_inputs import ask
from pages.ui import figure, origin
from pages.ui.attempt import attempt

_PATHS = """\
Each line is the mean quality of life of everybody who began on an option: 1 is full health, 0 is dead, and states \
worse than dead lie below 0. Those who have died count as 0, so the height of a line joins length and quality of life.

The area below a line is its quality-adjusted life years (QALYs). The shaded area between the lines is the difference: \
in the colour of the first option where it is ahead, in the colour of harm where it is behind.

Utilities are averages of people asked with one instrument and one set of values; another instrument gives others. \
Nothing is carried beyond the last time, so a difference that would last longer is not counted."""
_YEARS = """\
Discounting makes a later year count less today: at 3.5 % a year what comes in ten years counts about 71 %. The open \
bars are what each year adds, the filled bars what it counts today.

Counted at the start, middle or end of a year says when a year's QALYs are taken to come; the middle is the half-cycle \
correction. Continuous discounting counts each moment for itself, at an instantaneous rate: a yearly rate of 3.5 % is \
3.44 % there."""
_TABLE = """\
One row per option and one for the difference, per person. The last column is what discounting takes off: it grows \
with how late the years come, so a treatment that helps late loses most."""


@dataclass(frozen=True, kw_only=True)
class Lives:
    """Two options as typed, with their QALYs."""

    asked: TwoLives
    found: LivesCompared


def draw() -> None:
    """Draw the inputs and, beside them, the two paths."""
    left, right = st.columns([6, 8], gap="medium")
    with left:
        make = ask()
    with right:
        lives = attempt("value-life", lambda: _lives(make()))
        if lives is not None:
            _blocks(lives)


def _lives(asked: TwoLives) -> Lives:
    return Lives(asked=asked, found=compare_lives(asked))


def _blocks(lives: Lives) -> None:
    asked, found = lives.asked, lives.found
    method, settings, provenance = lives_method(asked), {"asked": asked}, origin.typed(asked)
    step = ("found = compare_lives(asked)",)
    figure.show(
        ResultBlock(
            key="value-life",
            title="How much life, and of which quality?",
            sentence=lives_sentence(asked, found),
            **figure.drawn(partial(lives_chart, asked, found)),
            data=found.points,
            method=method,
            code=design_code(settings, [compare_lives], "found.points", step),
            how_to_read=_PATHS,
            provenance=provenance,
        ),
        "value-life",
    )
    figure.show(
        ResultBlock(
            key="value-life-totals",
            title="With and without discounting",
            sentence=totals_sentence(asked, found),
            alt="Table of QALYs of each option and the difference, with and without discounting",
            data=lives_table(found),
            method=method,
            code=design_code(settings, [compare_lives, lives_table], "lives_table(found)", step),
            how_to_read=_TABLE,
            provenance=provenance,
        ),
        "value-life-totals",
    )
    figure.show(
        ResultBlock(
            key="value-life-years",
            title="When does the difference arise?",
            sentence=years_sentence(asked, found),
            **figure.drawn(partial(years_chart, asked, found)),
            data=found.by_year,
            method=method,
            code=design_code(settings, [compare_lives], "found.by_year", step),
            how_to_read=_YEARS,
            provenance=provenance,
        ),
        "value-life-years",
    )
