"""People in an icon array: shares turned into whole people who add up."""

from dataclasses import dataclass

from ite.errors import ValuationError

#: How many people an icon array shows.
PEOPLE = (100, 1000)


@dataclass(frozen=True, kw_only=True)
class IconCounts:
    """Whole people of an icon array; the three add up to all that are shown."""

    helped: int
    harmed: int
    unchanged: int


def icon_counts(helped: float, harmed: float, people: int = 100) -> IconCounts:
    """Return whole people helped, harmed and unchanged; each person is shown once.

    Shares are rounded down, and who is left goes to the largest remainders, so that nobody is lost or shown twice.

    Parameters
    ----------
    helped, harmed : float
        Shares of the treated, fractions that add up to at most 1.

    Raises
    ------
    ValuationError
        For shares that do not fit, or an array of neither 100 nor 1,000.

    Source: largest remainders (Hamilton's method); Galesic et al. 2009, Health Psychology 28:210-216 (icon arrays).
    """
    if people not in PEOPLE:
        raise ValuationError(f"An icon array shows 100 or 1,000 people, but {people:,} were asked for. Choose one.")
    if not (helped >= 0 and harmed >= 0 and helped + harmed <= 1 + 1e-12):
        raise ValuationError(
            f"The helped and the harmed are shares that add up to at most 100 %, but {100 * helped:g} % and "
            f"{100 * harmed:g} % were given. Where one person can be both, show benefit and harm in two arrays."
        )
    exact = [people * share for share in (helped, harmed, max(1 - helped - harmed, 0.0))]
    whole = [int(value + 1e-9) for value in exact]
    order = sorted(range(3), key=lambda part: whole[part] - exact[part])
    for part in order[: people - sum(whole)]:
        whole[part] += 1
    return IconCounts(helped=whole[0], harmed=whole[1], unchanged=whole[2])
