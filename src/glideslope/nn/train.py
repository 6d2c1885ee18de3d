r"""Training: show a batch, measure the loss, differentiate, step; repeat, and keep a record.

\(\theta \leftarrow \theta - \eta\,d(\nabla_\theta L(f_\theta(X), y))\) for each batch of each epoch. `fit` adds what every run needs:
a progress line, a history, validation with early stopping, and checkpoints from which a killed run continues bit by bit.
"""

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.autograd import Tensor, no_grad
from glideslope.nn.checkpoint import (
    generator_states,
    load_checkpoint,
    put,
    save_checkpoint,
    set_generator_states,
    weights,
)
from glideslope.nn.data import DataLoader
from glideslope.nn.losses import softmax_cross_entropy
from glideslope.nn.module import Module
from glideslope.nn.optim import Optimiser, clip_by_norm
from glideslope.nn.progress import ProgressLine

__all__ = ["History", "accuracy", "evaluate", "fit", "train_step"]

Loss = Callable[[Tensor, ndarray], Tensor]
Metric = Callable[[ndarray, ndarray], float]


@dataclass
class History:
    """What happened: one row per epoch.

    Args:
        rows: dictionaries with epoch, loss, and, with validation data, val_loss and the metrics.
        stopped_early: whether patience ran out.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    stopped_early: bool = False

    def __getitem__(self, name: str) -> list[Any]:
        return [row[name] for row in self.rows]


@dataclass
class _Run:
    """The place of a run, as a checkpoint keeps it."""

    epoch: int = 0
    batch: int = 0  # batches done in this epoch
    loss_sum: float = 0.0  # over the examples seen in this epoch
    seen: int = 0
    best_loss: float | None = None
    bad_epochs: int = 0
    stopped_early: bool = False
    rows: list[dict[str, Any]] = field(default_factory=list)
    epoch_start: list[Any] = field(default_factory=list)  # generator states, to draw the same order again


def fit(
    model: Module,
    data: DataLoader,
    optimiser: Optimiser,
    loss: Loss = softmax_cross_entropy,
    *,
    epochs: int,
    validation: DataLoader | None = None,
    metrics: dict[str, Metric] | None = None,
    patience: int | None = None,
    clip_norm: float | None = None,
    checkpoint: str | os.PathLike | None = None,
    save_every_s: float = 30.0,
    progress: bool = True,
    on_step: Callable[[int, float], None] | None = None,
) -> History:
    """Train a model and return the history of the run.

    Args:
        model: changed in place; left in evaluation mode.
        data: batches (X, y).
        optimiser: made for this model.
        loss: from (output, y) to a scalar.
        epochs: passes over the data, in total: a resumed run counts those it had done.
        validation: batches to measure after each epoch.
        metrics: name -> function (output, y) -> number, averaged over validation examples.
        patience: stop after so many epochs without a lower validation loss, and go back to the best weights.
        clip_norm: largest norm of the gradient.
        checkpoint: a file; if it exists, the run continues from it, bit by bit.
        save_every_s: seconds between checkpoints; one more is written at the end of each epoch.
        progress: show a line on standard error.
        on_step: called after each step with the step count and the loss.

    Raises:
        NonFiniteError: the loss became NaN or infinite; weights and checkpoint are those before that step.
        DataError: the checkpoint is damaged or belongs to another model; nothing is changed.

    Example:
        >>> from glideslope.nn import SGD, Linear
        >>> rng = np.random.default_rng(0)
        >>> X = rng.normal(size=(100, 2)); y = (X[:, 0] > 0).astype(int)
        >>> model = Linear(2, 2, rng=rng)
        >>> history = fit(model, DataLoader(X, y, rng=rng), SGD(model, lr=0.5), epochs=20, progress=False)
        >>> history["loss"][-1] < 0.2 < history["loss"][0]
        True
    """
    plan = _Plan(loss, epochs, validation, metrics, patience, clip_norm, checkpoint, save_every_s, progress, on_step)
    return _follow(plan, model, data, optimiser)


@dataclass(frozen=True)
class _Plan:
    """What `fit` was asked to do."""

    loss: Loss
    epochs: int
    validation: DataLoader | None
    metrics: dict[str, Metric] | None
    patience: int | None
    clip_norm: float | None
    checkpoint: str | os.PathLike | None
    save_every_s: float
    progress: bool
    on_step: Callable[[int, float], None] | None


def _follow(plan: _Plan, model: Module, data: DataLoader, optimiser: Optimiser) -> History:
    """Start or continue a run and train to its end."""
    generators = _generators(model, data)
    run, best = _Run(), None
    if plan.checkpoint is not None and os.path.exists(plan.checkpoint):
        place, best = load_checkpoint(plan.checkpoint, model, optimiser, generators)
        run = _Run(**place)

    def save() -> None:
        if plan.checkpoint is not None:
            save_checkpoint(plan.checkpoint, model, optimiser, generators, asdict(run), best)

    while run.epoch < plan.epochs and not run.stopped_early:
        with ProgressLine(f"epoch {run.epoch + 1}/{plan.epochs}", len(data), enabled=plan.progress) as line:
            _epoch(plan, run, model, data, optimiser, generators, save, line)
            measured = {} if plan.validation is None else evaluate(model, plan.validation, plan.loss, plan.metrics)
            row = {"epoch": run.epoch + 1, "loss": run.loss_sum / max(run.seen, 1)} | measured
            line.end(row)
        run.rows.append(row)
        run.epoch, run.batch, run.loss_sum, run.seen = run.epoch + 1, 0, 0.0, 0
        if plan.patience is not None and plan.validation is not None:
            best = _keep_best(model, run, best, plan.patience)
        save()
    if best is not None:
        put(model, best)
    model.eval()
    return History(run.rows, run.stopped_early)


def train_step(
    model: Module,
    X: Any,
    y: Any,
    optimiser: Optimiser,
    loss: Loss = softmax_cross_entropy,
    clip_norm: float | None = None,
) -> float:
    """Do one step of training on one batch and return the loss before it.

    Example:
        >>> from glideslope.nn import SGD, Linear
        >>> model = Linear(2, 2, rng=np.random.default_rng(0))
        >>> X, y = np.eye(2), np.array([0, 1])
        >>> optimiser = SGD(model, lr=1.0)
        >>> train_step(model, X, y, optimiser) > train_step(model, X, y, optimiser)
        True
    """
    optimiser.zero_grad()
    value = loss(model(X), y)
    value.backward()
    if clip_norm is not None:
        clip_by_norm(model, clip_norm)
    optimiser.step()
    return value.item()


def evaluate(
    model: Module, data: DataLoader, loss: Loss = softmax_cross_entropy, metrics: dict[str, Metric] | None = None
) -> dict[str, Any]:
    """Measure loss and metrics without recording, in evaluation mode; keys are val_loss and the metrics' names.

    Example:
        >>> from glideslope.nn import Linear
        >>> model = Linear(2, 2, rng=np.random.default_rng(0))
        >>> sorted(evaluate(model, DataLoader(np.eye(2), np.array([0, 1])), metrics={"accuracy": accuracy}))
        ['accuracy', 'val_loss']
    """
    functions: dict[str, Callable[[Any, Any], Any]] = {"val_loss": loss, **(metrics or {})}
    sums, n = dict.fromkeys(functions, 0.0), 0
    was_training = model.training
    model.eval()
    with no_grad():
        for X, y in data:
            output = model(X)
            n += len(y)
            for name, f in functions.items():
                sums[name] += len(y) * float(f(output if name == "val_loss" else output.value, y))
    model._set_training(was_training)
    return {name: total / max(n, 1) for name, total in sums.items()}


def accuracy(logits: ndarray, labels: ndarray) -> float:
    """Return the share of examples whose largest score is at their label.

    Example:
        >>> accuracy(np.array([[0.1, 0.9], [0.8, 0.2]]), np.array([1, 1]))
        0.5
    """
    return float((logits.argmax(axis=-1) == labels).mean())


def _epoch(
    plan: _Plan,
    run: _Run,
    model: Module,
    data: DataLoader,
    optimiser: Optimiser,
    generators: list[np.random.Generator],
    save: Callable[[], None],
    line: ProgressLine,
) -> None:
    """The batches of one epoch, from the one where the run stands."""
    model.train()
    now = generator_states(generators)
    if run.batch:  # draw the same order and the same augmentations again, then continue where the generators were
        set_generator_states(generators, run.epoch_start)
    else:
        run.epoch_start = now
    done, saved_at = run.batch, time.monotonic()
    for i, (X, y) in enumerate(data):
        if i < done:
            if i == done - 1:
                set_generator_states(generators, now)
            continue
        value = train_step(model, X, y, optimiser, plan.loss, plan.clip_norm)
        run.batch, run.loss_sum, run.seen = i + 1, run.loss_sum + value * len(y), run.seen + len(y)
        line.update(i + 1, loss=run.loss_sum / run.seen)
        if time.monotonic() - saved_at >= plan.save_every_s:
            save()
            saved_at = time.monotonic()
        if plan.on_step is not None:
            plan.on_step(optimiser.count, value)


def _keep_best(model: Module, run: _Run, best: dict[str, ndarray] | None, patience: int) -> dict[str, ndarray] | None:
    loss = run.rows[-1]["val_loss"]
    if run.best_loss is None or loss < run.best_loss:
        run.best_loss, run.bad_epochs = loss, 0
        return {name: array.copy() for name, array in weights(model).items()}
    run.bad_epochs += 1
    run.stopped_early = run.bad_epochs >= patience
    return best


def _generators(model: Module, data: DataLoader) -> list[np.random.Generator]:
    found = model.generators() + ([data.rng] if data.rng is not None else [])
    return list({id(rng): rng for rng in found}.values())
