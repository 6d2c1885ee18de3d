"""Our networks against torch eager: time per epoch or step, memory, and the same losses from the same weights.

Run: OMP_NUM_THREADS=1 python -m bench.nn [task ...]
"numpy" is the plain version, "numba" the same layers with their compiled twins, as in everyday use with the extra [fast].
Before anything is timed, values and gradients (layers) or fifty losses (training) must agree with torch's.
Each row is saved as soon as it is measured; with tasks named, their rows replace those of the table that is there.
"""

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bench.protocol import RESULTS, Row, measure, save
from glideslope import kernels, nn

SINGLE = np.float32
BACKENDS = {name: (lambda name=name: kernels.use_backend(name)) for name in ("numpy", "numba")}
REMARKS = """
Memory is how far the largest resident set grows during three passes, in a fresh process for each side.
Losses: largest relative distance over 50 steps of Adam from the same weights, ours against torch's in double precision, then of
either in single precision from double: Adam divides small gradients by their size, so rounding errors grow with the steps.

LSTM, plain NumPy: about 3.5 of 6 ms are matrix products, which no rearrangement saves (0.6 of torch's time); the rest is twenty short
NumPy calls a step. Tried and kept: sigmoids over whole rows of the gates, and the slope from h to c for all steps at once
(together a tenth). Not tried: gates in four separate arrays, which the compiled steps would have to follow.
LeNet, memory: shifted copies are made twice, 400 kB at a time, instead of being kept (18.7 MiB before). What is left above torch
is the gradient of the second layer's copies (3.7 MiB): in blocks it would take half as long again.
"""


@dataclass(frozen=True)
class Pair:
    """The same work done by us and by torch, and what must be true of the two."""

    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    check: Callable[[], None]


@dataclass(frozen=True)
class Task:
    """A row: how to make the pair (for so many examples, or the usual number), its bars, and its loss curves."""

    make: Callable[[int | None], Pair]
    bars: dict[str, float]
    curves: Callable[[], dict[str, float]] = dict


def run(name: str, task: Task) -> tuple[Row, dict[str, float]]:
    """Time one task, and measure its memory and its loss curves."""
    pair, facts = task.make(None), {**task.curves(), **peaks(name)}
    candidates = {"torch eager": pair.theirs, "numpy": pair.ours, "numba": pair.ours}
    row = measure(name, candidates, lambda _: pair.check(), bars=task.bars, within=BACKENDS)
    mebibytes = [facts[f"peak_{side}_KiB"] / 1024 for side in ("numpy", "numba", "torch")]
    row.note = "memory {:.1f} (numpy), {:.1f} (numba), {:.1f} (torch) MiB".format(*mebibytes)
    if "double" in facts:
        row.note += "; losses {double:.0e}; rounding {ours_rounding:.0e} ours, {torch_rounding:.0e} torch".format(
            **facts
        )
    else:
        row.note += "; value and gradients within 2e-5"
    return row, facts


# --- training ----------------------------------------------------------------------------------------------------------


def training(*widths: int, batch: int, n: int, bar: float) -> Task:
    """One epoch of Adam on an MLP; torch uses its fused Adam and one gather per epoch, as we do."""

    def make(examples: int | None) -> Pair:
        import torch

        size = examples or n
        X, y, step_ours, step_theirs = contestants(*widths, n=size, dtype=SINGLE)
        data = nn.DataLoader(X, y, batch_size=batch, rng=np.random.default_rng(1))
        Xt, yt = torch.tensor(X), torch.tensor(y)

        def epoch_theirs() -> None:
            order = torch.randperm(size)
            Xs, ys = Xt[order], yt[order]
            for start in range(0, size, batch):
                step_theirs(Xs[start : start + batch], ys[start : start + batch])

        return Pair(lambda: [step_ours(X, y) for X, y in data], epoch_theirs, lambda: None)

    return Task(make, {"numba": bar}, lambda: curves(*widths, batch=batch, n=n))


def contestants(*widths: int, n: int, dtype: Any) -> tuple[np.ndarray, np.ndarray, Callable, Callable]:
    """Data, and one step of Adam by us and by torch, from the same weights."""
    import torch

    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, widths[0])).astype(dtype)
    y = (X @ rng.normal(size=(widths[0], widths[-1]))).argmax(1)  # labels that can be learnt, as in use
    ours, theirs = nn.mlp(*widths, rng=rng).astype(dtype), torch_mlp(*widths).to(torch.tensor(X).dtype)
    nn.to_torch(ours, theirs)
    a, b = nn.Adam(ours, lr=1e-3), torch.optim.Adam(theirs.parameters(), lr=1e-3, fused=True)

    def step_theirs(X: Any, y: Any) -> float:
        b.zero_grad()
        loss = torch.nn.functional.cross_entropy(theirs(X), y)
        loss.backward()
        b.step()
        return loss.item()

    return X, y, lambda X, y: nn.train_step(ours, X, y, a), step_theirs


