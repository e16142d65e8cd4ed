"""Shown code of a design makes the same settings again, and nothing that was typed becomes code."""

from typing import Any

import pandas as pd
import pytest

from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.trial_size import OneAnalysis, size_trial
from ite.design.sequential.boundary import Boundary
from ite.design.sequential.futility import Futility
from ite.report.design_code import design_code, source_of
from ite.report.provenance import Provenance

pytestmark = pytest.mark.known_truth
TRIAL = OneAnalysis(endpoint=LogRank(hazard_ratio=0.7), control_median_months=12.5, power=0.85)


def run(code: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(compile(code, "shown code", "exec"), namespace)  # noqa: S102 - this is the test
    return namespace


def size_frame(trial: OneAnalysis) -> pd.DataFrame:
    return pd.DataFrame([vars(size_trial(trial))])


def test_code_makes_nested_settings_again() -> None:
    settings = {
        "trial": TRIAL,
        "boundary": Boundary(family="user_spending", information_fractions=(0.5, 1.0), cumulative_alpha=(0.01, 0.025)),
        "futility": Futility(scale="z", bounds=(None,)),
    }
    made = run(design_code(settings, [size_trial], "pd.DataFrame([vars(size_trial(trial))])", ["import pandas as pd"]))
    assert {name: made[name] for name in settings} == settings
    assert made["shown"].equals(size_frame(TRIAL))


def test_defaults_are_left_out_and_long_calls_are_broken() -> None:
    assert source_of(OneAnalysis(endpoint=LogRank(hazard_ratio=0.7), control_median_months=12)) == (
        "OneAnalysis(endpoint=LogRank(hazard_ratio=0.7), control_median_months=12)"
    )
    looks = Boundary(information_fractions=tuple((look + 1) / 9 for look in range(9)), family="pocock")
    assert source_of(looks).startswith('Boundary(\n    family="pocock",\n')
    assert source_of((LogRank(hazard_ratio=0.5), LogRank(hazard_ratio=0.6))) == (
        "[LogRank(hazard_ratio=0.5), LogRank(hazard_ratio=0.6)]"
    )


def test_typed_assumptions_are_traced_by_their_own_digest() -> None:
    first, again = (Provenance.typed(TRIAL, on=None) for _ in range(2))
    other = Provenance.typed(TRIAL.model_copy(update={"power": 0.8}), on=None)
    assert first.digest == again.digest != other.digest
    assert first.footer.startswith(f"Data: typed assumptions, no data ({first.digest[:12]}) · ")
    assert '"patients": null' in first.to_json()
    assert '"hazard_ratio": 0.7' in first.to_json()
