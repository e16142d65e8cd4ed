"""What the settings of this folder share: the error they raise, bounds, and shares that make a whole."""

from typing import Annotated, ClassVar

from pydantic import Field

from ite.errors import IteError, ValuationError
from ite.settings import Settings

_ROUNDING = 1e-9

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class ValueSettings(Settings):
    """Settings of a valuation: what they refuse is a `ValuationError`."""

    refusal: ClassVar[type[IteError]] = ValuationError


def require_whole(shares: tuple[float, ...], of_what: str) -> None:
    """Refuse shares that do not add up to 1.

    Raises
    ------
    ValuationError
        With the shares in the same proportions that do.
    """
    total = sum(shares)
    if abs(total - 1) <= _ROUNDING:
        return
    if total <= 0:
        raise ValuationError(f"The shares of {of_what} should add up to 100 %, but all are 0. Give one above 0.")
    nearest = ", ".join(f"{100 * share / total:.4g}" for share in shares)
    raise ValuationError(
        f"The shares of {of_what} should add up to 100 %, but they add up to {100 * total:.6g} %. "
        f"In the same proportions they are {nearest} %."
    )
