"""Who is enrolled: the share of the subgroup, how surely it is known, and how well the marker is measured."""

from typing import Any

from ite.design.alternatives.assay import Assay
from ite.design.enrichment.scenario import Scenario
from pages.panels.design.enrichment_field import choice, number, share

_SIZES = {"fixed": "Fixed", "random": "Random", "uncertain": "Uncertain"}
_SHARE, _ACCURACY = (1.0, 99.0, 1.0), (50.0, 100.0, 1.0)
_PRIOR_PATIENTS = 100.0


def prevalence(scenario: Scenario) -> float:
    """Draw the share of the subgroup and return it."""
    now = float(scenario.share_array[scenario.membership[-1]].sum())
    return share(
        "Prevalence of the subgroup",
        "prevalence",
        round(now, 6),
        _SHARE,
        "Share of all patients who are in the subgroup, by the true marker.",
    )


def sizes(scenario: Scenario) -> dict[str, Any]:
    """Draw how the sizes of the subgroup come about, and return fields of a scenario."""
    prior = scenario.prevalence_prior_patients
    kind = choice(
        "Size of the subgroup",
        "sizes",
        "uncertain" if prior else scenario.subgroup_sizes,
        _SIZES,
        "Fixed: enrolment holds the shares exactly. Random: patients arrive as they come. Uncertain: the share itself "
        "is an estimate from few patients, so it differs from trial to trial.",
    )
    if kind != "uncertain":
        return {"subgroup_sizes": kind, "prevalence_prior_patients": None}
    known = number(
        "Patients behind the prevalence",
        "prior",
        prior or _PRIOR_PATIENTS,
        (2.0, 100_000.0, 10.0),
        "Number of patients from whom the share was estimated: the fewer, the more it may differ.",
    )
    return {"subgroup_sizes": "random", "prevalence_prior_patients": known}


def assay(now: Assay) -> Assay:
    """Draw how well the marker is measured."""
    return Assay(
        sensitivity=share(
            "Sensitivity of the marker test",
            "sensitivity",
            now.sensitivity,
            _ACCURACY,
            "Share of the patients with the marker who test positive. A worse test mixes the two groups, and their "
            "effects.",
        ),
        specificity=share(
            "Specificity of the marker test",
            "specificity",
            now.specificity,
            _ACCURACY,
            "Share of the patients without the marker who test negative.",
        ),
    )
