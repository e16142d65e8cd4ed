"""Enlarging a trial at its only look: the second stage, its conditional power, and which test keeps the level.

Legend: t is the information fraction of the look, z its statistic, c the final critical value, r the information of
the trial over that planned, A what the second stage alone must reach.
"""

import math

import numpy as np
import pandas as pd
from scipy.special import ndtr

from ite.design.sequential.group_sequential import GroupSequential, GroupSequentialPlan
from ite.design.sequential.promising_zone import PromisingZone, ZoneLimits, enlarged_ratio, zone_limits
from ite.design.sequential.reestimation import required_stage2_z
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

#: The names of the zones from poor results to good ones.
ZONES = ("unfavourable", "promising", "favourable")
_CURVE_POINTS = 121
#: Interim results are followed up to this z-statistic, and integrated over this far on either side.
_HIGHEST_Z, _FARTHEST_Z = 4.5, 8.5
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)


def zone_of_plan(plan: GroupSequentialPlan, *, largest_ratio: float, target: float) -> PromisingZone:
    """Return when a plan of two analyses may be enlarged.

    Parameters
    ----------
    largest_ratio
        Size of the trial if enlarged as far as allowed, over that planned.
    target
        Conditional power aimed at, the observed effect taken as true.

    Raises
    ------
    DesignError
        If there is not exactly one look before the last.
    """
    analyses = len(plan.bounds.fractions)
    if analyses != 2:
        raise DesignError(
            f"A trial is enlarged at its only look before the last, but this one has {analyses} analyses. Plan two: at "
            "several looks the promising zone is not defined, and each look would need weights of its own."
        )
    return PromisingZone(
        information_fraction=float(plan.bounds.fractions[0]),
        critical=float(plan.bounds.upper[-1]),
        largest_ratio=largest_ratio,
        target_conditional_power=target,
    )


def enlargement_curve(plan: GroupSequentialPlan, design: GroupSequential, zone: PromisingZone) -> pd.DataFrame:
    """Return what the second stage becomes over the interim results at which the trial goes on, harm left out.

    Returns
    -------
    DataFrame with columns z, estimate (in units of the endpoint), zone; the size of the second stage in patients with
    an outcome or events, and the conditional power if the observed effect is true, each for three rules: planned (never
    enlarged), weighted (enlarged for the target wherever needed, stages combined with their planned weights) and usual
    (enlarged in the promising zone only, tested as if nothing had changed).
    """
    t, limits = zone.information_fraction, zone_limits(zone)
    lowest, highest = max(float(plan.bounds.lower[0]), 0.0), min(float(plan.bounds.upper[0]), _HIGHEST_Z)
    z = np.linspace(lowest, highest, _CURVE_POINTS)
    everywhere = enlarged_ratio(zone, z)
    inside = np.where(_promising(z, limits), everywhere, 1.0)
    shares = z / (plan.drift * math.sqrt(t))
    return pd.DataFrame(
        {
            "z": z,
            "estimate": [design.endpoint.effect_at_share(share) for share in shares.tolist()],
            "zone": np.select([z < limits.lower_z, z < limits.upper_z], ZONES[:2], ZONES[2]),
            "planned_size": plan.max_size * (1.0 - t),
            "weighted_size": plan.max_size * (everywhere - t),
            "usual_size": plan.max_size * (inside - t),
            "planned_power": _weighted_rejection(zone, z, np.ones_like(z), z / math.sqrt(t)),
            "weighted_power": _weighted_rejection(zone, z, everywhere, z / math.sqrt(t)),
            "usual_power": _usual_rejection(zone, z, inside, z / math.sqrt(t)),
        }
    )


def enlargement_levels(plan: GroupSequentialPlan, design: GroupSequential, zone: PromisingZone) -> pd.DataFrame:
    """Return the level of the whole trial by rule: the probability to show a benefit where there is none.

    Returns
    -------
    DataFrame with columns rule (planned, weighted, usual in the promising zone, usual wherever enlarged) and level; by
    quadrature over the interim statistic. A non-binding futility bound is taken as ignored.
    """
    limits, binding = zone_limits(zone), design.futility is not None and design.futility.binding
    first = float(plan.bounds.lower[0]) if binding else -_FARTHEST_Z
    last = min(float(plan.bounds.upper[0]), _FARTHEST_Z)
    z, weight = _quadrature(np.clip([first, limits.lower_z, limits.upper_z, last], first, last))
    everywhere, none = enlarged_ratio(zone, z), np.zeros_like(z)
    inside = np.where(_promising(z, limits), everywhere, 1.0)
    later = {
        "planned": _weighted_rejection(zone, z, np.ones_like(z), none),
        "weighted": _weighted_rejection(zone, z, everywhere, none),
        "usual, promising zone only": _usual_rejection(zone, z, inside, none),
        "usual, wherever enlarged": _usual_rejection(zone, z, everywhere, none),
    }
    early = float(ndtr(-last))
    return pd.DataFrame({"rule": list(later), "level": [early + float(weight @ after) for after in later.values()]})


def _promising(z: FloatArray, limits: ZoneLimits) -> BoolArray:
    return (z >= limits.lower_z) & (z < limits.upper_z)


def _weighted_rejection(zone: PromisingZone, z: FloatArray, ratio: FloatArray, drift: FloatArray) -> FloatArray:
    """Return P(sqrt(t) z + sqrt(1 - t) Z_2 > c): the weights stay, whatever the size of the second stage."""
    required = required_stage2_z(z, zone.information_fraction, critical=zone.critical)
    return np.asarray(ndtr(drift * np.sqrt(ratio - zone.information_fraction) - required))


def _usual_rejection(zone: PromisingZone, z: FloatArray, ratio: FloatArray, drift: FloatArray) -> FloatArray:
    """Return P(sqrt(t / r) z + sqrt((r - t) / r) Z_2 > c): every patient weighs the same."""
    t = zone.information_fraction
    required = (zone.critical * np.sqrt(ratio) - math.sqrt(t) * z) / np.sqrt(ratio - t)
    return np.asarray(ndtr(drift * np.sqrt(ratio - t) - required))


def _quadrature(edges: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return nodes over the pieces between the edges, and their weights times the standard normal density."""
    half, middle = np.diff(edges) / 2.0, (edges[1:] + edges[:-1]) / 2.0
    nodes = (middle[:, None] + half[:, None] * _NODES).ravel()
    density = np.exp(-0.5 * nodes**2) / math.sqrt(2.0 * math.pi)
    return nodes, (half[:, None] * _WEIGHTS).ravel() * density
