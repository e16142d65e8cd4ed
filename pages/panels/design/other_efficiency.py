"""Enrichment weighed against a trial in everybody: patients, screens, months and money."""

from collections.abc import Callable
from functools import partial
from math import isinf

import streamlit as st

from ite.charts.design_other import efficiency_chart, efficiency_table, named
from ite.charts.number_words import share_words
from ite.design.alternatives.assay import Assay
from ite.design.alternatives.efficiency import EnrichmentComparison, EnrichmentEfficiency, compare_enrichment
from ite.design.alternatives.uncertain_prevalence import (
    BetaPrior,
    UncertainEfficiency,
    compare_enrichment_under_prior,
)
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_endpoint import marker_endpoint
from pages.panels.design.other_fields import level, power, resources, whole
from pages.panels.design.other_reading import reading
from pages.panels.design.size_fields import slider
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each bar is what a trial of the stated power needs, as a share of what a trial in everybody needs; the numbers stand \
beside it. Above 100 % enrichment costs more of it than it saves. Fewer patients randomised can still mean more \
patients screened and more months.

The thin line holds 90 % of what is believed of the prevalence, which is known from some patients only. A perfect \
assay is drawn beside the real one, as what a better marker test could save."""


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the result."""
    endpoint = marker_endpoint()
    share = slider("Marker-positive", (1, 99), 40, "ee-prevalence", "Share of those who come who carry the marker.")
    known = whole(
        "Seen in patients", (2, 100_000), 100, "ee-seen", "How many patients the share is known from: how sure it is."
    )
    hits = slider("Sensitivity of the assay", (50, 100), 95, "ee-sensitivity", "Carriers who test positive.")
    clears = slider("Specificity of the assay", (50, 100), 95, "ee-specificity", "Others who test negative.")
    with st.expander("Power, level, months, money"):
        wanted, alpha, means = power("ee"), level("ee"), resources("ee")

    def make() -> tuple[ResultBlock, ...]:
        spec = EnrichmentComparison(
            endpoint=endpoint(),
            prevalence=share,
            assay=Assay(sensitivity=hits, specificity=clears),
            alpha=alpha,
            power=wanted,
            resources=means(),
        )
        prior = BetaPrior(a=share * known, b=(1 - share) * known)
        return (_block(compare_enrichment(spec), compare_enrichment_under_prior(spec, prior)),)

    return make


def _block(found: EnrichmentEfficiency, uncertain: UncertainEfficiency) -> ResultBlock:
    table = efficiency_table(found, uncertain)
    return ResultBlock(
        key="enrichment-efficiency",
        title=_title(found),
        sentence=_sentence(found, uncertain),
        data=named(table),
        method=f"{found.method} {uncertain.method}",
        code=design_code(
            {"spec": found.spec, "prior": uncertain.prior},
            [compare_enrichment, compare_enrichment_under_prior, efficiency_table, named],
            "named(efficiency_table(compare_enrichment(spec), compare_enrichment_under_prior(spec, prior)))",
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(found.spec, uncertain.prior),
        **figure.drawn(partial(efficiency_chart, table)),
    )


def _title(found: EnrichmentEfficiency) -> str:
    randomised, screened = found.ratios["randomised"], found.ratios["screened"]
    if isinf(found.designs["randomised"]["enriched"]):
        return "With this assay not even an enriched trial can show a benefit"
    if isinf(randomised):
        return "Only an enriched trial can show a benefit"
    return f"Enrichment randomises {_against(randomised)} patients and screens {_against(screened)}"


def _against(ratio: float) -> str:
    """Say how an enriched trial compares, where all comers need `ratio` times as much."""
    share = abs(1 / ratio - 1)
    return f"{100 * share:.0f} % {'fewer' if ratio > 1 else 'more'}"


def _sentence(found: EnrichmentEfficiency, uncertain: UncertainEfficiency) -> str:
    assay, smaller = found.reading, uncertain.enriched_is_smaller
    positive, carriers = (share_words(round(float(share), 3)) for share in (assay.positive_rate, assay.ppv))
    randomised, screened = (share_words(round(smaller[name], 3)) for name in ("randomised", "screened"))
    return (
        f"{positive} of those who come test positive, and {carriers} of these carry the marker. With the prevalence as "
        f"uncertain as typed, the enriched trial randomises fewer patients with a probability of {randomised}, and "
        f"screens fewer than a trial in everybody enrols with one of {screened}."
    )
