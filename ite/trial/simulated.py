"""Randomised trials with known effects, to test, calibrate and teach with."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator
from scipy import special

from ite.trial.data import BoolArray, FloatArray, OutcomeKind, TrialData
from ite.trial.roles import Roles
from ite.trial.simulated_outcomes import Baseline, binary_outcome, continuous_outcome, event_times
from ite.trial.simulated_scenarios import SCENARIOS, EffectForm, effect_shape, prognostic_part

Noise = Literal["normal", "heteroscedastic", "skewed"]
Censoring = Literal["administrative", "random", "covariate"]

BINARY_COVARIATES = 8
RARE_SHARE = 0.02
COMMON_SHARE = 0.6


class SimulatedSpec(BaseModel):
    """A randomised two-arm trial to draw; frozen, validated, JSON round trip.

    Attributes
    ----------
    n, covariates
        Patients, and baseline covariates x1, x2, ...: the first 8 are 0/1, the others uniform on [0, 1], correlated
        through a Gaussian copula with correlation 0.5^|i-j|.
    outcome
        continuous, binary (1 is good) or time_to_event (longer is good).
    effect
        Shape of the effect: constant, linear in x14 alone, or one of the four published scenarios.
    effect_mean, effect_sd
        Mean and SD of the effect over patients; None takes the default of the outcome. In units of the outcome, of
        risk, or of restricted mean time; but on the log-odds scale for a binary outcome in scenarios 1 to 4.
    noise
        Residual of a continuous outcome, with variance 1: normal, with an SD that depends on x14 and on the arm, or
        strongly skewed.
    rare_category
        Whether the last covariate is a category of three levels, the rarest held by 2 % of patients.
    allocation
        Share of patients treated.
    censoring
        Of a time-to-event outcome: only by the end of the study, also by random drop-out, or by drop-out that depends
        on x11, x14 and the arm.
    horizon
        Time to which a time-to-event outcome counts, in months; every patient not dropped out is followed to it.
    seed
        Seed of the draw.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    n: int = Field(default=800, ge=20)
    covariates: int = Field(default=30, ge=17)
    outcome: OutcomeKind = "continuous"
    effect: EffectForm = "constant"
    effect_mean: float | None = None
    effect_sd: float | None = Field(default=None, ge=0)
    noise: Noise = "normal"
    rare_category: bool = False
    allocation: float = Field(default=0.5, gt=0, lt=1)
    censoring: Censoring = "random"
    horizon: float = Field(default=36.0, gt=0)
    seed: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _options_belong_to_the_outcome(self) -> Self:
        if self.noise != "normal" and self.outcome != "continuous":
            raise ValueError("noise applies to a continuous outcome only")
        if self.effect == "constant" and self.effect_sd:
            raise ValueError("a constant effect has no SD")
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class SimulatedTrial:
    """A drawn trial and its truth.

    Attributes
    ----------
    spec : SimulatedSpec
    trial : TrialData
    true_effect : array, shape (n,)
        Effect of each patient's covariates on the scored scale (outcome units, risk difference, or months of restricted
        mean time at `spec.horizon`); positive means benefit.
    equations : str
        How the outcome was made, in formulas.
    """

    spec: SimulatedSpec
    trial: TrialData
    true_effect: FloatArray
    equations: str


def simulate_trial(spec: SimulatedSpec) -> SimulatedTrial:
    """Draw one trial; the same spec gives the same trial.

    Raises
    ------
    ValueError
        If a constant effect does not fit between the best and the worst possible outcome.
    """
    rng = np.random.default_rng(spec.seed)
    x = _covariates(rng, spec.n, spec.covariates)
    treated = np.zeros(spec.n, dtype=bool)
    treated[rng.permutation(spec.n)[: round(spec.n * spec.allocation)]] = True
    scenario = SCENARIOS[spec.effect]
    mean, sd = _effect_moments(spec)
    centre, scale = scenario.shape_moments
    baseline = Baseline(value=prognostic_part(spec.effect, x), range=scenario.prognostic_range)
    effect = mean + sd * (effect_shape(spec.effect, x) - centre) / scale
    columns, truth = _outcome(spec, rng, x, treated, (baseline, effect))
    frame = pd.DataFrame(x, columns=[f"x{index + 1}" for index in range(spec.covariates)])
    if spec.rare_category:
        frame[frame.columns[-1]] = _three_levels(x[:, -1])
    frame = frame.assign(arm=np.where(treated, "treated", "control"), **columns)
    trial = TrialData.from_frame(frame, _roles(spec), name=f"simulated {spec.effect.replace('_', ' ')}")
    return SimulatedTrial(spec=spec, trial=trial, true_effect=truth, equations=_equations(spec))


