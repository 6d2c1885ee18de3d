r"""A checkpoint: everything a run needs to go on as if it had never stopped.

Parameters, running statistics, the optimiser's averages and count, the state of every random generator, the history,
and the place in the epoch. A resumed run computes the same bits as one that was not interrupted.
"""

import json
import os
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.errors import DataError
from glideslope.nn.module import Module
from glideslope.nn.optim import Optimiser
from glideslope.nn.safetensors import read_safetensors, write_safetensors

__all__ = ["load_checkpoint", "load_weights", "save_checkpoint", "save_weights", "weights"]

MODEL, OPTIMISER, BEST = "model.", "optimiser.", "best."
Generators = list[np.random.Generator]


def weights(model: Module) -> dict[str, ndarray]:
    """Return parameters and running statistics by dotted name, as the arrays themselves (not copies).

    Example:
        >>> from glideslope.nn import Linear
        >>> {k: v.shape for k, v in weights(Linear(3, 2, rng=np.random.default_rng(0))).items()}
        {'W': (3, 2), 'b': (2,)}
    """
    return {name: p._value for name, p in model.named_parameters()} | dict(model.named_buffers())


def save_weights(model: Module, path: str | os.PathLike) -> None:
    """Write parameters and running statistics to a safetensors file.

    Example: see `load_weights`.
    """
    write_safetensors(path, weights(model), {"format": "glideslope weights"})


def load_weights(model: Module, path: str | os.PathLike) -> None:
    """Read parameters and running statistics from a safetensors file into a model of the same shapes.

    Raises:
        DataError: damaged, or of another model; names the first difference; the model is left as it was.

    Example:
        >>> import tempfile
        >>> from glideslope.nn import Linear
        >>> path = tempfile.mkdtemp() + "/linear.safetensors"
        >>> a, b = (Linear(3, 2, rng=np.random.default_rng(seed)) for seed in (0, 1))
        >>> save_weights(a, path); load_weights(b, path)
        >>> bool((a.W.value == b.W.value).all())
        True
    """
    arrays, _ = read_safetensors(path)
    _check(weights(model), arrays, path, "model")
    put(model, arrays)


def save_checkpoint(
    path: str | os.PathLike,
    model: Module,
    optimiser: Optimiser,
    generators: Generators,
    progress: dict[str, Any],
    best: dict[str, ndarray] | None = None,
) -> None:
    """Write the whole state of a training run, all or nothing; `fit` calls this.

    Args:
        path: the file.
        model, optimiser, generators: whose state to keep.
        progress: what else to keep, as JSON.
        best: the weights with the lowest validation loss so far.
    """
    arrays = _named(MODEL, weights(model)) | _named(OPTIMISER, optimiser.state()) | _named(BEST, best or {})
    state = {
        "optimiser": type(optimiser).__name__,
        "count": optimiser.count,
        "generators": generator_states(generators),
        "progress": progress,
    }
    write_safetensors(path, arrays, {"format": "glideslope checkpoint", "state": json.dumps(state)})


def load_checkpoint(
    path: str | os.PathLike, model: Module, optimiser: Optimiser, generators: Generators
) -> tuple[dict[str, Any], dict[str, ndarray] | None]:
    """Put a run back into the state of a checkpoint and return its progress and best weights.

    Raises:
        DataError: damaged, or of another model or optimiser; nothing is changed then.
    """
    arrays, metadata = read_safetensors(path)
    if "state" not in metadata:
        raise DataError(f"{path} holds weights but no training state: use load_weights, or train without it.")
    state = json.loads(metadata["state"])
    if state["optimiser"] != type(optimiser).__name__:
        raise DataError(
            f"{path} belongs to {state['optimiser']}, not to {type(optimiser).__name__}: use the same optimiser."
        )
    if len(state["generators"]) != len(generators):
        raise DataError(
            f"{path} was written with {len(state['generators'])} random generators, this run has {len(generators)}: "
            "pass the same rng objects to model and loader as then."
        )
    _check(weights(model), _under(MODEL, arrays), path, "model")
    _check(optimiser.state(), _under(OPTIMISER, arrays), path, "optimiser")
    put(model, _under(MODEL, arrays))
    for name, array in optimiser.state().items():
        array[...] = arrays[OPTIMISER + name]
    optimiser.count = state["count"]
    set_generator_states(generators, state["generators"])
    return state["progress"], _under(BEST, arrays) or None


def put(model: Module, arrays: dict[str, ndarray]) -> None:
    """Copy arrays into the parameters and running statistics of the same names."""
    for name, p in model.named_parameters():
        p.assign(arrays[name])
    for name, buffer in model.named_buffers():
        buffer[...] = arrays[name]


def generator_states(generators: Generators) -> list[Any]:
    """Return the states as JSON-ready values."""
    return json.loads(json.dumps([rng.bit_generator.state for rng in generators], default=lambda a: a.tolist()))


def set_generator_states(generators: Generators, states: list[Any]) -> None:
    """Continue each generator from a state returned by `generator_states`."""
    for rng, state in zip(generators, states, strict=True):
        rng.bit_generator.state = state


def _check(mine: dict[str, ndarray], theirs: dict[str, ndarray], path: str | os.PathLike, who: str) -> None:
    for name in mine.keys() | theirs.keys():
        here, there = (str(d[name].shape) if name in d else "none" for d in (mine, theirs))
        if here != there:
            raise DataError(
                f"{path} belongs to another {who}: {name!r} has shape {there} in the file and {here} here; "
                f"build the {who} as it was when the file was written. Nothing was changed."
            )


def _named(prefix: str, arrays: dict[str, ndarray]) -> dict[str, ndarray]:
    return {prefix + name: array for name, array in arrays.items()}


def _under(prefix: str, arrays: dict[str, ndarray]) -> dict[str, ndarray]:
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
