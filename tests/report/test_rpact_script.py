"""The R script for rpact: what it says of each setting, when there is none, and that rpact gives our figures."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ite.design.alternatives.assay import Assay
from ite.design.enrichment.reestimation import Reestimation
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.simulate import simulate_enrichment
from ite.design.sequential.boundary import Boundary
from ite.report.enrichment_file import EnrichmentFile
from ite.report.rpact_script import rpact_script
from tests.design.enrichment.examples import one_subgroup, two_overlapping

_TRIALS = 4_000
RESIZED = Reestimation(target_conditional_power=0.8, least=75.0, most=450.0)


def script_of(outcome: str = "means", prevalence: float = 0.4, **settings: Any) -> str:  # noqa: ANN401 - of a design
    text = rpact_script(EnrichmentFile(design=one_subgroup(outcome, prevalence, **settings))).text
    assert text is not None
    return text


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("outcome", "settings", "expected"),
    [
        ("means", {}, "plannedSubjects = c(150, 300), effectList = strata"),
        ("means", {}, "stDevs = c(1, 1), effects = matrix(c(0.4, 0.1), 1)"),
        ("rates", {}, "piControls = c(0.3, 0.3), piTreatments = matrix(c(0.5, 0.35), 1)"),
        ("events", {}, "plannedEvents = c(100, 200)"),
        ("events", {}, "directionUpper = FALSE"),
        ("means", {"boundary": Boundary(family="wang_tsiatis", delta=0.25)}, 'typeOfDesign = "WT", deltaWT = 0.25'),
        ("means", {"boundary": Boundary(family="hwang_shih_decani", gamma=-4.0)}, '"asHSD", gammaA = -4'),
        ("means", {"combination": "fisher"}, 'getDesignFisher(kMax = 2, alpha = 0.025, method = "equalAlpha")'),
        ("means", {"selection": Selection(rule="epsilon", epsilon=0.1)}, '"epsilon", epsilonValue = 0.1'),
        ("means", {"selection": Selection(threshold=0.2)}, "threshold = 0.2"),
        ("means", {"success": "at_least_one"}, 'successCriterion = "atLeastOne"'),
        ("means", {"reestimation": RESIZED}, "conditionalPower = 0.8, minNumberOfSubjectsPerStage = c(NA, 75)"),
    ],
)
def test_each_setting_is_written(outcome: str, settings: dict[str, Any], expected: str) -> None:
    assert expected in script_of(outcome, **settings)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("settings", "word"),
    [
        ({"selection": Selection(rule="margin", margin=0.1)}, "margin"),
        ({"selection": Selection(scale="predictive_power")}, "test statistic only"),
        ({"futility_p": 0.5}, "futility"),
        ({"boundary": Boundary(futility_only_looks=(1,))}, "futility alone"),
        ({"reestimation": RESIZED.model_copy(update={"assumed_effect": 0.3})}, "re-estimation"),
    ],
)
def test_what_rpact_cannot_do_is_said_in_one_sentence(settings: dict[str, Any], word: str) -> None:
    script = rpact_script(EnrichmentFile(design=one_subgroup(**settings)))
    assert script.text is None
    assert script.reason is not None
    assert word in script.reason


@pytest.mark.known_truth
def test_populations_and_random_sizes_beyond_rpact_are_refused() -> None:
    assert "one subgroup" in str(rpact_script(EnrichmentFile(design=two_overlapping())).reason)
    design = one_subgroup()
    scenario = design.scenario.model_copy(update={"subgroup_sizes": "random"})
    assert "size of the subgroup" in str(
        rpact_script(EnrichmentFile(design=design.model_copy(update={"scenario": scenario}))).reason
    )


@pytest.mark.known_truth
def test_an_imperfect_marker_test_gives_the_tested_strata() -> None:
    asked = EnrichmentFile(design=one_subgroup(), assay=Assay(sensitivity=0.85, specificity=0.9))
    assert "prevalences = c(0.4, 0.6)" in str(rpact_script(asked.model_copy(update={"assay": Assay()})).text)
    assert "prevalences = c(0.4, 0.6)" in str(rpact_script(asked).text)  # 0.4 x 0.85 + 0.6 x 0.1
    assert "effects = matrix(c(0.355" in str(rpact_script(asked).text)  # 0.85 of them have 0.4, the others 0.1


@pytest.fixture(scope="module")
def rscript() -> str:
    """Return the program that runs R with rpact; where it is missing its figures stand in the reference cases."""
    program = shutil.which("Rscript")
    if (
        program is None
        or subprocess.run([program, "-e", "library(rpact)"], capture_output=True, check=False).returncode
    ):
        pytest.skip("needs R with rpact")
    return program


@pytest.mark.independent
@pytest.mark.parametrize("outcome", ["means", "rates", "events"])
def test_rpact_gives_the_same_figures(outcome: str, rscript: str, tmp_path: Path) -> None:
    """Within four standard errors of the difference, for each of the three probabilities."""
    asked = EnrichmentFile(design=one_subgroup(outcome, 0.41 if outcome == "rates" else 0.4), trials=_TRIALS)
    file = tmp_path / "design.R"
    file.write_text(str(rpact_script(asked).text))
    done = subprocess.run([rscript, str(file)], capture_output=True, text=True, check=True)
    theirs = {line.split("\t")[0]: float(line.split("\t")[1]) for line in done.stdout.splitlines()}
    found = simulate_enrichment(asked.design, 100_000, 1)
    ours = {
        "at least one of them": float(found.summary["estimate"]["any"]),
        "benefit in subgroup": float(found.populations["power"]["subgroup"]),
        "benefit in full population": float(found.populations["power"]["full"]),
    }
    for name, share in ours.items():
        error = (share * (1 - share) * (1 / _TRIALS + 1 / 100_000)) ** 0.5
        assert abs(theirs[name] - share) < 4 * error, name
