"""Softmax cross-entropy against PyTorch (eager and compiled), JAX and the speed of memory.

Run: python -m bench.run kernels, or OMP_NUM_THREADS=1 python -m bench.kernels [WORD ...] for the rows whose name holds a word.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.protocol import Row, measure, tabulate
from glideslope import kernels as k

INDUCTOR = Path(tempfile.gettempdir()) / "glideslope-bench-inductor"  # compiling takes torch half a minute a shape
SHAPES = [(128, 10), (1024, 10), (65536, 10), (4096, 1000), (1024, 32768), (256, 128256)]
BAR_NUMPY = [0.5, 0.25, 0.25, 1.0, 0.30, 0.30]
_BACKENDS = {
    "numpy": lambda: k.use_backend("numpy"),
    "numba": lambda: k.use_backend("numba"),
    "numba, reused buffer": lambda: k.use_backend("numba"),
}
BAR_NUMBA = [0.20, 0.20, 0.20, 0.35, 0.20, 0.20]


def loss_and_gradient(task: str, shape: tuple[int, int], bar_numpy: float, bar_numba: float) -> Row:
    import torch

    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    z = rng.normal(size=shape).astype(np.float32)
    y = rng.integers(0, shape[1], shape[0])
    tz, ty, out = torch.tensor(z, requires_grad=True), torch.tensor(y), np.empty_like(z)

    def eager():
        tz.grad = None
        loss = torch.nn.functional.cross_entropy(tz, ty)
        loss.backward()
        return loss.item(), tz.grad.numpy()

    def ours(**options):
        return lambda: k.cross_entropy_with_gradient(z, y, **options)

    peers, missing = _compiled_peers(z, y)
    candidates = {"torch eager": eager, **peers, "numpy": ours(), "numba": ours()}
    candidates["numba, reused buffer"] = ours(out=out)
    copy = np.empty_like(z)
    candidates["copyto"] = lambda: np.copyto(copy, z)
    exact = k.cross_entropy_with_gradient(z.astype(np.float64), y) if z.size < 1e7 else None

    def check(answers):
        for name, answer in answers.items():
            if name == "copyto":
                continue
            loss, gradient = answer
            reference = exact or answers["torch eager"]
            np.testing.assert_allclose(loss, reference[0], rtol=2e-6)
            # 3e-6 / N of float64; torch itself is the reference where float64 would not fit the caches
            assert np.abs(np.asarray(gradient) - reference[1]).max() * shape[0] <= 3e-6, name

    bars = {"numpy": bar_numpy, "numba": bar_numba}
    row = measure(task, candidates, check, bars=bars, within=_BACKENDS)
    notes = missing
    if shape[1] >= 1000:
        share = row.ratios["copyto"] / row.ratios["numba, reused buffer"]
        notes = [f"reused buffer: {100 * share:.0f} % of the speed of copyto", *missing]
    ahead = min((row.ratios[name] for name in peers), default=np.inf)
    if row.ratios["numba"] >= ahead:
        notes.append("**not ahead of a compiled peer**")
    row.note = "; ".join(notes)
    return row


def _compiled_peers(z, y) -> tuple[dict[str, Callable[[], Any]], list[str]]:
    """Return torch.compile's and jax.jit's step, and a sentence for each that is missing here."""
    peers, missing = {}, []
    for name, make in (("torch.compile", _torch_compiled), ("JAX jit", _jax_compiled)):
        try:
            step = make(z, y)
            step()
            peers[name] = step
        except Exception as error:  # a sentence in the row: a bench of ours must not die of a peer
            missing.append(f"no {name}: {type(error).__name__}, {str(error).splitlines()[0][:120]}")
            shutil.rmtree(INDUCTOR, ignore_errors=True)  # in case it was the cache
    return peers, missing


def _torch_compiled(z, y):
    import torch

    if not any(shutil.which(compiler) for compiler in ("g++", "clang++")):
        raise RuntimeError("torch.compile needs a C++ compiler and none is on the path")
    # a cache of our own: in a shared one a program that was stopped half-way leaves libraries that cannot be loaded
    os.environ["TORCHINDUCTOR_CACHE_DIR"] = str(INDUCTOR)
    ty, tz = torch.tensor(y), torch.tensor(z, requires_grad=True)
    step = torch.compile(lambda t: torch.nn.functional.cross_entropy(t, ty))

    def compiled():
        tz.grad = None
        loss = step(tz)
        loss.backward()
        return loss.item(), tz.grad.numpy()

    return compiled


def _jax_compiled(z, y):
    import jax

    def loss(t, labels):
        return -jax.numpy.take_along_axis(jax.nn.log_softmax(t), labels[:, None], 1).mean()

    both, labels, jz = jax.jit(jax.value_and_grad(loss)), jax.numpy.asarray(y), jax.numpy.asarray(z)
    return lambda: jax.block_until_ready(both(jz, labels))


def linear_layer(task: str) -> Row:
    import torch

    torch.set_num_threads(1)
    N, d, K = 2048, 512, 32768
    rng = np.random.default_rng(0)
    X = rng.normal(size=(N, d)).astype(np.float32)
    W = (rng.normal(size=(d, K)) / np.sqrt(d)).astype(np.float32)
    y = rng.integers(0, K, N)
    tX, tW, ty = torch.tensor(X, requires_grad=True), torch.tensor(W.T.copy(), requires_grad=True), torch.tensor(y)

    def eager():
        tX.grad = tW.grad = None
        loss = torch.nn.functional.cross_entropy(tX @ tW.T, ty)
        loss.backward()
        return loss.item(), tX.grad.numpy(), tW.grad.numpy().T

    def ours():
        return k.linear_cross_entropy(X, W, y)[:3]

    def check(answers):
        reference = answers["torch eager"]
        for answer in answers.values():
            np.testing.assert_allclose(answer[0], reference[0], rtol=1e-5)
            for a, b in zip(answer[1:], reference[1:], strict=True):
                np.testing.assert_allclose(a, b, atol=1e-4 * np.abs(b).max())  # float32 sums of 32768 in another order

    candidates = {"torch eager": eager, "numpy": ours, "numba": ours}
    row = measure(task, candidates, check, bars={"numba": 0.85}, rounds=5, within=_BACKENDS)
    row.note = f"peak memory {linear_peak():.3f} of torch's (bar 0.15), dX and dW counted"
    return row


_PEAK = """
import resource, sys, numpy as np
N, d, K = 2048, 512, 32768
rng = np.random.default_rng(0)
X = rng.normal(size=(N, d)).astype(np.float32); W = rng.normal(size=(d, K)).astype(np.float32); y = rng.integers(0, K, N)
if sys.argv[1] == 'torch':
    import torch; torch.set_num_threads(1)
    tX, tW, ty = torch.tensor(X, requires_grad=True), torch.tensor(W.T.copy(), requires_grad=True), torch.tensor(y)
    torch.nn.functional.cross_entropy(tX[:2] @ tW[:100].T, ty[:2] % 100).backward(); tX.grad = tW.grad = None
    run = lambda: torch.nn.functional.cross_entropy(tX @ tW.T, ty).backward()
