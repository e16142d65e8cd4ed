"""A cut that is fixed beforehand: patients randomised and screened above each, and the cut that screens fewest."""

from functools import partial
from math import isinf

from ite.charts.design_curves import cut_chart
from ite.charts.design_other import amount_words, named, resource_words
from ite.charts.number_words import share_words
from ite.design.alternatives.marker_cut import MarkerCut, MarkerCutCurve, marker_cut_curve
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_reading import reading
from pages.ui import figure, origin

_HOW_TO_READ = """\
If the cut is known there is nothing to look for: the trial enrols above it. A higher cut leaves the patients who \
benefit most, so that fewer are randomised; but fewer of those who come are above it, so that from some cut on more \
must be screened. Where the effect above a cut is no benefit no size is enough, and the curves begin at the next one.

The design above is for the case that the right cut is not known."""


def fixed_cut_block(spec: MarkerCut) -> ResultBlock:
    """Return what a trial above each cut takes."""
    found = marker_cut_curve(spec)
    return ResultBlock(
        key="fixed-cut",
        title=_title(found),
        sentence=_sentence(found),
        data=named(found.curve),
        method=f"Power {share_words(spec.power)}, one-sided level {share_words(spec.alpha)}. {found.method}",
        code=design_code({"spec": spec}, [marker_cut_curve, named], "named(marker_cut_curve(spec).curve)"),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(spec),
        **figure.drawn(partial(cut_chart, found)),
    )


def _title(found: MarkerCutCurve) -> str:
    if found.best_cutpoint == 0.0:
        return "If the cut is fixed beforehand, enrolling everybody screens the fewest"
    return (
        f"If the cut is fixed beforehand, enrolling above percentile {100 * found.best_cutpoint:.3g} screens the fewest"
    )


def _sentence(found: MarkerCutCurve) -> str:
    best = found.best
    randomised, screened = (amount_words(what, best[what]) for what in ("randomised", "screened"))
    everybody = found.curve["randomised"].iloc[0]
    usual = "no size is enough" if isinf(everybody) else f"{amount_words('randomised', everybody)} are needed"
    return (
        f"Their mean effect is {best['effect']:.3g}: {randomised} patients are randomised of {screened} screened."
        f"{resource_words(best['months'], best['cost'])} In a trial that enrols everybody {usual}."
    )