def curves(*widths: int, batch: int, n: int) -> dict[str, float]:
    """Largest relative distances between loss curves over 50 steps; in double precision ours must be torch's to 1e-9."""
    import torch

    curve = {}
    for precision, dtype in (("double", np.float64), ("single", SINGLE)):
        X, y, ours, theirs = contestants(*widths, n=n, dtype=dtype)
        parts = [slice(start, start + batch) for start in (step * batch % (n - batch + 1) for step in range(50))]
        curve["ours", precision] = np.array([ours(X[p], y[p]) for p in parts])
        curve["torch", precision] = np.array([theirs(torch.tensor(X[p]), torch.tensor(y[p])) for p in parts])

    def distance(a: tuple[str, str], b: tuple[str, str]) -> float:
        return float(np.max(np.abs(curve[a] / curve[b] - 1)))

    exact = ("torch", "double")
    assert distance(("ours", "double"), exact) < 1e-9
    return {
        "double": distance(("ours", "double"), exact),
        "single": distance(("ours", "single"), ("torch", "single")),
        "ours_rounding": distance(("ours", "single"), exact),
        "torch_rounding": distance(("torch", "single"), exact),
    }


def torch_mlp(*widths: int) -> Any:
    from torch import nn as tnn

    layers = [layer for d, k in pairwise(widths) for layer in (tnn.Linear(d, k), tnn.ReLU())]
    return tnn.Sequential(*layers[:-1])


# --- layers ------------------------------------------------------------------------------------------------------------


def layer(ours: nn.Module, theirs: Any, shape: tuple[int, ...]) -> Pair:
    """One forward and backward pass, with the gradient of the parameters but not of the input."""
    import torch

    rng = np.random.default_rng(1)
    nn.to_torch(ours, theirs)
    x = rng.normal(size=shape).astype(SINGLE)
    g = rng.normal(size=(len(x), *ours(x[:1]).shape[1:])).astype(SINGLE)
    xt, gt = torch.tensor(x), torch.tensor(g)

    def run_ours() -> Any:
        ours.zero_grad()
        y = ours(x)
        y.backward(g)
        return y

    def run_theirs() -> Any:
        theirs.zero_grad()
        y = theirs(xt)
        y = y[0] if isinstance(y, tuple) else y
        y.backward(gt)
        return y

    def check() -> None:
        for enter in BACKENDS.values():
            with enter():
                close(run_ours().value, run_theirs().detach().numpy())
            close_gradients(ours, theirs)

    return Pair(run_ours, run_theirs, check)


def close_gradients(ours: nn.Module, theirs: Any) -> None:
    """Let the bridge pair our parameters with torch's while their memory holds the gradients."""
    parameters = [p for _, p in ours.named_parameters()]
    values = [p._value.copy() for p in parameters]
    for p in parameters:
        p._value[...] = p.grad
    for pair in nn.torch_bridge._pairs(ours, theirs):
        close(pair.ours, pair.theirs.grad.numpy())
    for p, value in zip(parameters, values, strict=True):
        p._value[...] = value


def close(a: np.ndarray, b: np.ndarray) -> None:
    error = np.abs(a - b).max() / np.abs(b).max()
    assert error < 2e-5, f"ours and torch's differ by {error:.1e} of the largest entry"


def lenet(examples: int | None) -> Pair:
    from torch import nn as t

    head = [t.Conv2d(1, 6, 5, padding=2), t.ReLU(), t.MaxPool2d(2), t.Conv2d(6, 16, 5), t.ReLU(), t.MaxPool2d(2)]
    theirs = t.Sequential(*head, t.Flatten(), *torch_mlp(400, 120, 84, 10))
    return layer(nn.lenet(rng=np.random.default_rng(0)), theirs, (examples or 64, 1, 28, 28))


def lstm(examples: int | None) -> Pair:
    from torch import nn as t

    theirs = t.LSTM(64, 64, batch_first=True)
    return layer(nn.LSTM(64, 64, rng=np.random.default_rng(0)), theirs, (examples or 32, 50, 64))


def block(examples: int | None) -> Pair:
    from torch import nn as t

    gelu = t.GELU(approximate="tanh")
    theirs = t.TransformerEncoderLayer(128, 4, 512, dropout=0.0, activation=gelu, batch_first=True, norm_first=True)
    return layer(nn.TransformerBlock(128, 4, rng=np.random.default_rng(0)), theirs, (examples or 16, 64, 128))


# --- memory and the digits -------------------------------------------------------------------------------------------------


def peaks(name: str) -> dict[str, int]:
    """Growth of the largest resident set during three passes, each side in a process of its own."""
    sides = {}
    for side in ("numpy", "numba", "torch"):
        command = [sys.executable, "-m", "bench.nn", "--peak", name, side]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        sides[f"peak_{side}_KiB"] = int(answer.stdout)
    return sides