else:
    from glideslope import kernels
    kernels.linear_cross_entropy(X[:2], W[:, :100].copy(), y[:2] % 100)
    run = lambda: kernels.linear_cross_entropy(X, W, y)
open('/proc/self/clear_refs', 'w').write('5')  # resets the high-water mark
def status(field): return int(open('/proc/self/status').read().split(field + ':')[1].split()[0])
before = status('VmRSS'); run(); print(status('VmHWM') - before)
"""


def linear_peak() -> float:
    """Return our peak of resident memory above the inputs, as a share of torch's; each in a process of its own."""
    peak = {}
    for who in ("torch", "ours"):
        run = subprocess.run([sys.executable, "-c", _PEAK, who], capture_output=True, text=True, check=True)
        peak[who] = int(run.stdout)
    print("linear peak KiB", peak)
    return peak["ours"] / peak["torch"]


def memory() -> dict[str, float]:
    """Peak extra memory of loss and gradient, in units of the logits (our arrays are all NumPy's, so tracemalloc sees them)."""
    z = np.random.default_rng(0).normal(size=(4096, 1000)).astype(np.float32)
    y = np.arange(4096) % 1000
    result = {}
    for backend in ("numpy", "numba"):
        with k.use_backend(backend):
            for name, options in (("fresh", {}), ("in place", {"out": z})):
                k.cross_entropy_with_gradient(z, y, **options)
                tracemalloc.start()
                k.cross_entropy_with_gradient(z, y, **options)
                result[f"{backend}, {name}"] = round(tracemalloc.get_traced_memory()[1] / z.nbytes, 4)
                tracemalloc.stop()
    return result


