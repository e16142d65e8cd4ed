"""The sentences that go with life and quality: QALYs in, words out."""

from ite.value.two_lives import LivesCompared, TwoLives


def lives_sentence(asked: TwoLives, found: LivesCompared) -> str:
    """Say the QALYs of each option and what the first adds, as it counts today and as it is."""
    first, second = asked.names
    column = "discounted" if asked.discounting is not None else "undiscounted"
    totals = [f"{total:.2f}".replace("-", "−") for total in found.frame[column].to_numpy(float)[:2]]
    gain, whole = _size(found.gain), _size(found.undiscounted_gain)
    words = f"{first} brings {totals[0]} QALYs per person, {second} {totals[1]}"
    if asked.discounting is None:
        return f"{words}: {whole} {_more(found.undiscounted_gain)}, with no discounting."
    return (
        f"{words}: {gain} {_more(found.gain)}, discounted at {100 * asked.discounting.rate.value:.4g} % a year; "
        f"{whole} {_more(found.undiscounted_gain)} without discounting."
    )


def lives_method(asked: TwoLives) -> str:
    """Say how the QALYs were counted, and where rate and utilities come from."""
    lines = asked.paths[0].shape == "straight lines"
    shape = "straight lines between the times" if lines else "steps from time to time"
    source = f"Typed utilities ({asked.paths[0].source}), {shape}; nothing is carried beyond the last time."
    if asked.discounting is None:
        return f"{source} No discounting."
    rate = asked.discounting.rate
    when = (
        "at every moment (the rate is instantaneous)"
        if asked.discounting.timing == "continuous"
        else f"at the {asked.discounting.timing.replace('of year', 'of each year')}"
    )
    return f"{source} Discounted at {100 * rate.value:.4g} % a year ({rate.source}), counted {when}."


def totals_sentence(asked: TwoLives, found: LivesCompared) -> str:
    """Say what discounting does to the difference."""
    size, today = _size(found.undiscounted_gain), _size(found.gain)
    words = f"With {asked.names[0]} {size} QALYs {_more(found.undiscounted_gain)} as they come"
    return f"{words}, {today} {_more(found.gain)} as they count today."


def years_sentence(asked: TwoLives, found: LivesCompared) -> str:
    """Say in which year the options differ most, and how much that counts today."""
    at = int(found.by_year["undiscounted"].abs().to_numpy(float).argmax())
    year, whole, today = found.by_year[["year", "undiscounted", "discounted"]].to_numpy(float)[at]
    return (
        f"The options differ most in year {year:.0f}: {_size(whole)} QALYs {_more(whole)} with "
        f"{asked.names[0]}, which count {_size(today)} today."
    )


def _size(gain: float) -> str:
    return f"{abs(gain):.3f}"


def _more(gain: float) -> str:
    return "more" if gain >= 0 else "fewer"
