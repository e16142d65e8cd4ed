"""Inputs of a trial of treatment sequences, in which A suits one marker group and B the other."""

from collections.abc import Callable

from ite.design.alternatives.treatment_sequences import Level, SequenceTrial, Treatment
from pages.panels.design.other_fields import level as test_level
from pages.panels.design.other_fields import whole
from pages.panels.design.size_fields import number, percent, slider

_LETTERS = "ABCD"
_GROUPS = ("marker-positive", "marker-negative")


def sequence_trial() -> Callable[[], SequenceTrial]:
    """Draw the inputs; return what makes the trial, which raises `DesignError` where they do not fit."""
    entrants = whole("Patients who enter", (10, 1_000_000), 1_000, "ts-entrants", "At the first level.")
    levels = whole("Levels", (1, 4), 2, "ts-levels", "How often patients are randomised.")
    arms = whole("Treatments at each level", (2, 4), 2, "ts-arms", "Randomised in equal shares.")
    response = percent("Response at level 1 (%)", 33.0, "ts-response", "On average over treatments.", step=1.0)
    kept = slider("Response at each later level", (10, 100), 70, "ts-kept", "Of that at the level before.")
    retained = slider("Retained at each later level", (10, 100), 80, "ts-retained", "Of those without response.")
    share = slider("Marker-positive", (1, 99), 50, "ts-share", "Share of the patients who enter.")
    opposite = number(
        "Opposite effect (points)",
        20.0,
        "ts-opposite",
        "At level 1, A beats B by so many percentage points among marker-positives and loses by as many among others.",
        step=5.0,
    )
    alpha = test_level("ts", sides="Two", default=5.0)

    def make() -> SequenceTrial:
        return SequenceTrial(
            entrants=entrants,
            groups=_GROUPS,
            shares=(share, 1 - share),
            levels=tuple(
                _level(place, arms, (response, opposite / 100), kept**place, retained if place else 1.0)
                for place in range(levels)
            ),
            alpha_two_sided=alpha,
        )

    return make


def _level(place: int, arms: int, first: tuple[float, float], kept: float, retained: float) -> Level:
    """Return a level at which A suits the first group, B the second, and further treatments neither.

    `first` holds the average response and the opposite effect at the first level, of which a share is kept here.
    """
    response, opposite = first[0] * kept, first[1] * kept
    gains = [opposite / 2, -opposite / 2, *[0.0] * (arms - 2)]
    return Level(
        treatments=tuple(
            Treatment(name=f"{letter}{place + 1}", response=(round(response + gain, 12), round(response - gain, 12)))
            for letter, gain in zip(_LETTERS[:arms], gains, strict=True)
        ),
        retained=retained,
    )