def _covariates(rng: np.random.Generator, n: int, covariates: int) -> FloatArray:
    latent = rng.standard_normal((n, covariates)) @ _correlation_root(covariates)
    x: FloatArray = special.ndtr(latent)
    x[:, :BINARY_COVARIATES] = latent[:, :BINARY_COVARIATES] > 0
    return x


@lru_cache(maxsize=8)
def _correlation_root(covariates: int) -> FloatArray:
    order = np.arange(covariates)
    return np.asarray(np.linalg.cholesky(0.5 ** np.abs(order[:, None] - order)).T, dtype=float)


def _three_levels(uniform: FloatArray) -> npt.NDArray[np.object_]:
    labels = np.array(["common", "less common", "rare"], dtype=object)
    return labels[np.searchsorted([COMMON_SHARE, 1 - RARE_SHARE], uniform)]


def _on_log_odds(spec: SimulatedSpec) -> bool:
    return spec.outcome == "binary" and spec.effect.startswith("scenario")


def _effect_moments(spec: SimulatedSpec) -> tuple[float, float]:
    """Return mean and SD of the effect on the scale it is made on, defaults filled in."""
    defaults = {
        "continuous": (0.25, 0.25),
        "binary": (0.1, 0.1),
        "time_to_event": (0.07 * spec.horizon, 0.07 * spec.horizon),
    }
    mean, sd = (0.5, 0.6) if _on_log_odds(spec) else defaults[spec.outcome]
    mean = mean if spec.effect_mean is None else spec.effect_mean
    sd = sd if spec.effect_sd is None else spec.effect_sd
    return mean, 0.0 if spec.effect == "constant" else sd


def _outcome(
    spec: SimulatedSpec,
    rng: np.random.Generator,
    x: FloatArray,
    treated: BoolArray,
    signal: tuple[Baseline, FloatArray],
) -> tuple[dict[str, FloatArray], FloatArray]:
    """Return the outcome columns and the true effect on the scored scale."""
    baseline, effect = signal
    if spec.outcome == "continuous":
        outcome = continuous_outcome(rng, baseline.value + treated * effect, spec.noise, x[:, 13], treated)
        return {"outcome": outcome}, effect
    if spec.outcome == "binary":
        outcome, truth = binary_outcome(rng, baseline, effect, treated, log_odds=_on_log_odds(spec))
        return {"outcome": outcome}, truth
    return event_times(rng, baseline, effect, treated, spec.horizon, _drop_out(spec.censoring, x, treated))


def _drop_out(censoring: Censoring, x: FloatArray, treated: BoolArray) -> FloatArray:
    """Return each patient's expected number of drop-outs by the horizon."""
    if censoring == "administrative":
        return np.zeros(len(x))
    if censoring == "random":
        return np.full(len(x), 0.3)
    return np.asarray(0.3 * np.exp(1.5 * (x[:, 10] - 0.5) + (2 * treated - 1) * 1.0 * (x[:, 13] - 0.5)), dtype=float)


def _roles(spec: SimulatedSpec) -> Roles:
    names = tuple(f"x{index + 1}" for index in range(spec.covariates))
    survival = spec.outcome == "time_to_event"
    return Roles(
        treatment="arm",
        control="control",
        outcome=None if survival else "outcome",
        time="months" if survival else None,
        event="event" if survival else None,
        covariates=names,
        randomization={"control": 1 - spec.allocation, "treated": spec.allocation},
    )


def _equations(spec: SimulatedSpec) -> str:
    scenario, (mean, sd), (centre, scale) = SCENARIOS[spec.effect], _effect_moments(spec), SCENARIOS[spec.effect][1]
    effect = f"{mean:g}" if sd == 0 else f"{mean:g} + {sd:g} (g - {centre:g}) / {scale:.4g}, g = {scenario.shape_text}"
    low, high = scenario.prognostic_range
    unit = f"u = (f - {low:g}) / {high - low:g}"
    lines = {
        "continuous": f"outcome = f + treated * effect + {spec.noise} noise of variance 1",
        "binary": f"P(outcome = 1) = 0.2 + 0.5 u + treated * effect (kept within 0.01 and 0.99), {unit}",
        "time_to_event": (
            f"exponential times with restricted mean to {spec.horizon:g} months = {spec.horizon:g} (0.35 + 0.35 u) "
            f"+ treated * effect (kept within 2 % and 98 % of the horizon), {unit}; {spec.censoring} censoring"
        ),
    }
    line = "logit P(outcome = 1) = f + treated * effect" if _on_log_odds(spec) else lines[spec.outcome]
    return f"{line}; f = {scenario.prognostic_text}; effect = {effect}"
