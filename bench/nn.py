"""Our networks against torch eager: time per epoch or step, memory, and the same loss curve from the same weights.

`python -m bench.nn` writes bench/results/nn.json, nn.md and nn.svg; `--rounds 5` for a quick look, `--only lstm` for one row.
Ratios of CPU time, one thread each; candidates are interleaved A B C … C B A in one process, the first call of each is
discarded, medians are taken; before timing, values and gradients (layers) or 50 losses (training) must agree.
"""

import argparse
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glideslope import kernels, nn

RESULTS = Path(__file__).parent / "results"
SINGLE = np.float32


@dataclass(frozen=True)
class Task:
    """A row of the table: how to make both contestants (of the usual size, or so many examples), and the bars."""

    make: Callable[[int | None], tuple[Callable[[], Any], Callable[[], Any]]]
    bar_numpy: float | None
    bar: float
    curves: Callable[[], dict[str, float]] = dict


def mlp(*widths: int, batch: int, n: int) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """One epoch of Adam; torch uses its fused Adam and one gather per epoch, as we do."""
    import torch

    X, y, step_ours, step_theirs = contestants(*widths, n=n, dtype=SINGLE)
    data = nn.DataLoader(X, y, batch_size=batch, rng=np.random.default_rng(1))
    Xt, yt = torch.tensor(X), torch.tensor(y)

    def epoch_theirs() -> None:
        order = torch.randperm(n)
        Xs, ys = Xt[order], yt[order]
        for start in range(0, n, batch):
            step_theirs(Xs[start : start + batch], ys[start : start + batch])

    return lambda: [step_ours(X, y) for X, y in data], epoch_theirs


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
    """Largest relative distance between loss curves over 50 steps from the same weights.

    Between ours and torch's, in double and in single precision, and how far each in single precision is from double:
    Adam divides small gradients by their size, so that rounding errors grow with the steps, in torch as here.
    """
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
    result = {
        "curve_double": distance(("ours", "double"), exact),
        "curve_single": distance(("ours", "single"), ("torch", "single")),
        "curve_ours_rounding": distance(("ours", "single"), exact),
        "curve_torch_rounding": distance(("torch", "single"), exact),
    }
    assert result["curve_double"] < 1e-8, result
    return result


def torch_mlp(*widths: int) -> Any:
    from itertools import pairwise

    from torch import nn as tnn

    layers = [layer for d, k in pairwise(widths) for layer in (tnn.Linear(d, k), tnn.ReLU())]
    return tnn.Sequential(*layers[:-1])


def layer(ours: nn.Module, theirs: Any, shape: tuple[int, ...]) -> tuple[Callable[[], Any], Callable[[], Any]]:
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
        y, yt = run_ours(), run_theirs()
        close(y.value, yt.detach().numpy())
        for pair in nn.torch_bridge._pairs(gradients_as_values(ours), theirs):
            close(pair.ours, pair.theirs.grad.numpy())
        for (_, p), value in zip(ours.named_parameters(), SAVED, strict=True):
            p._value = value

    run_ours.check = check  # type: ignore[attr-defined]
    return run_ours, run_theirs


SAVED: list[np.ndarray] = []


def gradients_as_values(model: nn.Module) -> nn.Module:
    """Let the bridge pair our gradients with torch's; the values wait in SAVED."""
    SAVED[:] = [p._value for _, p in model.named_parameters()]
    for _, p in model.named_parameters():
        p._value = p.grad
    return model


def close(a: np.ndarray, b: np.ndarray) -> None:
    error = np.abs(a - b).max() / np.abs(b).max()
    assert error < 2e-5, f"ours and torch's differ by {error:.1e} of the largest entry"


def lenet(examples: int | None) -> tuple[Callable, Callable]:
    from torch import nn as t

    head = [t.Conv2d(1, 6, 5, padding=2), t.ReLU(), t.MaxPool2d(2), t.Conv2d(6, 16, 5), t.ReLU(), t.MaxPool2d(2)]
    theirs = t.Sequential(*head, t.Flatten(), *torch_mlp(400, 120, 84, 10))
    return layer(nn.lenet(rng=np.random.default_rng(0)), theirs, (examples or 64, 1, 28, 28))