def page_faults(shape: tuple[int, int] = (1024, 32768)) -> dict[str, float]:
    """What malloc costs torch at large K: the same call with huge pages allowed, relative to the default."""
    code = (
        "import torch, time; torch.set_num_threads(1)\n"
        f"z = torch.randn({shape[0]}, {shape[1]}, requires_grad=True); y = torch.randint(0, {shape[1]}, ({shape[0]},))\n"
        "t = []\n"
        "for _ in range(6):\n"
        "    z.grad = None; s = time.process_time(); torch.nn.functional.cross_entropy(z, y).backward()\n"
        "    t.append(time.process_time() - s)\n"
        "print(sorted(t[1:])[2])"
    )
    times = []
    for tunables in ({}, {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}):
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | tunables
        )
        times.append(float(run.stdout))
    return {"torch eager with huge-page malloc / default": round(times[1] / times[0], 3)}


def cold_compile() -> dict[str, float]:
    """Seconds of the very first call, with an empty cache, and of the first call of a later process."""
    code = (
        "import time, numpy as np; from glideslope import kernels as k; s = time.perf_counter()\n"
        "k.cross_entropy_with_gradient(np.zeros((4, 3), 'f'), [0, 1, 2, 0]); print(time.perf_counter() - s)"
    )
    seconds = []
    with tempfile.TemporaryDirectory() as cache:
        for _ in range(2):
            env = os.environ | {"NUMBA_CACHE_DIR": cache}
            run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
            seconds.append(round(float(run.stdout), 2))
    return {"first call ever (s)": seconds[0], "first call of a later process (s)": seconds[1]}


def importing() -> dict[str, float]:
    """Return the CPU time of importing both rooms over that of NumPy alone: the median of eleven pairs of processes."""

    def seconds(code: str) -> float:
        probe = f"import time; s = time.process_time(); {code}; print(time.process_time() - s)"
        return float(subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout)

    both = "import glideslope.kernels, glideslope.learn"
    pairs = [(seconds("import numpy"), seconds(both)) for _ in range(12)][1:]  # the first fills the file cache
    return {
        "glideslope.kernels and glideslope.learn / numpy (bar 1.5)": round(
            float(np.median([b / a for a, b in pairs])), 3
        )
    }


def tasks() -> dict[str, Callable[[], Row]]:
    jobs: dict[str, Callable[[str], Row]] = {
        f"cross-entropy {shape[0]}×{shape[1]}": partial(loss_and_gradient, shape=shape, bar_numpy=a, bar_numba=b)
        for shape, a, b in zip(SHAPES, BAR_NUMPY, BAR_NUMBA, strict=True)
    } | {"linear + cross-entropy 2048×512×32768": linear_layer}
    return {task: partial(job, task) for task, job in jobs.items()}


FACTS = {
    "peak memory / logits": memory,
    "cold compile": cold_compile,
    "page faults": page_faults,
    "import": importing,
}
REMARKS = """
- A fresh gradient array is part of each call except "reused buffer". Much of torch's time at large K is page faults on
  arrays it returns to the system after each call; "page faults" says how much.
- torch.compile needs a C++ compiler; where a compiled peer is missing the row says why.
"""


def main(wanted: list[str] | None = None) -> None:
    def remarks(facts: dict[str, Any]) -> str:
        told = (f"- {fact}: " + ", ".join(f"{name} {value}" for name, value in facts[fact].items()) for fact in facts)
        return "\n".join(told) + REMARKS

    tabulate("kernels", "Softmax cross-entropy: loss and gradient, float32", tasks(), FACTS, remarks, wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
