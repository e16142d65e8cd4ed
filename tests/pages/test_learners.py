"""The learners a person can choose are those that exist, each in words."""

from typing import get_args

import pytest

from ite.estimation.learners.registry import HOMES
from ite.estimation.learners.selection import Rule
from ite.estimation.spec import Learner
from pages.ui.learners import CHOICES, IN_A_SENTENCE, choices
from tests.charts.examples import binary_trial, continuous_trial


@pytest.mark.page
def test_every_learner_is_offered_in_words_and_has_a_home() -> None:
    assert set(CHOICES) == set(IN_A_SENTENCE) == set(get_args(Learner))
    assert set(HOMES) | set(get_args(Rule)) | {"auto"} == set(get_args(Learner))


@pytest.mark.page
def test_the_uplift_forest_is_offered_for_two_values_only() -> None:
    assert "uplift_forest" in choices(binary_trial())
    assert "uplift_forest" not in choices(continuous_trial())
