"""The sentences that go with patients to treat: changes in, words out."""

import math

from ite.charts.number_words import UNKNOWN, share_words
from ite.charts.scale import three_digits
from ite.estimation.nnt import number_needed_to_treat
from ite.value.baseline_risk import RelativeEffect, nnt_by_baseline_risk
from ite.value.patients_to_treat import AbsoluteChange, PatientsToTreat


def patients_sentence(found: PatientsToTreat) -> str:
    """Say how many are treated for one more to be helped and to be harmed, and how the two compare."""
    likelihood = found.likelihood_helped_or_harmed
    if found.harm is None:
        rest = "Harms are not known here."
    elif likelihood is None:
        rest = _number(found.harm, good=False)
    else:
        times = three_digits(likelihood) if likelihood < 1000 else f"{likelihood:,.0f}"
        rest = f"{_number(found.harm, good=False)} Help is {times} times as likely as harm."
    return f"{_number(found.gain, good=True)} {rest}"


def thousand_sentence(found: PatientsToTreat) -> str:
    """Say what treating 1,000 patients adds, not rounded to whole people."""
    outcomes = f"{_signed(found.both.extra_outcomes(1000))} good outcomes"
    if found.harm is None:
        return f"Per 1,000 treated: {outcomes}."
    return f"Per 1,000 treated: {outcomes}, {_signed(found.both.extra_harms(1000))} harms."


def baseline_number(effect: RelativeEffect, risk: float) -> str:
    """Return the number needed to treat at a baseline risk in short, such as "NNTB 40", or "no difference"."""
    return _at(effect, risk).partition(" (")[0]


def baseline_sentence(effect: RelativeEffect, risk: float) -> str:
    """Say the number needed to treat at a baseline risk, with its interval where the effect has one."""
    relative = f"{effect.measure} of {effect.estimate:.3g}"
    if effect.lower is not None and effect.upper is not None:
        relative = f"{relative} ({effect.lower:.3g} to {effect.upper:.3g})"
    who = f"Patients whose risk without treatment is {share_words(risk)}"
    return f"{who}: {_at(effect, risk)}, at a constant {relative}."


def _at(effect: RelativeEffect, risk: float) -> str:
    reduction, lower, upper = nnt_by_baseline_risk(effect, [risk])[["reduction", "lower", "upper"]].to_numpy(float)[0]
    if math.isnan(lower):
        return number_needed_to_treat(reduction, reduction, reduction).text.partition(" (")[0]
    return number_needed_to_treat(reduction, lower, upper).text


def _number(change: AbsoluteChange, *, good: bool) -> str:
    what = "to be helped" if good else "to be harmed"
    if change.difference == 0:
        words = "Treating is not seen to change " + ("good outcomes" if good else "harms")
    else:
        more = "more" if change.difference > 0 else "fewer"
        words = f"Treat {_patients(1 / abs(change.difference))} patients for one {more} {what}"
    number = change.number(good=good)
    return f"{words}." if number is None else f"{words} ({number.text.partition(' (')[2]}."


def _patients(value: float) -> str:
    return f"{math.ceil(value - 1e-9):,}"


def _signed(value: float) -> str:
    if math.isnan(value):
        return UNKNOWN
    words = three_digits(abs(value))
    return f"{words} more" if value >= 0 else f"{words} fewer"
