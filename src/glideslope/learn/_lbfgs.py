r"""L-BFGS: Newton's method with the inverse Hessian guessed from the last few steps.

The idea: each step s and the change of gradient y it caused obey $H y \approx s$; a short memory of such pairs,
applied by two loops, gives the direction $-H g$ in O(memory · p) without ever forming H.
Use it for smooth convex costs where a gradient over all data is affordable.
"""

from collections.abc import Callable, Iterable

import numpy as np

from glideslope._typing import Float, ndarray


def minimise(
    f: Callable[[ndarray], tuple[float, ndarray]],
    x: Float[ndarray, " p"],
    steps: Iterable[int],
    tol: float,
    accept: Callable[[ndarray, int], None],
    memory: int = 10,
) -> bool:
    """Lower f from x and hand each new point to `accept`; say whether the expected gain fell below tol · f.

    f returns (value, gradient). The expected gain ½ gᵀHg estimates how far f is above its minimum.
    """
    pairs: list[tuple[ndarray, ndarray, float]] = []
    value, g = f(x)
    for step in steps:
        direction = -_apply_inverse_hessian(pairs, g)
        slope = float(direction @ g)
        if -slope / 2 <= tol * abs(value):
            return True
        length, moved = 1.0 if pairs else min(1.0, 1 / float(np.linalg.norm(g))), False
        for _ in range(40):  # halve until the cost falls by a ten-thousandth of what the slope promises
            new_x = x + length * direction
            new_value, new_g = f(new_x)
            if new_value <= value + 1e-4 * length * slope:
                moved = True
                break
            length /= 2
        if not moved:
            return True  # no shorter step helps: rounding hides any further gain
        s, y = new_x - x, new_g - g
        curvature = float(s @ y)
        if curvature > 1e-10 * float(y @ y):  # a pair that bends the wrong way would spoil H
            pairs = [*pairs[1 - memory :], (s, y, curvature)]
        x, value, g = new_x, new_value, new_g
        accept(x, step + 1)
    return False


def _apply_inverse_hessian(
    pairs: list[tuple[ndarray, ndarray, float]], g: Float[ndarray, " p"]
) -> Float[ndarray, " p"]:
    q = g.copy()
    shares = []
    for s, y, sy in reversed(pairs):
        shares.append(s @ q / sy)
        q -= shares[-1] * y
    if pairs:
        _, y, sy = pairs[-1]
        q *= sy / (y @ y)
    for (s, y, sy), share in zip(pairs, reversed(shares), strict=True):
        q += (share - y @ q / sy) * s
    return q
