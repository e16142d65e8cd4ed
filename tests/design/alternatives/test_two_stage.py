import numpy as np
import pytest

from ite.design.alternatives.two_stage import TwoStage, two_stage_characteristics
from ite.errors import DesignError

# The optimal and the minimax design of Simon 1989 for 0.2 against 0.4 at 5 % and 80 %.
OPTIMAL = TwoStage(stop_at=3, n_first=13, reject_above=12, n_total=43, rate_null=0.2, rate_alternative=0.4)
MINIMAX = TwoStage(stop_at=4, n_first=18, reject_above=10, n_total=33, rate_null=0.2, rate_alternative=0.4)


@pytest.mark.known_truth
@pytest.mark.parametrize(("design", "size", "stopping"), [(OPTIMAL, 20.6, 0.75), (MINIMAX, 22.3, 0.72)])
def test_published_designs(design: TwoStage, size: float, stopping: float) -> None:
    result = two_stage_characteristics(design)
    assert result.type_one_error <= 0.05
    assert result.power >= 0.8
    assert result.expected_n_null == pytest.approx(size, abs=0.05)
    assert result.early_stop_null == pytest.approx(stopping, abs=0.005)


@pytest.mark.known_truth
def test_equals_simulated_trials() -> None:
    trials, rng = 200_000, np.random.default_rng(7)
    first, second = rng.binomial(13, 0.4, trials), rng.binomial(30, 0.4, trials)
    success = np.mean((first > 3) & (first + second > 12))
    result = two_stage_characteristics(OPTIMAL)
    assert result.power == pytest.approx(success, abs=4 * np.sqrt(0.25 / trials))
    assert result.expected_n_alternative == pytest.approx(
        np.where(first > 3, 43, 13).mean(), abs=4 * 30 * np.sqrt(0.25 / trials)
    )


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"n_first": 43}, "nearest possible number is 42"),
        ({"stop_at": 13}, "nearest possible number is 12"),
        ({"reject_above": 2}, "nearest possible number is 3"),
        ({"rate_alternative": 0.1}, "must be above"),
    ],
)
def test_stages_that_do_not_follow_one_another(change: dict[str, float], sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        two_stage_characteristics(OPTIMAL.model_copy(update=change))
