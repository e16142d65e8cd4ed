"""The sentences that go with the next trial."""

from typing import TYPE_CHECKING

import numpy as np

from ite.design.fitted.enrolment import Enrolment
from ite.design.fitted.spec import NextTrialSpec
from ite.estimation.result import EffectEstimate
from ite.subgroup.wording import effect_words, unit_words
from ite.trial.data import TrialData
from ite.trial.normal import NORMAL_975

if TYPE_CHECKING:
    from ite.design.fitted.best_fraction import BestFraction

#: Source patients on the other side of the rule below which their effect is hardly known.
_FEW_OUTSIDE = 60
#: Source patients within a tenth of an SD of the cut below which its place is hardly known.
_FEW_NEAR, _NEAR = 10, 0.1

_FOUND_SLICE = (
    "The slice was found in these data. Its difference is shrunk with an error that allows for the search along its "
    "axis, not for a search over several axes."
)
_FOUND_CUTS = (
    "The cuts were found in these data. Their difference is shrunk with an error that allows for the search along one "
    "marker, not for the search along both, nor for the choice of the two."
)


def extrapolation_warnings(
    trial: TrialData, effects: EffectEstimate, spec: NextTrialSpec, enrolment: Enrolment
) -> tuple[str, ...]:
    """Say where a rule goes beyond what the source trial shows; empty where everybody is enrolled."""
    if enrolment.share == 1.0:
        return ()
    outside = round((1.0 - enrolment.share) * trial.n)
    found = []
    if outside < _FEW_OUTSIDE:
        found.append(
            f"Only {outside} source patients are left out by the rule, so what it costs them is hardly known; a trial "
            "in everybody would enrol nearly the same patients."
        )
    if enrolment.share * trial.n < _FEW_OUTSIDE:
        found.append(f"Only {round(enrolment.share * trial.n)} source patients would be enrolled by the rule.")
    if enrolment.fraction is not None:
        found += _cut_warnings(effects.ranking[spec.arm].to_numpy(float), enrolment)
    if any(not chosen.prespecified for chosen in spec.slices):
        found.append(_FOUND_SLICE if spec.rule is None else _FOUND_CUTS)
    return tuple(found)


def _cut_warnings(ranking: np.ndarray, enrolment: Enrolment) -> list[str]:
    spread = float(ranking.std())
    if enrolment.evidence == 0 or spread == 0.0:
        return ["The model tells no patients apart: enrolling fewer of them by it is choosing at random."]
    cut = float(np.quantile(ranking, 1.0 - enrolment.share))
    near = int(np.sum(np.abs(ranking - cut) <= _NEAR * spread))
    if near >= _FEW_NEAR:
        return []
    sparse = f"Only {near} source patients have a predicted benefit near the cut"
    return [f"{sparse}: a small change of the model moves many patients across it, or none."]


def basis_sentence(enrolment: Enrolment, scale: str) -> str:
    """Say in words how strong the evidence is that the enrolled benefit more than the others."""
    believed = enrolment.believed
    if enrolment.share == 1.0:
        return "Everybody is enrolled, so the design rests on the average effect alone."
    if enrolment.evidence == 0:
        return "There is no basis for enrolling some patients and not others: the model tells no patients apart."
    se = float(np.sqrt(believed.covariance[1, 1]))
    reach = NORMAL_975 * se
    estimate, lower, upper = (effect_words(believed.difference + move, scale) for move in (0.0, -reach, reach))
    figures = (
        f"{enrolment.words[0].upper()}{enrolment.words[1:]} benefit more than the others by {estimate} "
        f"(95 % interval {lower} to {upper}; {scale_words(scale)}; from {enrolment.evidence:,} patients)"
    )
    if believed.kept == 0.0:
        return (
            f"The basis is too weak to enrich on. {figures}. After shrinkage nothing of that difference is left, so "
            "such a trial is expected to do no better than one in everybody, and to screen more patients."
        )
    if believed.difference < reach:
        return (
            f"The basis is weak. {figures}, which may be nothing; {100 * believed.kept:.0f} % of the difference is "
            "believed."
        )
    return f"The basis is fair. {figures}; {100 * believed.kept:.0f} % of the difference is believed."


def best_sentence(best: "BestFraction", fractions: np.ndarray, scale: str) -> str:
    """Say whether a fraction beats enrolling everybody, what the best one is worth, and which ones may be the best."""
    apparent, corrected = effect_words(best.apparent, scale), effect_words(best.corrected, scale)
    value = (
        f"Enrolling {100 * best.fraction:.0f} % looks best, with an effect of {apparent}; valued on patients who had "
        f"no part in the choice it is {corrected} ({scale_words(scale)})."
    )
    may_be_best = f"As good as the best, as far as these data can tell: {_spans(fractions, best.not_worse)} enrolled."
    if best.all_comers_retained:
        return f"All-comers not beaten. {value} {may_be_best}"
    return f"Enrolling everybody is beaten. {value} {may_be_best}"


def scale_words(scale: str) -> str:
    """Return the scale with its unit, the names of columns as words."""
    return unit_words(scale).replace("_", " ")


def _spans(fractions: np.ndarray, member: np.ndarray) -> str:
    """Name the members of increasing fractions, neighbours in one span: "10 to 20 %, 35 % and 100 %"."""
    spans: list[list[float]] = []
    for place in np.flatnonzero(member):
        if spans and place > 0 and member[place - 1]:
            spans[-1].append(float(fractions[place]))
        else:
            spans.append([float(fractions[place])])
    words = [
        f"{100 * span[0]:.0f} to {100 * span[-1]:.0f} %" if len(span) > 1 else f"{100 * span[0]:.0f} %"
        for span in spans
    ]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
