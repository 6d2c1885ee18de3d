"""The compiled twin answers as plain NumPy does, and is never required."""

import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from glideslope import kernels
from glideslope.errors import MissingExtraError
from glideslope.kernels import use_backend

CALLS = {
    "softmax": lambda z, y: kernels.softmax(z),
    "log_softmax": lambda z, y: kernels.log_softmax(z),
    "logsumexp": lambda z, y: kernels.logsumexp(z),
    "sigmoid": lambda z, y: kernels.sigmoid(z),
    "loss": lambda z, y: kernels.cross_entropy_with_gradient(z, y)[0],
    "gradient": lambda z, y: kernels.cross_entropy_with_gradient(z, y)[1] * len(z),
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(300, 10), (300, 31), (300, 32), (3, 5000), (1, 1)])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_the_twin_agrees_to_a_few_units_in_the_last_place(call, shape, dtype, rng):
    pytest.importorskip("numba")
    z = (rng.normal(size=shape) * 3).astype(dtype)
    y = rng.integers(0, shape[1], shape[0])
    with use_backend("numpy"):
        plain = call(z, y)
    with use_backend("numba"):
        twin = call(z, y)
    assert twin.dtype == plain.dtype == dtype
    # exp of numbers up to 30 carries 30 · eps/2; sums of 5000 terms in another order a little more
    np.testing.assert_allclose(twin, plain, rtol=40 * np.finfo(dtype).eps, atol=8 * np.finfo(dtype).eps)


def test_the_former_backend_returns_after_the_block():
    before = kernels.backend()
    with use_backend("numpy"):
        assert kernels.backend() == "numpy"
    assert kernels.backend() == before


def test_an_unknown_backend_is_named():
    with pytest.raises(ValueError, match="use_backend expected name to be one of 'numpy', 'numba' and got 'cuda'; "):
        use_backend("cuda").__enter__()


def test_numba_asked_for_but_missing_gives_the_install_line(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError) as caught:
        use_backend("numba").__enter__()
    assert str(caught.value) == 'The compiled kernels need Numba: pip install "glideslope[fast]".'


@pytest.mark.slow
def test_without_numba_and_scipy_plain_numpy_computes():
    code = (
        "import sys; sys.modules['numba'] = sys.modules['scipy'] = None\n"
        "import importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda n, *a: None if n in ('numba', 'scipy') else find(n, *a)\n"
        "from glideslope import kernels as k\n"
        "k.linear_cross_entropy([[1.0]], [[0.0, 0.0]], [0]); print(k.backend(), k.softmax([0.0, 0.0])[0])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout == "numpy 0.5\n"
