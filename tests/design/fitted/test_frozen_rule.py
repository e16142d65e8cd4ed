import json

import numpy as np
import pandas as pd
import pytest

import ite
from ite.design.fitted.export import design_json
from ite.design.fitted.frozen_rule import FrozenRule
from ite.design.fitted.new_patients import encode_new
from ite.design.fitted.spec import NextTrialSpec
from ite.errors import DesignError
from ite.estimation.features import encode
from ite.subgroup.slice import Slice
from ite.trial.data import TrialData
from ite.trial.samples import load_sample
from tests.design.fitted.examples import ARM, fitted


@pytest.mark.independent
def test_source_patients_asked_anew_have_the_features_of_the_fit() -> None:
    covariates = load_sample("simulated").covariates
    matrix = encode(covariates).matrix
    assert encode_new(covariates, covariates) == pytest.approx(matrix, rel=1e-12)
    # Three patients alone: their own mean, spread and categories do not count.
    assert encode_new(covariates, covariates.iloc[[5, 90, 4]]) == pytest.approx(matrix[[5, 90, 4]], rel=1e-12)


@pytest.mark.known_truth
def test_new_patients_that_cannot_be_read_are_refused() -> None:
    source = pd.DataFrame({"age": np.arange(40.0), "sex": pd.Categorical(["f", "m"] * 20)})
    with pytest.raises(DesignError, match="lack"):
        encode_new(source, source[["age"]])
    with pytest.raises(DesignError, match="has a text"):
        encode_new(source, pd.DataFrame({"age": ["old"], "sex": ["f"]}))
    with pytest.raises(DesignError, match="no patient whose 'sex' is 'x'"):
        encode_new(source, pd.DataFrame({"age": [40.0], "sex": ["x"]}))
    rare = source.assign(sex=pd.Categorical(["f"] * 20 + ["m"] * 15 + ["x"] * 5))
    pooled = encode_new(rare, pd.DataFrame({"age": [1.0, 2.0], "sex": ["x", "never seen"]}))
    assert np.array_equal(pooled[0, 1:], pooled[1, 1:])


@pytest.mark.known_truth
def test_the_frozen_rule_enrols_its_share_of_the_source_and_survives_json() -> None:
    trial, effects = fitted(n=300, difference=1.5)
    design = ite.Enrichment.from_effects(trial, effects, arm=ARM, enrol=0.4, n=200)
    rule = FrozenRule.of(trial, effects, design)
    again = FrozenRule.model_validate_json(rule.model_dump_json())
    assert again == rule
    assert again.digest == rule.digest
    enrolled = again.enrols(trial, trial.covariates)
    assert enrolled.mean() == pytest.approx(0.4, abs=1 / 300)
    # The effect is greater above a marker of 0.7: the rule goes by the marker.
    assert trial.frame.loc[enrolled, "marker"].mean() > trial.frame.loc[~enrolled, "marker"].mean() + 0.2
    assert np.array_equal(enrolled.iloc[:7], again.enrols(trial, trial.covariates.iloc[:7]))
    text = design_json(design, rule)
    assert NextTrialSpec.model_validate_json(_part(text, "spec")) == design.spec
    assert FrozenRule.model_validate_json(_part(text, "rule")) == rule
    assert rule.digest in text


@pytest.mark.known_truth
def test_a_rule_of_other_data_or_another_model_is_refused() -> None:
    trial, effects = fitted(n=300, difference=1.5)
    design = ite.Enrichment.from_effects(trial, effects, arm=ARM, enrol=0.4, n=200)
    rule = FrozenRule.of(trial, effects, design)
    other = TrialData.from_frame(trial.frame.iloc[:-1], trial.roles)
    with pytest.raises(DesignError, match="other data"):
        rule.enrols(other, trial.covariates)
    moved = rule.model_copy(update={"twentieths": tuple(value + 0.01 for value in rule.twentieths)})
    with pytest.raises(DesignError, match="differs from the frozen one"):
        moved.enrols(trial, trial.covariates)
    by_slice = ite.Enrichment.from_effects(
        trial, effects, arm=ARM, n=100, slice=Slice(name="high", axis="marker", arm=ARM, lower=0.5, prespecified=True)
    )
    with pytest.raises(DesignError, match="a rule already"):
        FrozenRule.of(trial, effects, by_slice)


def _part(text: str, name: str) -> str:
    return json.dumps(json.loads(text)[name])
