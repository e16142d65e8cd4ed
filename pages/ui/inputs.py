"""Inputs that more than one page needs: each reads widgets and returns a frozen spec."""

import streamlit as st

from ite.estimation.spec import CRUMP_RULE, EffectSpec
from ite.trial.data import TrialData
from pages.ui import cache, learners, state

LARGEST_SEED = 2**31 - 1


def effect_spec(trial: TrialData) -> EffectSpec:
    """Draw the settings of the estimation and return them; horizon and seed travel in the link."""
    suggested = cache.suggested_horizon(trial, state.load().sample)
    horizon: float | None = None
    if trial.outcome_kind == "time_to_event":
        horizon = st.number_input(
            "Horizon (in the units of the time column)",
            min_value=0.0,
            value=None,
            placeholder=f"{suggested:,.0f} (default)",
            key="horizon",
            bind="query-params",
            help="Time up to which benefit is counted. The default keeps at least 20 patients, and 10 %, at risk in "
            "every arm; a sample keeps the horizon it is usually reported at. Changing it after effects were seen is "
            "logged as post hoc.",
        )
        horizon = horizon or suggested
    seed = st.number_input(
        "Seed",
        min_value=0,
        max_value=LARGEST_SEED,
        step=1,
        key="seed",
        bind="query-params",
        help="Start of every random choice: the same data, settings and seed give the same numbers.",
    )
    learner = st.selectbox(
        "Learner",
        learners.choices(trial),
        format_func=lambda name: learners.CHOICES[name],
        key="learner",
        persist_state="session",
        help="Orders and describes patients; it never judges. The default averages a Bayesian causal forest and an "
        "X-learner with lasso up to 5,000 patients; beyond that it is the X-learner with lasso alone. Change it only "
        "to see how much the answer depends on it.",
    )
    return EffectSpec(horizon=horizon, seed=int(seed or 0), learner=learner, overlap=_overlap(trial))


def _overlap(trial: TrialData) -> float | None:
    """Ask whom to leave out where treatment was chosen; None where it was drawn."""
    if trial.roles.design != "observational":
        return None
    least = st.number_input(
        "Least chance of each arm (%)",
        min_value=0.0,
        max_value=49.0,
        value=100 * CRUMP_RULE,
        step=1.0,
        key="overlap",
        persist_state="session",
        help="Patients whose covariates give them a smaller chance of some arm are left out: they nearly always get "
        "the same arm, so that nobody knows what another would have done for them. 10 % is the rule of Crump et al. "
        "(2009); 0 analyses everybody.",
    )
    return least / 100
