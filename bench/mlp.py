"""Training loops per epoch: our MLP on plain NumPy and on the compiled kernels, against PyTorch and scikit-learn.

Run: python -m bench.run mlp, or OMP_NUM_THREADS=1 python -m bench.mlp [WORD ...] for the rows whose name holds a word.
"""

import sys
import warnings
from functools import partial

import numpy as np

from bench.protocol import Row, measure, tabulate
from glideslope.kernels import use_backend
from glideslope.learn import MLPClassifier


def epochs(task: str, X, y, hidden: tuple[int, ...], batch: int, bars: dict[str, float]) -> Row:
    import torch
    from sklearn.neural_network import MLPClassifier as Theirs

    torch.set_num_threads(1)
    K = int(y.max()) + 1
    ours = MLPClassifier(hidden, batch_size=batch, max_iter=0, random_state=0).fit(X, y)
    net = _same_network(torch, ours)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3, fused=True)
    tX, ty = torch.tensor(X), torch.tensor(y)

    def eager():
        order = torch.randperm(len(tX))
        total = 0.0
        for i in range(0, len(tX), batch):
            rows = order[i : i + batch]
            loss = torch.nn.functional.cross_entropy(net(tX[rows]), ty[rows])
            adam.zero_grad()
            loss.backward()
            adam.step()
            total += loss.item() * len(rows)
        return total / len(tX)

    theirs = Theirs(hidden, batch_size=batch, alpha=0.0, max_iter=1, random_state=0)
    theirs.partial_fit(X, y, classes=np.arange(K))
    rng = np.random.default_rng(0)

    def one_pass():
        order = rng.permutation(len(X))
        return ours._pass(X[order], y[order])

    def sklearn_epoch():
        theirs.partial_fit(X, y)
        return theirs.loss_

    def check(answers):
        _assert_same_curve(X, y, hidden, batch)
        for loss in answers.values():
            assert loss < 2 * np.log(K)  # a first pass may overshoot; the curve above is the test

    candidates = {
        "torch eager": eager,
        "sklearn": sklearn_epoch,
        "numpy": one_pass,
        "numba": one_pass,
    }
    backends = {name: (lambda name=name: use_backend(name)) for name in ("numpy", "numba")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        row = measure(task, candidates, check, bars=bars, within=backends)
    row.note = f"numba / sklearn {row.ratios['numba'] / row.ratios['sklearn']:.2f}"
    return row


def _same_network(torch, ours):
    layers = []
    for W, b in zip(ours.coefs_, ours.intercepts_, strict=True):
        layers += [torch.nn.Linear(*W.shape), torch.nn.ReLU()]
        layers[-2].weight.data, layers[-2].bias.data = torch.tensor(W.T.copy()), torch.tensor(b.copy())
    return torch.nn.Sequential(*layers[:-1])


def _assert_same_curve(X, y, hidden, batch) -> None:
    """Fifty Adam steps from the same weights on the same rows: the losses agree to 1e-4."""
    import torch

    ours = MLPClassifier(hidden, batch_size=batch, max_iter=0, random_state=1).fit(X, y)
    net = _same_network(torch, ours)
    adam = torch.optim.Adam(net.parameters(), lr=1e-3, fused=True)
    steps = max(1, len(X) // batch)
    for step in range(50):
        rows = slice(batch * (step % steps), batch * (step % steps + 1))
        loss = torch.nn.functional.cross_entropy(net(torch.tensor(X[rows])), torch.tensor(y[rows]))
        adam.zero_grad()
        loss.backward()
        adam.step()
        np.testing.assert_allclose(ours._pass(X[rows], y[rows]), loss.item(), rtol=1e-4)


def digits(task: str, batch: int, bars: dict[str, float]) -> Row:
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return epochs(task, (X / 16).astype(np.float32), y, (100,), batch, bars)


def large(task: str, bars: dict[str, float]) -> Row:
    rng = np.random.default_rng(0)
    X = rng.random(size=(10_000, 784)).astype(np.float32)
    y = ((X - 0.5) @ rng.normal(size=(784, 10)).astype(np.float32)).argmax(1)
    return epochs(task, X, y, (512, 256), 256, bars)


JOBS = {
    "digits 64-100-10, batch 32, Adam": partial(digits, batch=32, bars={"numpy": 0.30, "numba": 0.15}),
    "digits 64-100-10, batch 256, Adam": partial(digits, batch=256, bars={"numpy": 0.50, "numba": 0.30}),
    "784-512-256-10, batch 256, Adam": partial(large, bars={"numpy": 0.95, "numba": 0.88}),
}
REMARKS = (
    "One epoch, float32, the peer with its fused Adam; equal loss curves (1e-4 over 50 steps) asserted in the same run."
)


def main(wanted: list[str] | None = None) -> None:
    tasks = {task: partial(job, task) for task, job in JOBS.items()}
    tabulate("mlp", "Training loops, per epoch", tasks, {}, lambda _: REMARKS, wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
