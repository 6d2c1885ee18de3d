"""Every kernel test runs once per backend that can compute here."""

import importlib.util

import numpy as np
import pytest

from glideslope.kernels import use_backend

BACKENDS = ["numpy", *(["numba"] if importlib.util.find_spec("numba") else [])]


@pytest.fixture(params=BACKENDS)
def backend(request):
    with use_backend(request.param):
        yield request.param


@pytest.fixture
def rng():
    return np.random.default_rng(20261122)
