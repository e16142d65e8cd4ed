"""Trial design, question "From this trial": every input counts, and the page says how weak the basis is."""

from typing import Any

import pandas as pd
import pytest

import ite
from benchmarks.enrolment import RESULTS
from ite.design.fitted import curve, next_trial
from ite.design.fitted.patients import SourceOutcome, source_outcome
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.study import with_slices
from ite.subgroup.slice import Slice
from ite.trial.data import TrialData
from pages.panels.design import fitted as fitted_panel
from tests.design.fitted.examples import ARM, fitted
from tests.pages.next_trial import STRONG, WEAK, Blocks, collected, put, study, study_of, told, visit
from tests.pages.opened import desk, words

pytestmark = pytest.mark.page


@pytest.fixture
def blocks(monkeypatch: pytest.MonkeyPatch) -> Blocks:
    """Collect the results that the page shows in place of drawing them."""
    return collected(monkeypatch)


def test_without_a_trial_the_page_leads_to_one(blocks: Blocks) -> None:
    app = visit(None)
    assert "No trial is open yet." in words(app)
    assert [link.proto.label for link in app.get("page_link")] == ["Open a sample trial", "Bring your own file"]
    assert not blocks


def test_each_input_changes_what_is_said(blocks: Blocks) -> None:
    app = visit(study_of(**STRONG))
    changes: dict[str, Any] = {
        "ft-enrol": 30,
        "ft-target": 90,
        "ft-level": 5.0,
        "ft-looks": 3,
        "ft-dropout": 10.0,
        "ft-per-month": 10.0,
        "ft-currency": "EUR",
        "ft-test": 900.0,
        "ft-patient": 9_000.0,
        "ft-goal": "Patients screened",
        "ft-view": "Patients",
        "ft-size": "Patients",
        "ft-n": 300,
        "ft-by": "Best share",
    }
    for key, value in changes.items():
        before = told(blocks)
        put(app, key, value)
        assert told(blocks) != before, key
    put(app, "ft-by", "Least benefit")
    before = told(blocks)
    put(app, "ft-least", 0.5)
    assert told(blocks) != before


def test_a_weak_basis_is_said_and_all_comers_are_not_beaten(blocks: Blocks) -> None:
    app = visit(study_of(**WEAK))
    assert "The basis is too weak to enrich on." in words(app)
    assert blocks["enrolled-fraction"].title == "All-comers not beaten"
    figures = blocks["next-trial"].data.set_index("population")
    # With nothing believed of the difference the rule cannot gain anything.
    assert figures.loc["enrolled", "effect"] == pytest.approx(figures.loc["everybody", "effect"], abs=1e-9)


def test_a_strong_difference_beats_all_comers(blocks: Blocks) -> None:
    app = visit(study_of(**STRONG), **{"ft-by": "Best share", "ft-size": "Patients", "ft-n": "60"})
    assert "The basis is fair." in words(app)
    assert blocks["enrolled-fraction"].title == "Enrolling everybody is beaten"
    figures = blocks["next-trial"].data.set_index("population")["assurance"]
    assert figures["enrolled"] > figures["everybody"]


def test_assurance_stands_beside_the_power_and_both_with_their_error(blocks: Blocks) -> None:
    visit(study_of(**STRONG))
    assert {"assurance", "assurance_se", "power_at_estimate", "power_at_estimate_se"} <= set(
        blocks["next-trial"].data.columns
    )
    assert blocks["next-trial"].sentence.count("±") == 2
    assert "if the estimate were the truth" in blocks["next-trial"].alt


def test_protected_groups_are_shown_against_the_source(blocks: Blocks) -> None:
    visit(study_of(**STRONG), **{"ft-enrol": "30"})
    table = blocks["representation"].data.set_index("group")
    assert table["source_share"].sum() == pytest.approx(1.0)
    # In the example the marker goes with the sex, so that men are left out more often.
    assert blocks["representation"].title.startswith("Least represented: sex male")
    assert table.loc["male", "ratio"] < 1 < table.loc["female", "ratio"]


