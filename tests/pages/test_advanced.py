"""The folded-away questions of the Data page: a treatment that was chosen, and chances that differ between patients."""

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ite.analysis import analyse
from ite.estimation.spec import EffectSpec
from ite.trial.data import TrialData
from tests.pages.opened import desk, opened, study_of, words

pytestmark = pytest.mark.page


def patients(n: int = 400) -> pd.DataFrame:
    """Return patients whose chance of the drug is 0.3 or 0.7, and whom it helps if, and only if, they are marked."""
    random = np.random.default_rng(11)
    chance = np.where(np.arange(n) % 2, 0.3, 0.7)
    drug = random.random(n) < chance
    marker = random.normal(0, 1, n)
    return pd.DataFrame(
        {
            "arm": np.where(drug, "drug", "placebo"),
            "marker": marker.round(3),
            "age": random.normal(60, 9, n).round(),
            "drug_chance": chance,
            "outcome": (random.normal(0, 1, n) + drug * 3 * marker).round(3),
        }
    )


def uploaded() -> AppTest:
    app = opened("data")
    return app.file_uploader[0].upload("my trial.csv", patients().to_csv(index=False).encode()).run()


def choose(app: AppTest, label: str, value: str) -> AppTest:
    return next(box for box in app.selectbox if box.label == label).set_value(value).run()


def trial_of(app: AppTest) -> TrialData:
    trial = study_of(app.button(key="use-roles").click().run()).trial
    assert trial is not None
    return trial


def test_by_default_treatment_was_drawn_and_no_chance_is_known() -> None:
    with desk():
        roles = trial_of(uploaded()).roles
    assert (roles.design, roles.propensity) == ("randomized", None)


def test_an_observational_design_reaches_the_roles_and_the_verdict_stops_at_suggestive() -> None:
    with desk():
        drawn = trial_of(uploaded())
        chosen = trial_of(choose(uploaded(), "Each patient's treatment was", "observational"))
    assert chosen.roles.design == "observational"
    spec = EffectSpec(learner="x_lasso")
    verdicts = [analyse(trial, spec).evidence.heterogeneity["verdict"].tolist() for trial in (drawn, chosen)]
    assert verdicts == [["evidence"], ["suggestive"]]


def test_columns_of_known_chances_reach_the_trial() -> None:
    with desk():
        app = choose(uploaded(), "Known chance of drug", "drug_chance")
        trial = trial_of(app)
        assert not app.exception
    assert trial.roles.propensity == {"drug": "drug_chance"}
    assert trial.known_propensity is not None
    np.testing.assert_allclose(trial.known_propensity[:, trial.arms.index("drug")], patients()["drug_chance"])


@pytest.mark.parametrize(
    ("label", "value", "sentence"),
    [
        ("Known chance of drug", "drug_chance", "The chance of an arm is given twice"),
        ("Each patient's treatment was", "observational", "belongs to a randomised trial"),
    ],
)
def test_a_ratio_beside_them_is_refused_in_the_words_of_the_page(label: str, value: str, sentence: str) -> None:
    with desk():
        app = uploaded()
        next(box for box in app.checkbox if box.label == "The allocation ratio is known").check().run()
        app = choose(app, label, value)
    assert not app.exception
    assert sentence in words(app)
    assert "use-roles" not in [button.key for button in app.button]
