r"""Kalman filter: the state of a linear system from noisy measurements, with an honest uncertainty.

Predict $m^- = F m$, $P^- = F P F^\top + Q$; correct with $K = P^- H^\top (H P^- H^\top + R)^{-1}$, $m = m^- + K(y - H m^-)$.
For Gaussian noise no estimator does better; a wrong Q or R costs more than a wrong formula.
"""

from dataclasses import dataclass

import numpy as np

from glideslope._typing import Float, ndarray

__all__ = ["Belief", "constant_velocity", "kalman_correct", "kalman_predict"]


@dataclass(frozen=True)
class Belief:
    """A Gaussian: mean (n,) and covariance (n, n)."""

    mean: Float[ndarray, " n"]
    covariance: Float[ndarray, "n n"]


def kalman_predict(belief: Belief, F: Float[ndarray, "n n"], Q: Float[ndarray, "n n"]) -> Belief:
    r"""Move the belief one step: $m^- = F m$, $P^- = F P F^\top + Q$.

    Example:
        >>> import numpy as np
        >>> kalman_predict(Belief(np.ones(1), np.eye(1)), 2 * np.eye(1), np.eye(1)).covariance.item()
        5.0
    """
    return Belief(F @ belief.mean, F @ belief.covariance @ F.T + Q)


def kalman_correct(
    belief: Belief, y: Float[ndarray, " m"], H: Float[ndarray, "m n"], R: Float[ndarray, "m m"]
) -> Belief:
    r"""Take in a measurement y = H x + noise of covariance R.

    Joseph's form $(I - KH)P(I - KH)^\top + K R K^\top$ stays symmetric and positive where $(I - KH)P$ drifts.
    A lost measurement (any NaN in y) changes nothing.

    Example:
        >>> import numpy as np
        >>> kalman_correct(Belief(np.zeros(1), np.eye(1)), np.array([2.0]), np.eye(1), np.eye(1)).mean.item()
        1.0
    """
    return correct_with(belief, y - H @ belief.mean, H, R)


def correct_with(
    belief: Belief, innovation: Float[ndarray, " m"], H: Float[ndarray, "m n"], R: Float[ndarray, "m m"]
) -> Belief:
    """Correct by an innovation already formed; shared with the extended filter."""
    if np.isnan(innovation).any():
        return belief
    P = belief.covariance
    K = np.linalg.solve(H @ P @ H.T + R, H @ P).T
    rest = np.eye(len(P)) - K @ H
    return Belief(belief.mean + K @ innovation, rest @ P @ rest.T + K @ R @ K.T)


def constant_velocity(dt_s: float, q_m2_s3: float) -> tuple[Float[ndarray, "4 4"], Float[ndarray, "4 4"]]:
    r"""Return F and Q of a point that keeps its velocity but for white acceleration of spectral density q, state (x, y, x', y').

    Each axis has $Q = q\begin{pmatrix} h^3/3 & h^2/2 \\ h^2/2 & h \end{pmatrix}$.

    Example:
        >>> F, Q = constant_velocity(1.0, 3.0)
        >>> F[0].tolist(), round(float(Q[0, 0]), 12)
        ([1.0, 0.0, 1.0, 0.0], 1.0)
    """
    one_F = np.array([[1.0, dt_s], [0.0, 1.0]])
    one_Q = q_m2_s3 * np.array([[dt_s**3 / 3, dt_s**2 / 2], [dt_s**2 / 2, dt_s]])
    return np.kron(one_F, np.eye(2)), np.kron(one_Q, np.eye(2))
