"""A study's steps: what saving one of them means for the later ones."""

from types import SimpleNamespace
from typing import Any

import pytest

from ite.estimation.spec import EffectSpec
from ite.study import Study, with_effects, with_slices, with_spec, with_table, with_trial

pytestmark = pytest.mark.known_truth


def trial(digest: str = "a", name: str = "trial.csv") -> Any:  # noqa: ANN401 - stands in for a TrialData
    return SimpleNamespace(digest=digest, name=name)


def fitted() -> Study:
    study = with_spec(with_trial(Study(), trial()), EffectSpec(horizon=100))
    return with_effects(study, SimpleNamespace(), SimpleNamespace(), preview=False)  # type: ignore[arg-type]


def sliced() -> Study:
    return with_slices(fitted(), (SimpleNamespace(name="young"),))  # type: ignore[arg-type]


def test_an_empty_study_has_everything_to_do() -> None:
    assert [Study().status(step) for step in ("data", "effects", "subgroups")] == ["to do"] * 3


def test_a_fast_result_is_a_preview_until_the_default_replaces_it() -> None:
    study = with_trial(Study(), trial())
    first = with_effects(study, SimpleNamespace(), SimpleNamespace(), preview=True)  # type: ignore[arg-type]
    second = with_effects(first, SimpleNamespace(), SimpleNamespace(), preview=False)  # type: ignore[arg-type]
    assert (first.status("effects"), second.status("effects")) == ("preview", "done")


def test_other_roles_on_the_same_file_let_effects_go_and_mark_later_steps() -> None:
    changed = with_trial(sliced(), trial(digest="b"))
    assert changed.effects is None
    assert changed.evidence is None
    assert changed.stale == {"effects", "subgroups"}
    assert [kept.name for kept in changed.slices] == ["young"]


def test_another_file_starts_afresh() -> None:
    other = with_trial(sliced(), trial(digest="c", name="other.csv"))
    assert (other.effects, other.slices, other.stale, other.log) == (None, (), frozenset(), ())


def test_the_same_trial_again_changes_nothing() -> None:
    before = sliced()
    after = with_trial(before, trial())
    assert after.effects is before.effects
    assert after.stale == before.stale


def test_other_settings_mark_effects_and_slices_stale_but_keep_them_to_look_at() -> None:
    study = with_spec(sliced(), EffectSpec(horizon=100, seed=7))
    assert study.effects is not None
    assert study.stale == {"effects", "subgroups"}
    assert study.log == ()


def test_a_horizon_changed_after_effects_were_seen_is_logged_as_post_hoc() -> None:
    study = with_spec(fitted(), EffectSpec(horizon=50))
    assert len(study.log) == 1
    assert "100 to 50 (post hoc)" in study.log[0]


def test_a_horizon_changed_before_any_effect_is_not_logged() -> None:
    study = with_spec(with_trial(Study(), trial()), EffectSpec(horizon=100))
    assert with_spec(study, EffectSpec(horizon=50)).log == ()


def test_new_effects_are_current_and_slices_have_to_be_seen_again() -> None:
    study = with_effects(sliced(), SimpleNamespace(), SimpleNamespace(), preview=False)  # type: ignore[arg-type]
    assert study.status("effects") == "done"
    assert study.status("subgroups") == "stale"


def test_saving_slices_makes_them_current() -> None:
    stale = with_spec(sliced(), EffectSpec(seed=3))
    assert with_slices(stale, stale.slices).status("subgroups") == "done"


def test_a_new_file_waits_beside_the_trial_in_use() -> None:
    before = fitted()
    after = with_table(before, SimpleNamespace(name="new.csv"))  # type: ignore[arg-type]
    assert after.trial is before.trial
    assert after.effects is before.effects


def test_a_study_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError, match="cannot assign"):
        Study().preview = True  # type: ignore[misc]
