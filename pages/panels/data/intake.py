"""Is the trial fit to be analysed: the intake report as traffic lights, each with its rows and a remedy."""

import streamlit as st

from ite.trial.checks import Finding
from ite.trial.data import TrialData
from ite.trial.labels import shown_rows
from pages.ui import cache, fit
from pages.ui.text import plain

_LIGHTS = {
    "red": ("Blocks", ":material/block:", "red"),
    "amber": ("Look", ":material/warning:", "orange"),
    "green": ("Fine", ":material/check_circle:", "green"),
}


def intake(trial: TrialData) -> None:
    """Draw the verdict on the data first, then what needs a look, then what is fine, folded away."""
    report = cache.intake(trial)
    by_light = {light: [each for each in report.findings if each.light == light] for light in _LIGHTS}
    st.header(plain(_verdict(trial, len(by_light["red"]), len(by_light["amber"]))), anchor=False)
    for light in ("red", "amber"):
        for finding in by_light[light]:
            _draw(finding)
    if fine := by_light["green"]:
        with st.expander(f"{len(fine)} checks found nothing to look at", icon=":material/check_circle:"):
            for finding in fine:
                _draw(finding)
    fit.button(trial)


def _verdict(trial: TrialData, red: int, amber: int) -> str:
    if red:
        return f"{trial.name}: {red} {'finding blocks' if red == 1 else 'findings block'} the analysis"
    if amber:
        return f"{trial.name}: ready, with {amber} {'point' if amber == 1 else 'points'} to look at"
    return f"{trial.name}: ready"


def _draw(finding: Finding) -> None:
    word, icon, colour = _LIGHTS[finding.light]
    light, words = st.columns([1, 9], gap="small")
    light.badge(word, icon=icon, color=colour)  # type: ignore[arg-type]
    lines = [f"**{plain(finding.name)}.** {plain(finding.sentence)}"]
    if finding.light != "green" and finding.remedy:
        lines.append(f"*What to do:* {plain(finding.remedy)}")
    if finding.rows:
        lines.append(plain(f"Where: {shown_rows(finding.rows)}."))
    words.markdown("  \n".join(lines))
