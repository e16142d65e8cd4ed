"""A design as a file: everything that another place needs to run or check it, and no patient."""

import json

from ite.design.fitted.frozen_rule import FrozenRule
from ite.design.fitted.next_trial import NextTrial
from ite.version import RESULTS_VERSION, __version__


def design_json(design: NextTrial, rule: FrozenRule | None = None) -> str:
    """Return a design, and the frozen rule that enrols for it, as JSON text.

    Its parts "spec" and "rule" are read back by `NextTrialSpec.model_validate_json` and
    `FrozenRule.model_validate_json`; "rule" is null for a design that enrols by covariates or is not frozen yet.
    """
    believed = design.enrolment.believed
    content = {
        "version": __version__,
        "results_version": RESULTS_VERSION,
        "source": {"name": design.source_name, "sha256": design.source_digest, "patients": design.source_n},
        "spec": design.spec.model_dump(mode="json"),
        "enrolled": design.enrolment.words,
        "enrolled_share": design.enrolment.share,
        "randomised": design.randomised,
        "z_bounds": [float(value) for value in design.critical],
        "scale": design.scale,
        "effect_estimate": believed.estimate,
        "effect_believed": believed.mean,
        "effect_believed_sd": believed.sd,
        "warnings": list(design.warnings),
        "rule": None if rule is None else rule.model_dump(mode="json"),
        "rule_sha256": None if rule is None else rule.digest,
    }
    return json.dumps(content, indent=2, ensure_ascii=False)
