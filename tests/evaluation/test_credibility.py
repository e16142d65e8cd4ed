"""The questions about one effect modifier: each answer from its own source."""

from dataclasses import replace

import pytest

from ite.errors import EstimateError
from ite.evaluation.credibility import HIGHER, LOWER, Declared, credibility, directions
from ite.evaluation.evaluate import evaluate
from ite.evaluation.result import Evidence
from ite.trial.data import TrialData
from tests.evaluation.by_hand import ARM, by_hand

pytestmark = pytest.mark.known_truth
TRIAL, EFFECTS = by_hand(600, 1, slope=1.0)
EVIDENCE = evaluate(TRIAL, EFFECTS)
EXPECTED, EARLIER, CHANCE = (
    "Expected beforehand, and rightly?",
    "Supported by other studies?",
    "Is chance an unlikely explanation?",
)


def marks(
    evidence: Evidence = EVIDENCE, trial: TrialData = TRIAL, covariate: str = "x0", **said: str
) -> dict[str, str]:
    declared = Declared.model_validate({"covariate": covariate, **said})
    return credibility(trial, EFFECTS, evidence, ARM, declared).set_index("question")["mark"].to_dict()


def test_a_strong_declared_modifier_is_supported_by_what_can_be_known() -> None:
    found = marks(direction=HIGHER, declared_before="yes", earlier_evidence="yes")
    assert {found[EXPECTED], found[EARLIER], found[CHANCE]} == {"supports"}
    assert found["Does it hold in unseen patients?"] == "supports"
    assert found["How much is baseline risk alone?"] == "unknown"


def test_the_expected_direction_counts_only_where_it_was_right_and_written_down() -> None:
    assert marks()[EXPECTED] == "unknown"
    assert marks(declared_before="no")[EXPECTED] == "against"
    assert marks(direction=LOWER, declared_before="yes")[EXPECTED] == "against"
    assert marks(direction=HIGHER)[EXPECTED] == "unknown"
    assert marks(direction=HIGHER, declared_before="no")[EXPECTED] == "against"


@pytest.mark.parametrize(("p_value", "mark"), [(0.004, "supports"), (0.02, "unknown"), (0.2, "against")])
def test_chance_is_judged_by_the_adjusted_p_value(p_value: float, mark: str) -> None:
    evidence = replace(EVIDENCE, modifiers=EVIDENCE.modifiers.assign(p_value=p_value))
    assert marks(evidence)[CHANCE] == mark


def test_an_observational_comparison_counts_against() -> None:
    observational = TRIAL.roles.model_copy(update={"design": "observational"})
    found = marks(trial=TrialData.from_frame(TRIAL.frame, observational))
    assert found["Compared within a randomised trial?"] == "against"


def test_nothing_adds_up_to_a_score() -> None:
    table = credibility(TRIAL, EFFECTS, EVIDENCE, ARM, Declared(covariate="x1"))
    assert table.columns.tolist() == ["question", "mark", "finding", "instrument"]
    assert set(table["instrument"]) == {"ICEMAN", "PATH"}
    assert set(table["mark"]) <= {"supports", "against", "unknown"}


def test_directions_of_a_category_are_its_levels_and_others_are_refused() -> None:
    frame = TRIAL.frame.assign(sex=["m" if value > 0 else "f" for value in TRIAL.frame["x0"]])
    trial = TrialData.from_frame(frame, TRIAL.roles.model_copy(update={"covariates": ("x0", "sex")}))
    assert set(directions(trial, "sex")) == {"m gains most", "f gains most"}
    found = marks(trial=trial, covariate="sex", direction="m gains most", declared_before="yes")
    assert found[EXPECTED] == "supports"
    with pytest.raises(EstimateError, match=r"should be one of not stated, \w gains most"):
        marks(trial=trial, covariate="sex", direction=HIGHER)
    with pytest.raises(EstimateError, match="no covariate of this trial"):
        marks(covariate="weight")
