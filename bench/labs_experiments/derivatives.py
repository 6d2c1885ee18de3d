"""Least squares: aerodynamic derivatives of the 172P model from 3-2-1-1 manoeuvres, against a noise-free regression about the CG.

Moments follow from the equations of motion: L = Ixx p' - Ixz (r' + p q) + (Izz - Iyy) q r, and so on; every channel passes the same filter.
"""

from dataclasses import replace

import numpy as np

from glideslope.data import load
from glideslope.sim.make.c172_flighttest import CHANNELS, EPISODES, fly_episode

LATERAL = ("1", "beta", "p", "r", "da", "dr")
LONGITUDINAL = ("1", "alpha", "q", "de")


def experiment(seeds=(0, 1, 2, 3, 4)):
    """Five draws of the sensors' noise over the same flights; the spread of the estimates beside the error the formula claims."""
    shipped = load("c172_flighttest")
    clean = without_noise(shipped)
    noisy = [with_noise(clean, seed) for seed in seeds]
    return {
        axis: report([fit_axis(data, clean, axis) for data in noisy], LATERAL if axis != "Cm" else LONGITUDINAL)
        for axis in ("Cl", "Cn", "Cm")
    }


def fit_axis(data, clean, axis):
    """Estimate from noisy motion; reference from the true moments on the same regressors; R² at another speed and in turbulence."""
    groups = {"Cm": (0, 1), "Cl": (2, 3), "Cn": (2, 3)}[axis]
    other, rough = {"Cm": (4, 6), "Cl": (5, 7), "Cn": (5, 7)}[axis]
    A, y, _ = stack(data, groups, axis)
    estimate, error = least_squares(A, y)
    clean_A, _, truth = stack(clean, groups, axis)
    reference = least_squares(clean_A, truth)[0]
    scores = [r2(*stack(data, (group,), axis)[:2], estimate) for group in (other, rough)]
    return estimate, error, reference, scores


def without_noise(data):
    """The same flights with perfect sensors, flown again: the reference must not share the errors of the regressors."""
    flights = [fly_episode(i, EPISODES[i], noise=False)[0] for i in data.group_ids]
    return replace(data, X=np.concatenate(flights))


def with_noise(data, seed):
    sigma = np.array([noise for _, _, noise in CHANNELS.values()])
    return replace(data, X=data.X + sigma * np.random.default_rng([6, seed]).standard_normal(data.X.shape))


def stack(data, groups, axis):
    parts = [episode(data, group, axis) for group in groups]
    return tuple(np.concatenate(piece) for piece in zip(*parts, strict=True))


def episode(data, group, axis):
    one = data.keep([group])
    f = {name: smooth(one[name]) for name in one.channel_names}
    fact = {name: float(value[0]) for name, value in one.groups.items()}
    p, q, r = f["p_rad_s"], f["q_rad_s"], f["r_rad_s"]
    dp, dq, dr = (np.gradient(rate, 1 / 60) for rate in (p, q, r))
    ixx, iyy, izz, ixz = (fact[f"{name}_kg_m2"] for name in ("ixx", "iyy", "izz", "ixz"))
    moment = {
        "Cl": ixx * dp - ixz * (dr + p * q) + (izz - iyy) * q * r,
        "Cm": iyy * dq + (ixx - izz) * p * r + ixz * (p * p - r * r) - 0.245 * f["thrust_N"],
        "Cn": izz * dr - ixz * (dp - q * r) + (iyy - ixx) * p * q,
    }[axis]
    length = fact["chord_m"] if axis == "Cm" else fact["span_m"]
    scale, per_rate = f["qbar_Pa"] * fact["wing_m2"] * length, length / (2 * f["v_m_s"])
    if axis == "Cm":
        columns = [np.ones_like(p), f["alpha_rad"], q * per_rate, f["elevator_rad"]]
    else:
        columns = [np.ones_like(p), f["beta_rad"], p * per_rate, r * per_rate, f["aileron_rad"], f["rudder_rad"]]
    true = one.targets[{"Cl": "L_N_m", "Cm": "M_N_m", "Cn": "N_N_m"}[axis]]
    inner = slice(15, -15)
    return np.column_stack(columns)[inner], (moment / scale)[inner], (smooth(true) / scale)[inner]


def smooth(x, width=9):
    """A Hann window of 9 samples: the same for every channel, or the regression is biased."""
    window = np.hanning(width + 2)[1:-1]
    return np.convolve(np.pad(x, width // 2, mode="edge"), window / window.sum(), mode="valid")


def least_squares(A, y):
    estimate, *_ = np.linalg.lstsq(A, y, rcond=None)
    residual = y - A @ estimate
    return estimate, np.sqrt(np.diag(np.linalg.inv(A.T @ A)) * (residual @ residual) / (len(y) - A.shape[1]))


def r2(A, y, estimate):
    residual = y - A @ estimate
    return float(1 - residual.var() / y.var())


def report(runs, names):
    estimates, errors, references, scores = (np.array(part) for part in zip(*runs, strict=True))
    rows = {}
    for i, name in enumerate(names[1:], start=1):
        mean, truth = estimates[:, i].mean(), references[0, i]
        rows[name] = {
            "estimate": round(float(mean), 4), "std": round(float(estimates[:, i].std()), 4),
            "formal error": round(float(errors[:, i].mean()), 4), "reference": round(float(truth), 4),
            "error %": round(float(100 * (mean / truth - 1)), 1),
        }  # fmt: skip
    for k, name in enumerate(("R2 at 85 kt", "R2 in turbulence")):
        rows[name] = {"mean": round(float(scores[:, k].mean()), 3), "std": round(float(scores[:, k].std()), 3)}
    return rows
