import json
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite import version
from ite.estimation.spec import EffectSpec
from ite.report.provenance import Provenance
from ite.report.text import clean, wrap
from ite.trial.data import TrialData
from ite.trial.roles import Roles
from tests.report.examples import PROVENANCE, example_block

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


@pytest.fixture
def trial() -> TrialData:
    frame = pd.DataFrame({"arm": ["a", "b"] * 30, "y": range(60), "x": [1.5, 2.5, 3.5] * 20})
    return TrialData.from_frame(
        frame, Roles(treatment="arm", control="a", outcome="y", covariates=("x",)), name="my.csv"
    )


@pytest.mark.known_truth
@given(ANYTHING)
def test_a_file_name_is_safe_on_every_system(key: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", example_block(key=key).file_stem)
    assert len(example_block(key=key * 9).file_stem) <= 70


@pytest.mark.known_truth
def test_a_file_name_tells_result_and_data() -> None:
    assert example_block(key="Größe: by ../node").file_stem == "groe-by-node-9f3a1c2b"


@pytest.mark.known_truth
def test_provenance_holds_what_finds_the_numbers_again(trial: TrialData) -> None:
    spec = EffectSpec(learner="x_lasso", seed=11)
    made = json.loads(Provenance.of(trial, spec, on=date(2026, 2, 3)).to_json())
    assert Roles(**made["roles"]) == trial.roles
    assert EffectSpec(**made["settings"]["EffectSpec"]) == spec
    assert made["data"] == {"name": "my.csv", "sha256": trial.digest, "patients": 60}
    assert made["seed"] == 11
    assert made["stratagem"] == {"version": version.__version__, "results_version": version.RESULTS_VERSION}
    assert made["made_on"] == "2026-02-03"


@pytest.mark.known_truth
def test_the_footer_is_one_line_with_data_settings_release_and_day(trial: TrialData) -> None:
    assert PROVENANCE.footer.endswith("· 2026-01-31")
    assert "learner x lasso, horizon 1826, seed 7" in PROVENANCE.footer
    bare = Provenance.of(trial, on=None)
    assert bare.footer == (
        f"Data: my.csv (n = 60, {trial.digest[:12]}) · Stratagem {version.__version__}, "
        f"results version {version.RESULTS_VERSION}"
    )


@pytest.mark.known_truth
def test_a_seed_can_be_named_where_the_settings_hold_none(trial: TrialData) -> None:
    assert Provenance.of(trial, seed=3, on=None).seed == 3


@pytest.mark.known_truth
def test_several_specifications_stand_side_by_side(trial: TrialData) -> None:
    made = Provenance.of(trial, EffectSpec(seed=4), trial.roles, on=None)
    assert set(json.loads(made.spec)) == {"EffectSpec", "Roles"}
    assert made.seed == 4


@pytest.mark.known_truth
def test_how_to_read_has_its_paragraphs() -> None:
    assert example_block(how_to_read="One.\n\n\n\n Two\nlines. \n\n").paragraphs == ("One.", "Two\nlines.")


@pytest.mark.known_truth
@given(ANYTHING)
def test_clean_text_can_stand_in_xml(text: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]", clean(text))
    assert len(clean(text)) == len(text)


@pytest.mark.known_truth
@given(st.text(st.sampled_from("abWi. 漢")), st.floats(40, 400))
def test_wrapping_loses_no_letter(text: str, width: float) -> None:
    assert "".join("".join(wrap(text, width, 12)).split()) == "".join(text.split())
