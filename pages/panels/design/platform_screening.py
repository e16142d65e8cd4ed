"""The screening yield of an umbrella: whom to screen until every arm is full, and how many of them enrol."""

from functools import partial

from ite.charts.design_other import resource_words
from ite.charts.design_platform import screening_chart, screening_table
from ite.charts.number_words import percent_words, share_words
from ite.design.alternatives.screening_yield import ScreeningYield, screening_yield
from ite.design.alternatives.shared_control import SharedControl
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_reading import reading
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each bar is the number of patients to screen until an arm and its part of the control are full, on average; the thin \
line, and the number in brackets, are enough with the assurance stated. Arms fill side by side from the same patients, \
so the numbers are not added: the rarest marker decides.

Of those screened, many carry no marker, and carriers of a frequent marker find their arm full. The yield is the share \
who enrol. It grows where rare markers get smaller arms, or where they share an arm."""


def screening_block(spec: SharedControl) -> ResultBlock:
    """Return what filling the arms of an umbrella takes."""
    found = screening_yield(spec)
    return ResultBlock(
        key="screening-yield",
        title=(
            f"{found.assured:,} are screened to fill every arm with {share_words(found.assurance)} assurance, and "
            f"{percent_words(found.enrolled)} of them enrol"
        ),
        sentence=_sentence(found),
        data=screening_table(found),
        method=f"Exact: no simulation. {found.method}",
        code=design_code(
            {"design": spec}, [screening_yield, screening_table], "screening_table(screening_yield(design))"
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(spec),
        **figure.drawn(partial(screening_chart, found)),
    )


def _sentence(found: ScreeningYield) -> str:
    arms, means = found.arms, found.design.resources
    place = int(arms["prevalence"].argmin())
    rarest = arms.iloc[place]
    resources = resource_words(
        float(means.months(found.assured)), float(means.cost(found.design.n_total, found.assured))
    )
    return (
        f"{share_words(round(found.eligible, 4))} of those screened carry one of the markers. The rarest, of treatment "
        f"{place + 1}, is carried by {share_words(rarest['prevalence'])}: its {rarest['needed']:,.0f} patients are "
        f"found among {rarest['expected']:,.0f} on average.{resources}"
    )
