"""How the fields of a design are called in sentences: as the page labels them, with their units."""

from ite.settings import in_unit

#: Fields whose label is more than the field's own words.
_LABELS = {
    "accrual_months": "Accrual (months)",
    "allocation_ratio": "Treated per control patient",
    "alpha": "One-sided level (%)",
    "alpha_full": "One-sided level for everybody (%)",
    "alpha_two_sided": "Two-sided level (%)",
    "auc": "AUC of the marker",
    "block": "Patients per update",
    "bounds": "Futility bound",
    "burn_in": "Burn-in per arm",
    "control": "Rates under control (%)",
    "control_median_months": "Median under control (months)",
    "cumulative_alpha": "Level spent by each analysis (%)",
    "cumulative_sizes": "Patients or events by the end of each stage",
    "drop_out": "Drop-out (%)",
    "dropout": "Drop-out (%)",
    "effect_complement": "Effect without the marker",
    "effect_subgroup": "Effect with the marker",
    "enrol": "Patients enrolled (%)",
    "epsilon": "How close",
    "event_probability": "Patients with an event (%)",
    "excluded": "Patients excluded (%)",
    "follow_up_months": "Follow-up (months)",
    "futility_p": "Stop for futility at p of at least",
    "hazard_ratio_complement": "Hazard ratio without the marker",
    "hazard_ratio_subgroup": "Hazard ratio with the marker",
    "hazard_ratios": "Hazard ratios",
    "information_fractions": "Looks at (% of the information)",
    "interim_z": "z at every look before the last",
    "keep": "How many continue",
    "least": "Smallest stage 2",
    "mean_difference": "Difference of means",
    "min_benefit": "Benefit of at least",
    "minimal_effect": "Effect to exceed",
    "most": "Largest stage 2",
    "n": "Patients randomised",
    "n_total": "Patients",
    "parameter": "Parameter of futility",
    "power": "Power (%)",
    "prevalence": "Share with the marker (%)",
    "prevalence_prior_patients": "Patients behind the prevalence",
    "prevalences": "Their markers (%)",
    "rate_control": "Rate under control (%)",
    "rate_treatment": "Rate under treatment (%)",
    "rate_treatment_complement": "Rate under treatment, without the marker (%)",
    "rate_treatment_subgroup": "Rate under treatment, with the marker (%)",
    "response": "Response (%)",
    "sd": "Standard deviation",
    "sds": "Standard deviations",
    "sensitivity": "Sensitivity of the marker test (%)",
    "shares": "Shares (%)",
    "smallest_share": "Smallest share of an arm (%)",
    "specificity": "Specificity of the marker test (%)",
    "strongest": "Strongest plausible effect",
    "target": "Assurance (%)",
    "target_conditional_power": "Wanted conditional power (%)",
    "trend": "Time trend (% points)",
    "treatment": "Rates under treatment (%)",
    "weakest": "Weakest plausible effect",
}


def field_words(name: str) -> str:
    """Return what a field is called, with its unit: "One-sided level (%)" for alpha."""
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def in_field_unit(name: str, value: float) -> str:
    """Return a number of a field in the unit of its words, such as "2.5" for an alpha of 0.025."""
    return in_unit(field_words(name), value)