def lstm(examples: int | None) -> tuple[Callable, Callable]:
    from torch import nn as t

    return layer(
        nn.LSTM(64, 64, rng=np.random.default_rng(0)), t.LSTM(64, 64, batch_first=True), (examples or 32, 50, 64)
    )


def block(examples: int | None) -> tuple[Callable, Callable]:
    from torch import nn as t

    gelu = t.GELU(approximate="tanh")
    theirs = t.TransformerEncoderLayer(128, 4, 512, dropout=0.0, activation=gelu, batch_first=True, norm_first=True)
    return layer(nn.TransformerBlock(128, 4, rng=np.random.default_rng(0)), theirs, (examples or 16, 64, 128))


def training(*widths: int, batch: int, n: int, bar: float) -> Task:
    return Task(lambda k: mlp(*widths, batch=batch, n=k or n), None, bar, lambda: curves(*widths, batch=batch, n=n))


TASKS = {
    "digits-32": training(64, 100, 10, batch=32, n=1797, bar=0.50),
    "digits-256": training(64, 100, 10, batch=256, n=1797, bar=0.90),
    "mlp-784": training(784, 512, 256, 10, batch=256, n=2560, bar=1.00),
    "lenet": Task(lenet, 1.10, 1.00),
    "lstm": Task(lstm, 1.35, 0.95),
    "transformer": Task(block, 1.10, 0.85),
}


def measure(task: Task, rounds: int) -> dict[str, float]:
    ours, theirs = task.make(None)
    getattr(ours, "check", lambda: None)()

    def plain() -> None:
        with kernels.use_backend("numpy"):
            ours()

    candidates = {"torch": theirs, "ours": ours, "plain": plain}
    times: dict[str, list[float]] = {name: [] for name in candidates}
    for i in range(rounds + 1):
        order = list(candidates) if i % 2 else list(candidates)[::-1]
        for name in order:
            start = time.process_time()
            candidates[name]()
            times[name].append(time.process_time() - start)
    median = {name: statistics.median(t[1:]) for name, t in times.items()}
    return {"ratio": median["ours"] / median["torch"], "ratio_numpy": median["plain"] / median["torch"]}


def peak(name: str) -> dict[str, float]:
    """Growth of the largest resident set during three passes, in fresh processes, ours / torch's."""
    grown = {}
    for side in ("ours", "torch"):
        command = [sys.executable, "-m", "bench.nn", "--peak", name, side]
        grown[side] = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {"peak_ours_KiB": grown["ours"], "peak_torch_KiB": grown["torch"]}


def peak_child(name: str, side: str) -> None:
    """Load all code with a pass over two examples, reset the high-water mark, then do three passes of the usual size."""
    which = side == "torch"
    TASKS[name].make(2)[which]()
    run = TASKS[name].make(None)[which]
    if Path("/proc/self/clear_refs").exists():
        Path("/proc/self/clear_refs").write_text("5")
    before = high_water()
    for _ in range(3):
        run()
    print(high_water() - before)


def high_water() -> int:
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1])
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
    nn.train_step(nn.mlp(64, 100, 10, rng=np.random.default_rng(1)), X[:32], y[:32], optimiser)  # compiles
    start = time.process_time()
    for epoch in range(1, 51):
        for Xb, yb in data:
            nn.train_step(model, Xb, yb, optimiser)
        if nn.accuracy(model(X[:360]).value, y[:360]) >= 0.97:
            return {"seconds": time.process_time() - start, "epochs": epoch, "bar_seconds": 2.0}
    raise AssertionError("97 % was not reached in 50 epochs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--only", choices=TASKS)
    parser.add_argument("--peak", nargs=2)
    options = parser.parse_args()
    import torch
    from threadpoolctl import threadpool_limits

    torch.set_num_threads(1)
    threadpool_limits(1)
    if options.peak:
        return peak_child(*options.peak)
    rows: dict[str, Any] = {}
    for name in [options.only] if options.only else TASKS:
        task = TASKS[name]
        rows[name] = {
            "bar": task.bar,
            "bar_numpy": task.bar_numpy,
            **measure(task, options.rounds),
            **peak(name),
            **task.curves(),
        }
        print(name, json.dumps(rows[name]), flush=True)
    if options.only is None:
        report({"machine": machine(), "rounds": options.rounds, "rows": rows, "digits to 97 %": digits()})
    return None


