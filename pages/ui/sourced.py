"""Where typed money, utilities and thresholds come from: a currency, and a source for each kind of number."""

from collections.abc import Mapping

from pydantic import Field

from ite.value.fields import ValueSettings
from ite.value.sourced import Sourced
from pages.ui.words_field import words_field

_EXAMPLE = "assumed for this example"
_LONGEST = 120


class Sources(ValueSettings):
    """The numbers of a valuation that somebody must answer for, each with its unit and its source."""

    called = "The sources"

    numbers: dict[str, Sourced] = Field(title="Numbers with their sources")

    @property
    def words(self) -> str:
        """Say where the numbers come from; numbers of one source are named together."""
        by_source: dict[str, list[str]] = {}
        for name, number in self.numbers.items():
            by_source.setdefault(number.source, []).append(name)
        return "; ".join(f"{', '.join(names)}: {source}" for source, names in by_source.items())


def currency(key: str) -> str:
    """Draw the field for the currency; money on one page is in one."""
    return words_field("Currency", "EUR", f"{key}-currency", longest=12).strip() or "money"


def sources(numbers: Mapping[str, tuple[float, str]], key: str) -> Mapping[str, str]:
    """Draw a field for the source of each number, given with its value and unit; return the texts by name."""
    return {
        name: words_field(
            f"Source: {name}",
            _EXAMPLE,
            f"{key}-source-{name}",
            longest=_LONGEST,
            explained=f"Where {value:,.6g} {unit} comes from: a reference, a price list, or who assumed it.",
        )
        for name, (value, unit) in numbers.items()
    }


def sourced(numbers: Mapping[str, tuple[float, str]], texts: Mapping[str, str]) -> Sources:
    """Put numbers and the texts on their sources together; a number without a source raises `ValuationError`."""
    return Sources(
        numbers={name: Sourced(value=value, unit=unit, source=texts[name]) for name, (value, unit) in numbers.items()}
    )
