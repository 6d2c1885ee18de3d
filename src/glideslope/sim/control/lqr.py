r"""Linear quadratic regulator: the best linear feedback for a linear system and a quadratic cost.

Minimise $\int x^\top Q x + u^\top R u \,dt$ under $\dot x = A x + B u$: $u = -K x$ with $K = R^{-1} B^\top P$ and
$A^\top P + P A - P B R^{-1} B^\top P + Q = 0$. Use it near an equilibrium; far away the linear model lies.
"""

import numpy as np

from glideslope._checks import ArrayLike
from glideslope._typing import Float, ndarray
from glideslope.errors import MissingExtraError, ShapeError

__all__ = ["lqr_gain"]


def lqr_gain(
    A: ArrayLike, B: ArrayLike, Q: ArrayLike, R: ArrayLike
) -> tuple[Float[ndarray, "m n"], Float[ndarray, "n n"]]:
    r"""Return the gain K and the cost-to-go matrix P of the infinite-horizon regulator.

    Args:
        A: $\partial f/\partial x$ at the equilibrium, (n, n).
        B: $\partial f/\partial u$ there, (n, m).
        Q: Weight of the state, (n, n), symmetric, at least 0.
        R: Weight of the input, (m, m), symmetric, above 0.

    Returns:
        K (m, n) and P (n, n); $x^\top P x$ is the cost from x on.

    Raises:
        ShapeError: The shapes do not meet.
        MissingExtraError: SciPy, which solves the Riccati equation, is not installed.
        ValueError: No stabilising solution exists.

    Cost: O(n³).
    Source: [kalman1960].

    Example:
        >>> import numpy as np
        >>> K, P = lqr_gain(np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([[0.0], [1.0]]), np.eye(2), np.eye(1))
        >>> K.round(4).tolist()
        [[1.0, 1.7321]]
    """
    A, B, Q, R = (np.atleast_2d(np.asarray(matrix, dtype=float)) for matrix in (A, B, Q, R))
    if A.shape[0] != B.shape[0] or Q.shape != A.shape or R.shape != (B.shape[1],) * 2:
        raise ShapeError(
            f"lqr_gain got A {A.shape}, B {B.shape}, Q {Q.shape}, R {R.shape}; expected (n, n), (n, m), (n, n), (m, m)."
        )
    try:
        from scipy.linalg import solve_continuous_are
    except ImportError:
        raise MissingExtraError(
            'lqr_gain solves its Riccati equation with SciPy: run `pip install "glideslope[fast]"`.'
        ) from None
    try:
        P = solve_continuous_are(A, B, Q, R)
    except np.linalg.LinAlgError:
        raise ValueError(
            "lqr_gain found no stabilising solution; check that B reaches every unstable mode of A and that Q weighs it."
        ) from None
    return np.linalg.solve(R, B.T @ P), P
