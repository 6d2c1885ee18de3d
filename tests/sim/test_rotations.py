"""Rotations: a matrix is orthogonal, products compose, rates integrate."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glideslope.sim import quaternion_product, quaternion_rate, rotation_matrix

quaternions = (
    arrays(float, 4, elements=st.floats(-1, 1))
    .filter(lambda q: np.linalg.norm(q) > 0.1)
    .map(lambda q: q / np.linalg.norm(q))
)
vectors = arrays(float, 3, elements=st.floats(-5, 5))


@settings(deadline=None)
@given(quaternions)
def test_every_rotation_matrix_is_orthogonal_and_right_handed(q):
    R = rotation_matrix(q)
    assert np.allclose(R @ R.T, np.eye(3), atol=1e-14)
    assert np.isclose(np.linalg.det(R), 1.0)


@settings(deadline=None)
@given(quaternions, quaternions)
def test_the_product_composes_rotations(a, b):
    assert np.allclose(rotation_matrix(quaternion_product(a, b)), rotation_matrix(a) @ rotation_matrix(b), atol=1e-14)


@settings(deadline=None)
@given(quaternions, vectors)
def test_the_rate_is_tangent_and_turns_the_matrix(q, w):
    rate = quaternion_rate(q, w)
    assert abs(q @ rate) < 1e-13  # length stays
    h = 1e-6
    numerical = (rotation_matrix(q + h * rate) - rotation_matrix(q - h * rate)) / (2 * h)
    skew = np.array([[0, -w[2], w[1]], [w[2], 0, -w[0]], [-w[1], w[0], 0]])
    assert np.allclose(numerical, rotation_matrix(q) @ skew, atol=1e-8)


@settings(deadline=None)
@given(quaternions, vectors)
def test_the_rate_is_half_the_product_with_the_angular_velocity(q, w):
    assert np.allclose(quaternion_rate(q, w), 0.5 * quaternion_product(q, np.append(0.0, w)), atol=1e-15)
