"""Packing: what goes in comes out, to half a step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from glideslope.data._pack import decode_channels, encode_channels
from glideslope.errors import DataError


@settings(deadline=None)  # a busy machine is no failure
@given(arrays(np.int16, st.tuples(st.integers(1, 30), st.integers(1, 4)), elements=st.integers(-32767, 32767)))
def test_integers_survive_exactly_even_when_steps_wrap(K):
    scales = np.full(K.shape[1], 0.25)
    assert np.array_equal(decode_channels(encode_channels(K * 0.25, scales), scales), K * 0.25)


def test_floats_return_within_half_a_step():
    X = np.random.default_rng(0).normal(size=(200, 3)) * [1.0, 30.0, 300.0]
    scales = np.array([0.01, 0.1, 2.0])
    # half a step, and the rounding of one float64 product
    assert (np.abs(decode_channels(encode_channels(X, scales), scales) - X) <= scales / 2 + 1e-12).all()


def test_a_channel_past_sixteen_bits_is_refused():
    with pytest.raises(DataError) as caught:
        encode_channels(np.array([[0.0, 400.0]]), np.array([1.0, 0.01]))
    assert str(caught.value) == "Channel 1 reaches 400, past 32767 steps of 0.01; use a coarser scale."
