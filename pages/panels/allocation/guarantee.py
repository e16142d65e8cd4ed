"""What every group is guaranteed some of: the choice that questions about groups share."""

from ite.allocation.frontier import Guarantee
from pages.ui.fields import choice

_GUARANTEES: dict[str, Guarantee] = {"Offers": "offers", "Gain": "gain"}


def ask_guarantee(key: str) -> Guarantee:
    """Draw the choice of what is guaranteed."""
    words = "Offers: a share of its people. Gain: a benefit per member."
    return _GUARANTEES[choice("Guaranteed to every group", list(_GUARANTEES), key, words)]