def peak_of_this_process(name: str, side: str) -> int:
    """Load all code with a pass over two examples, reset the high-water mark, do three passes of the usual size."""
    with kernels.use_backend("numba" if side == "torch" else side):
        which = "theirs" if side == "torch" else "ours"
        getattr(TASKS[name].make(2), which)()
        work = getattr(TASKS[name].make(None), which)
        reset = Path("/proc/self/clear_refs")
        if reset.exists():
            reset.write_text("5")
        before = high_water_KiB()
        for _ in range(3):
            work()
        return high_water_KiB() - before


def high_water_KiB() -> int:  # noqa: N802
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1])  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def digits() -> dict[str, float]:
    """CPU seconds of training until 97 % of the held-out digits are right."""
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    rng = np.random.default_rng(0)
    order = rng.permutation(len(X))
    X, y = (X[order] / 16).astype(SINGLE), y[order]
    model = nn.mlp(64, 100, 10, rng=rng)
    optimiser, data = nn.Adam(model, lr=3e-3), nn.DataLoader(X[360:], y[360:], rng=rng)
    warm_up = nn.mlp(64, 100, 10, rng=np.random.default_rng(1))
    nn.train_step(warm_up, X[:32], y[:32], nn.Adam(warm_up))  # compiles
    start = time.process_time()
    for epoch in range(1, 51):
        for Xb, yb in data:
            nn.train_step(model, Xb, yb, optimiser)
        if nn.accuracy(model(X[:360]).value, y[:360]) >= 0.97:
            return {"seconds": round(time.process_time() - start, 3), "epochs": epoch, "bar_seconds": 2.0}
    raise AssertionError("97 % was not reached in 50 epochs")


# --- the table and the plot ------------------------------------------------------------------------------------------------


TASKS = {
    "MLP 64-100-10, batch 32, Adam, epoch": training(64, 100, 10, batch=32, n=1797, bar=0.50),
    "MLP 64-100-10, batch 256, Adam, epoch": training(64, 100, 10, batch=256, n=1797, bar=0.90),
    "MLP 784-512-256-10, batch 256, Adam, epoch": training(784, 512, 256, 10, batch=256, n=2560, bar=1.00),
    "LeNet 28×28, batch 64": Task(lenet, {"numpy": 1.10, "numba": 1.00}),
    "LSTM h 64, t 50, batch 32": Task(lstm, {"numpy": 1.35, "numba": 0.95}),
    "Transformer block d 128, 4 heads, t 64, batch 16": Task(block, {"numpy": 1.10, "numba": 0.85}),
}


def main(wanted: list[str] | None = None) -> None:
    import torch

    torch.set_num_threads(1)
    rows, facts = stored() if wanted else ({}, {})
    for name, task in TASKS.items():
        if not wanted or any(word.lower() in name.lower() for word in wanted):
            rows[name], facts[name] = run(name, task)
            write(rows, facts)
    if not wanted or "digits to 97 %" not in facts:
        facts["digits to 97 %"] = digits()
    write(rows, facts)


def stored() -> tuple[dict[str, Row], dict[str, Any]]:
    """The table as it is, for a run of a few tasks only."""
    path = RESULTS / "nn.json"
    if not path.exists():
        return {}, {}
    result = json.loads(path.read_text())
    return {row["task"]: Row(**row) for row in result["rows"] if row["task"] in TASKS}, result["extra"]


def write(rows: dict[str, Row], facts: dict[str, Any]) -> None:
    remarks = REMARKS
    if "digits to 97 %" in facts:
        remarks += "\nscikit-learn's digits to 97 % of 360 held-out pictures: {seconds:.2f} s of CPU, {epochs} epochs (bar {bar_seconds:g} s).\n"
        remarks = remarks.format(**facts["digits to 97 %"])
    ordered = [rows[name] for name in TASKS if name in rows]
    save("nn", "Networks against torch eager", ordered, remarks, facts)
    plot(ordered)


def plot(rows: list[Row]) -> None:
    """A point for each ratio and a short line for its bar; left of 1 is faster than torch."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "glideslope"
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 0.5 * len(rows) + 1.2), layout="constrained")
    for i, row in enumerate(reversed(rows)):
        for shift, marker, name in ((0.12, "o", "numpy"), (-0.12, "s", "numba")):
            colour = "C3" if name in row.red else "C0"
            axes.plot(row.ratios[name], i + shift, marker, color=colour, label=name if i == 0 else None)
            if name in row.bars:
                axes.plot([row.bars[name]] * 2, [i + shift - 0.15, i + shift + 0.15], color="grey", linewidth=1.5)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlim(left=0)
    axes.set_yticks(range(len(rows)), [row.task for row in reversed(rows)])
    axes.set_xlabel("CPU time / torch eager (grey: bar; red: over its bar)")
    axes.legend(frameon=False)
    figure.savefig(RESULTS / "nn.svg", metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        print(peak_of_this_process(*sys.argv[2:]))
    else:
        main(sys.argv[1:])
