r"""Value iteration: the best policy of a known Markov decision process.

$V_{k+1}(s) = \max_a \big[ r(s, a) + \gamma \sum_{s'} P(s' \mid s, a)\, V_k(s') \big]$ contracts by γ, so the last change bounds the error.
Exact and fast where the model is known and small: reinforcement learning is for when it is not.
"""

import numpy as np

from glideslope._typing import Float, Int, ndarray

__all__ = ["value_iteration"]


def value_iteration(
    P: Float[ndarray, "s a s"], r: Float[ndarray, "s a"], gamma: float = 0.99, tolerance: float = 1e-9
) -> tuple[Float[ndarray, " s"], Int[ndarray, " s"]]:
    """Return the optimal values and a greedy policy.

    Args:
        P: Transition probabilities, rows (s, a) sum to 1.
        r: Expected reward of action a in state s.
        gamma: Discount, in [0, 1).
        tolerance: Largest error of a value at the end.

    Returns:
        V (s,) and the action (s,) that attains it.

    Raises:
        ValueError: gamma is not in [0, 1), or a row of P does not sum to 1.

    Accuracy: within `tolerance` of the fixed point.
    Cost: O(s² a) a sweep, log(tolerance)/log(gamma) sweeps.
    Source: [bellman1957].

    Example:
        >>> import numpy as np
        >>> V, policy = value_iteration(np.ones((1, 2, 1)), np.array([[0.0, 1.0]]), gamma=0.5)
        >>> round(float(V[0]), 6), int(policy[0])
        (2.0, 1)
    """
    if not 0.0 <= gamma < 1.0:
        raise ValueError(
            f"value_iteration expects gamma in [0, 1) and got {gamma:g}; without discount the values need not be finite."
        )
    if not np.allclose(P.sum(axis=-1), 1.0):
        s, a = np.argwhere(~np.isclose(P.sum(axis=-1), 1.0))[0]
        raise ValueError(
            f"value_iteration expects probabilities that sum to 1 and got {P[s, a].sum():g} in state {s}, action {a}; complete them."
        )
    V = np.zeros(len(P))
    while True:
        Q = r + gamma * (P @ V)
        change = np.abs(Q.max(axis=1) - V).max()
        V = Q.max(axis=1)
        if change * gamma <= tolerance * (1.0 - gamma):
            return V, Q.argmax(axis=1)
