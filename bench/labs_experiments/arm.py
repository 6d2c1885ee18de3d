"""Learning the torques of an arm with unmodelled friction: rigid-body data sheet, least squares, a network, and a network on the residual."""

import numpy as np

from glideslope.sim import TwoLinkArmParameters, arm_regressor, arm_torque, sine_trajectory

TRUE = TwoLinkArmParameters(viscous_N_m_s=(0.25, 0.1))
SHEET = TwoLinkArmParameters(mass_kg=(2.06, 1.16), centre_m=(0.195, 0.155))


def real_torque(q, qd, qdd):
    """The arm as it is: Stribeck friction (high at rest, falling, then viscous) and cogging of the motors."""
    stribeck = np.array([0.25, 0.12]) * np.tanh(qd / 0.02) * (1 + 0.7 * np.exp(-((qd / 0.25) ** 2)))
    return arm_torque(q, qd, qdd, TRUE) + stribeck + np.array([0.10, 0.05]) * np.sin(8 * q)


def experiment(seeds=(0, 1, 2)):
    rows = {}
    for trajectories in (2, 10, 40):
        runs = [one_seed(seed, trajectories) for seed in seeds]
        rows[f"{trajectories} trajectories"] = {
            name: {
                "joint 1, 2 %": [round(float(v), 1) for v in np.mean([run[name] for run in runs], axis=0)],
                "std": [round(float(v), 1) for v in np.std([run[name] for run in runs], axis=0)],
            }
            for name in runs[0]
        }
    return rows


def motions(rng, count, amplitude):
    parts = [sine_trajectory(rng, duration_s=5.0, dt_s=0.02, amplitude_rad=amplitude)[1:] for _ in range(count)]
    return [np.concatenate(piece) for piece in zip(*parts, strict=True)]


def one_seed(seed, trajectories):
    rng = np.random.default_rng(seed)
    q, qd, qdd = motions(rng, trajectories, 0.7)
    tau = real_torque(q, qd, qdd)
    tau += 0.01 * tau.std(0) * rng.standard_normal(tau.shape)
    pi = np.linalg.lstsq(arm_regressor(q, qd, qdd).reshape(-1, 9), tau.ravel(), rcond=None)[0]
    X, spread = inputs(q, qd, qdd), inputs(q, qd, qdd).std(0)
    left = tau - (arm_regressor(q, qd, qdd) @ pi[:, None])[..., 0]
    whole, residual = (fitted(X / spread, target / target.std(0), seed) for target in (tau, left))
    result = {}
    for name, amplitude in (("", 0.7), (", 1.6 x the amplitude", 1.12)):
        test = motions(np.random.default_rng(1000 + seed), 8, amplitude)
        truth, Xt = real_torque(*test), inputs(*test) / spread
        physics = (arm_regressor(*test) @ pi[:, None])[..., 0]
        guesses = {
            "data sheet": arm_torque(*test, SHEET),
            "least squares": physics,
            "network": whole.predict(Xt) * tau.std(0),
            "least squares + network": physics + residual.predict(Xt) * left.std(0),
        }
        result |= {
            f"{key}{name}": 100 * np.sqrt(((guess - truth) ** 2).mean(0)) / truth.std(0)
            for key, guess in guesses.items()
        }
    return result


def fitted(X, Y, seed):
    from sklearn.neural_network import MLPRegressor

    return MLPRegressor(hidden_layer_sizes=(64, 64), max_iter=300, early_stopping=True, random_state=seed).fit(X, Y)


def inputs(q, qd, qdd):
    return np.hstack([np.sin(q), np.cos(q), qd, qdd])
