"""What a design refuses it refuses in the page's words: no sentence shows the name of a field or of a class."""

import importlib
import pkgutil
import re
from typing import Any

import pytest

import ite.design
from ite.design.alternatives.prognostic import PrognosticEnrichment
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.design.fixed.spec import DesignSpec
from ite.design.fixed.trial_size import OneAnalysis
from ite.design.sequential.boundary import Boundary
from ite.errors import DesignError

pytestmark = pytest.mark.known_truth
WRONG = (None, -1.0, -1e12, 1e12, float("nan"), float("inf"), "words", (), (float("nan"),), (-1e12, 1e12))
MEANS = Means(mean_difference=0.4)


def specs(base: type[DesignSpec] = DesignSpec) -> list[type[DesignSpec]]:
    """Every specification of the package, after all its modules were imported."""
    for module in pkgutil.walk_packages(ite.design.__path__, "ite.design."):
        importlib.import_module(module.name)
    found = [spec for child in base.__subclasses__() for spec in (child, *specs(child))]
    return [spec for spec in found if spec.__module__.startswith("ite.")]


def refusals(spec: type[DesignSpec], name: str) -> set[str]:
    """The sentences that refuse wrong values of a field, without what they quote, which must be typed as it is."""
    found = set()
    for wrong in WRONG:
        try:
            spec.__pydantic_validator__.validate_assignment(spec.model_construct(), name, wrong)
        except DesignError as error:
            found.add(re.sub(r"'[^']*'|'.*", "", str(error)))
        except AttributeError:  # the value passed, and a check beyond this field lacks the other fields
            continue
    return found


@pytest.mark.parametrize("spec", specs())
def test_no_refusal_shows_the_name_of_a_field(spec: type[DesignSpec]) -> None:
    seen = {name: refusals(spec, name) for name in spec.model_fields}
    assert any(seen.values())
    said = [sentence for sentences in seen.values() for sentence in sentences]
    assert not [sentence for sentence in said if "_" in sentence or f"{spec.__name__}:" in sentence]


@pytest.mark.parametrize(
    ("spec", "settings", "sentence"),
    [
        (
            OneAnalysis,
            {"endpoint": MEANS, "alpha": 0.6},
            "One-sided level (%) should be less than 50, but 60 was given.",
        ),
        (
            OneAnalysis,
            {"endpoint": MEANS, "control_median_months": 0.0},
            "Median under control (months) should be greater than 0, but 0 was given.",
        ),
        (OneAnalysis, {}, "Endpoint is needed, but was not given. Give it."),
        (
            OneAnalysis,
            {"endpoint": MEANS, "sites": 3},
            "A setting 'sites' was given, but there is none of this name here. Leave it out.",
        ),
        (
            Rates,
            {"rate_treatment": 0.3, "rate_control": 0.2, "benefit": "more"},
            "Benefit should be 'higher_rate' or 'lower_rate', but 'more' was given.",
        ),
        (
            Boundary,
            {"information_fractions": 3},
            "Looks at (% of the information) should be a valid tuple, but 300 was given.",
        ),
        (
            PrognosticEnrichment,
            {"auc": 0.3, "event_probability": 0.5, "hazard_ratio": 0.7},
            "AUC of the marker must lie between 0.5 and 0.999; found 0.3. The nearest possible value is 0.5.",
        ),
    ],
)
def test_a_refusal_names_label_unit_and_value(spec: type[DesignSpec], settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DesignError) as refused:
        spec(**settings)
    assert str(refused.value) == sentence
