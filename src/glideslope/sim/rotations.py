r"""Rotations in space as unit quaternions, and what they do to vectors.

$q_{WB} = (w, x, y, z)$ turns coordinates in the body frame B into coordinates in the world W: $v_W = R(q_{WB})\,v_B$.
Its kinematics is $\dot q_{WB} = \tfrac12\, q_{WB} \otimes (0, \omega_{WB}^B)$. Use them wherever Euler angles would lock.
"""

import numpy as np

from glideslope._typing import Float, Shaped, ndarray

__all__ = ["quaternion_from_euler", "quaternion_product", "quaternion_rate", "rotation_matrix"]


def rotation_matrix(q_WB: Shaped[ndarray, "*batch 4"]) -> Shaped[ndarray, "*batch 3 3"]:
    r"""Return $R_{WB}$ of a unit quaternion: columns are B's axes seen in W.

    Accuracy: orthogonal to 1e-15 when $|q| = 1$; a quaternion of another length scales the matrix by $|q|^2$.

    Example:
        >>> import numpy as np
        >>> rotation_matrix(np.array([1.0, 0.0, 0.0, 0.0])).tolist()
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    w, x, y, z = np.moveaxis(q_WB, -1, 0)
    rows = [
        [w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
    ]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def quaternion_product(a: Shaped[ndarray, "*batch 4"], b: Shaped[ndarray, "*#batch 4"]) -> Shaped[ndarray, "*batch 4"]:
    r"""Return Hamilton's product $a \otimes b$: $R(a \otimes b) = R(a) R(b)$.

    Example:
        >>> import numpy as np
        >>> quaternion_product(np.array([0.0, 1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0, 0.0])).tolist()
        [0.0, 0.0, 0.0, 1.0]
    """
    aw, ax, ay, az = np.moveaxis(a, -1, 0)
    bw, bx, by, bz = np.moveaxis(b, -1, 0)
    return np.stack(
        [
            aw * bw - ax * bx - ay * by - az * bz,
            aw * bx + ax * bw + ay * bz - az * by,
            aw * by - ax * bz + ay * bw + az * bx,
            aw * bz + ax * by - ay * bx + az * bw,
        ],
        axis=-1,
    )


def quaternion_rate(
    q_WB: Shaped[ndarray, "*batch 4"], w_WB_B: Shaped[ndarray, "*batch 3"]
) -> Shaped[ndarray, "*batch 4"]:
    r"""Return $\dot q_{WB} = \tfrac12\, q_{WB} \otimes (0, \omega)$ for the angular velocity of B in W, expressed in B, rad/s.

    Example:
        >>> import numpy as np
        >>> quaternion_rate(np.array([1.0, 0.0, 0.0, 0.0]), np.array([0.0, 0.0, 2.0])) + 0.0
        array([0., 0., 0., 1.])
    """
    w, x, y, z = np.moveaxis(q_WB, -1, 0)
    p, q, r = np.moveaxis(w_WB_B, -1, 0)
    rate = [-x * p - y * q - z * r, w * p + y * r - z * q, w * q + z * p - x * r, w * r + x * q - y * p]
    return np.stack(rate, axis=-1) * 0.5


def quaternion_from_euler(roll_rad: float, pitch_rad: float, yaw_rad: float) -> Float[ndarray, " 4"]:
    r"""Return $q_z(\psi) \otimes q_y(\theta) \otimes q_x(\phi)$: yaw first, then pitch, then roll, about the turned axes.

    Example:
        >>> import numpy as np
        >>> quaternion_from_euler(0.0, 0.0, np.pi).round(12).tolist()
        [0.0, 0.0, 0.0, 1.0]
    """
    half = 0.5 * np.array([roll_rad, pitch_rad, yaw_rad])
    cos, sin = np.cos(half), np.sin(half)
    q_x = np.array([cos[0], sin[0], 0.0, 0.0])
    q_y = np.array([cos[1], 0.0, sin[1], 0.0])
    q_z = np.array([cos[2], 0.0, 0.0, sin[2]])
    return quaternion_product(quaternion_product(q_z, q_y), q_x)