def machine() -> dict[str, Any]:
    import torch

    cpu = (
        re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        if Path("/proc/cpuinfo").exists()
        else None
    )
    load = os.getloadavg()[0]
    versions = {"numpy": np.__version__, "torch": torch.__version__, "python": platform.python_version()}
    return {"cpu": cpu[1] if cpu else platform.processor(), "threads": 1, "load": round(load, 1), **versions}


def report(result: dict[str, Any]) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "nn.json").write_text(json.dumps(result, indent=1) + "\n")
    (RESULTS / "nn.md").write_text(table(result))
    plot(result)
    print(table(result))


def table(result: dict[str, Any]) -> str:
    columns = ["task", "ours / torch", "bar", "plain NumPy / torch", "bar", "peak memory, ours against torch"]
    columns += ["loss curve, ours against torch"]
    head = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for name, r in result["rows"].items():
        numpy_bar = f"{r['bar_numpy']:.2f}" if r["bar_numpy"] else "–"
        red = " **red**" if r["ratio"] > r["bar"] else ""
        red_numpy = " **red**" if r["bar_numpy"] and r["ratio_numpy"] > r["bar_numpy"] else ""
        head.append(
            f"| {name} | {r['ratio']:.2f}{red} | {r['bar']:.2f} | {r['ratio_numpy']:.2f}{red_numpy} | {numpy_bar} "
            f"| {r['peak_ours_KiB'] / 1024:.1f} / {r['peak_torch_KiB'] / 1024:.1f} MiB | {curve_text(r)} |"
        )
    m, d = result["machine"], result["digits to 97 %"]
    notes = [
        "",
        f"Ratios of CPU time, medians of {result['rounds']} rounds, one thread each. {m['cpu']}, load {m['load']}, NumPy {m['numpy']}, torch {m['torch']}.",
        f"scikit-learn's digits to 97 % of 360 held-out pictures: {d['seconds']:.2f} s of CPU, {d['epochs']} epochs (bar 2 s).",
        "Loss curves: largest relative distance over 50 steps of Adam from the same weights, and how far single precision is from double.",
        "Made by `python -m bench.nn`.",
    ]
    return "\n".join(["# Networks against torch eager", "", *head, *notes]) + "\n"


def curve_text(row: dict[str, float]) -> str:
    if "curve_double" not in row:
        return "value and gradients within 2e-5"
    rounding = f"rounding alone: {row['curve_ours_rounding']:.0e} ours, {row['curve_torch_rounding']:.0e} torch"
    return f"{row['curve_double']:.0e} in double, {row['curve_single']:.0e} in single ({rounding})"


def plot(result: dict[str, Any]) -> None:
    try:
        import matplotlib.pyplot as plt
    except ModuleNotFoundError:
        return
    names = list(result["rows"])
    figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
    for shift, key, label, colour in (
        (-0.2, "ratio", "with kernels", "#2f6f9f"),
        (0.2, "ratio_numpy", "plain NumPy", "#c9a227"),
    ):
        axes.bar(
            np.arange(len(names)) + shift, [result["rows"][n][key] for n in names], 0.38, label=label, color=colour
        )
    for i, name in enumerate(names):
        axes.hlines(result["rows"][name]["bar"], i - 0.42, i + 0.42, colors="black", label="bar" if i == 0 else None)
    axes.axhline(1, color="grey", linewidth=0.8, linestyle=":")
    axes.set_xticks(range(len(names)), names)
    axes.set_ylabel("CPU time / torch eager")
    axes.legend(frameon=False, ncols=3, loc="upper left")
    figure.savefig(RESULTS / "nn.svg")


if __name__ == "__main__":
    main()