def test_chances_over_the_fraction_are_those_of_the_size_found(blocks: Blocks) -> None:
    visit(study_of(difference=0.8), **{"ft-enrol": "60"})
    size = blocks["next-trial"].data["randomised"].iloc[0]
    assert f"for {size:,.0f} randomised patients" in blocks["enrolled-fraction"].method
    at_60 = blocks["enrolled-fraction"].data.set_index("fraction").loc[0.6, "assurance"]
    assert at_60 == pytest.approx(0.8, abs=0.01)


def test_what_is_impossible_is_said_and_the_curve_stays(blocks: Blocks) -> None:
    app = visit(study_of(average=0.0, factor=0.0), **{"ft-size": "Assurance", "ft-target": "99"})
    (error,) = app.error
    assert "an assurance of 99" in str(error.value)
    assert set(blocks) == {"enrolled-fraction"}


def test_another_trial_never_shows_the_result_of_the_one_before(blocks: Blocks) -> None:
    app = visit(study_of(**STRONG), **{"ft-size": "Assurance", "ft-target": "99"})
    assert "next-trial" in blocks
    blocks.clear()
    app.session_state["_study"] = study_of(average=0.0, factor=0.0)
    with desk():
        app.run()
    assert len(app.error) == 1
    assert "next-trial" not in blocks


@pytest.mark.parametrize(
    "link", [{}, {"ft-by": "Best share", "ft-size": "Patients"}, {"ft-by": "A kept slice"}, {"ft-by": "Two markers"}]
)
def test_shown_code_gives_the_shown_numbers(
    blocks: Blocks, link: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    trial, effects = fitted(difference=1.5)
    chosen = Slice(name="high marker", axis="marker", arm=ARM, lower=0.6)
    visit(with_slices(study(trial, effects), (chosen,)), **link)

    def estimate(_trial: TrialData, spec: EffectSpec) -> EffectEstimate:
        assert spec == effects.spec
        return effects

    monkeypatch.setattr(ite, "read_trial", lambda *_: trial, raising=False)
    monkeypatch.setattr(ite, "estimate", estimate, raising=False)
    for block in blocks.values():
        namespace: dict[str, Any] = {}
        exec(compile(block.code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
        pd.testing.assert_frame_equal(namespace["shown"], block.data)


def test_each_view_says_what_it_shows(blocks: Blocks) -> None:
    app = visit(study_of(**STRONG), **{"ft-currency": "EUR"})
    said = {"Effect": blocks["enrolled-fraction"]}
    for view in ("Patients", "Months", "Cost", "Success"):
        put(app, "ft-view", view)
        said[view] = blocks["enrolled-fraction"]
    assert len({block.sentence for block in said.values()}) == len({block.title for block in said.values()}) == 5
    assert "EUR" in said["Cost"].sentence
    assert "randomised" in said["Patients"].sentence
    assert "EUR" in blocks["next-trial"].sentence


def test_outcomes_of_the_source_are_computed_once_for_all_results(
    blocks: Blocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def counted(trial: TrialData, effects: EffectEstimate, arm: str) -> SourceOutcome:
        calls.append(arm)
        return source_outcome(trial, effects, arm)

    for module in (next_trial, curve, fitted_panel):
        monkeypatch.setattr(module, "source_outcome", counted)
    app = visit(study_of(**STRONG))
    calls.clear()
    put(app, "ft-enrol", 30)
    assert calls == [ARM]
    assert {"next-trial", "enrolled-fraction"} <= set(blocks)


def test_what_is_said_of_the_trust_in_it_is_what_was_measured(blocks: Blocks) -> None:
    visit(study_of(**STRONG))
    table = pd.read_csv(RESULTS / "enrolment_drawn.csv")
    means = {
        name: [round(100 * table[f"{name}_{what}"].mean()) for what in ("assurance", "achieved")]
        for name in ("fixed", "best")
    }
    lowest = table.nsmallest(len(table) // 3, "fixed_assurance")
    predicted, achieved = (round(100 * lowest[f"fixed_{what}"].mean()) for what in ("assurance", "achieved"))
    said = blocks["next-trial"].how_to_read
    assert f"in {len(table)} simulated source trials" in said
    assert f"{means['fixed'][0]} % predicted and {means['fixed'][1]} % achieved for the top 30 %" in said
    assert f"{means['best'][0]} % and {means['best'][1]} % for the best share" in said
    assert f"{predicted} % was predicted and {achieved} % achieved" in said
