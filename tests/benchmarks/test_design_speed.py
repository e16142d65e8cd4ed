"""The tables that set our design engines beside rpact: our figures come out again, and a missing rpact is said."""

import pandas as pd
import pytest

from benchmarks import design, judge_design
from benchmarks.rates import read_results


@pytest.mark.independent
@pytest.mark.parametrize("call", sorted(design.EXACT))
def test_exact_figures_are_those_of_rpact(call: str) -> None:
    table = read_results("design_agreement")
    assert table is not None
    theirs = table.loc[table["call"] == call, "rpact"].to_numpy()
    assert design.EXACT[call]() == pytest.approx(theirs, rel=1e-6)


@pytest.mark.golden
def test_every_call_has_its_row_and_every_simulated_figure_agrees() -> None:
    speed, agreement = read_results("design_speed"), read_results("design_agreement")
    assert speed is not None
    assert agreement is not None
    ours = speed[speed["engine"] == design.OURS].set_index("call")
    assert set(ours.index) == {*design.SIMULATED, *design.EXACT, design.PATIENT_CALL}
    assert agreement["agrees"].all()
    for call in (*design.SIMULATED, *design.EXACT):
        theirs = speed[(speed["engine"] != design.OURS) & (speed["call"] == call)].iloc[0]
        expected = ours.loc[call, "trials_per_second"] / theirs["trials_per_second"]
        assert ours.loc[call, "ratio"] == pytest.approx(expected, rel=1e-4)


@pytest.mark.known_truth
def test_without_rpact_there_is_no_ratio(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(design.shutil, "which", lambda _: None)
    assert design.rpact_calls(100) == []
    assert "rpact was not run" in capsys.readouterr().out
    mine = design.Timed(engine=design.OURS, call="means", trials=10, cpu_seconds=2.0, values=(0.7,), in_all=10)
    table = design.speed_table([mine], [])
    assert table["trials_per_second"].tolist() == [5.0]
    assert table["ratio"].isna().all()
    assert judge_design._target(table.iloc[0]) == "not measured"
    assert design.agreement_table([mine], []).empty


@pytest.mark.known_truth
def test_a_target_that_is_missed_is_called_so() -> None:
    row = pd.Series({"engine": design.OURS, "call": "means", "trials_per_second": 9.0, "ratio": 999.0})
    assert judge_design._target(row) == "1,000 times NOT MET"
    assert judge_design._target(row.replace({999.0: 1000.0})) == "1,000 times ok"
    row["call"] = design.PATIENT_CALL
    assert judge_design._target(row) == "7,000 per second NOT MET"
