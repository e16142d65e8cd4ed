"""What an effect saves, or costs: money per unit of it, beside the price of the treatment itself."""

from collections.abc import Callable

import streamlit as st

from ite.value.sourced import Sourced
from pages.panels.value.cost_fields import source_of
from pages.ui.fields import number

_STEP = 100.0


def saving(key: str, of: str, divisor: float, unit: str) -> Callable[[str], Sourced | None]:
    """Draw what is saved per unit of effect; return what makes it in a currency, None where nothing is.

    Parameters
    ----------
    key
        Names the trial within the session.
    of, divisor, unit
        Words for what is typed, how many units of the trial's effect that is, and words for one of those.
    """
    with st.expander("Money that an effect saves"):
        words = "Care that benefit spares, such as for events. Negative: longer life costs more care. 0: neither."
        typed = number(f"Saving per {of}", 0.0, f"vc-saving-{key}", words, step=_STEP)
        error = number("Error of the saving", 0.0, f"vc-saving-error-{key}", "0: known.", least=0.0, step=_STEP)
        source = source_of("the saving", "vc-saving-source", "A cost study, or assumed by whom.")

    def make(currency: str) -> Sourced | None:
        if typed == error == 0:
            return None
        per = f"{currency} per {unit}"
        return Sourced(value=typed / divisor, unit=per, source=source, se=error / divisor if error else None)

    return make
