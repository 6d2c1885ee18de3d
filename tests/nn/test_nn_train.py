"""fit: it learns, it stops, it keeps records, and a killed run continues bit by bit."""

import io
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from glideslope import nn
from glideslope.autograd import NonFiniteError
from glideslope.errors import DataError

pytestmark = pytest.mark.slow  # training runs, with the shapes of every call checked

RNG = np.random.default_rng(0)
X = RNG.normal(size=(120, 4)).astype(np.float32)
Y = (X[:, 0] * X[:, 1] > 0).astype(int)


def run(epochs: int, checkpoint: Any = None, **options: Any) -> tuple[nn.Module, nn.History]:
    """A network with every kind of state: dropout, running statistics, momentum, augmentation, a schedule."""
    rng = np.random.default_rng(1)
    model = nn.Sequential(
        nn.Linear(4, 16, rng=rng), nn.BatchNorm(16), nn.ReLU(), nn.Dropout(0.2, rng=rng), nn.Linear(16, 2, rng=rng)
    )
    data = nn.DataLoader(X, Y, batch_size=16, rng=rng, augment=nn.gaussian_noise(0.05))
    optimiser = nn.AdamW(model, lr=nn.cosine_decay(0.01, steps=100))
    options.setdefault("validation", nn.DataLoader(X, Y, batch_size=50))
    return model, nn.fit(model, data, optimiser, epochs=epochs, checkpoint=checkpoint, progress=False, **options)


def assert_same_bits(a: nn.Module, b: nn.Module) -> None:
    for name, array in nn.weights(a).items():
        np.testing.assert_array_equal(array, nn.weights(b)[name], err_msg=name)


class StoppedError(Exception):
    """Raised in the middle of a run."""


def stop_at(step: int) -> Any:
    def on_step(count: int, loss: float) -> None:
        if count == step:
            raise StoppedError

    return on_step


def test_a_run_learns_and_keeps_a_history() -> None:
    _, history = run(8, metrics={"accuracy": nn.accuracy})
    assert history["epoch"] == list(range(1, 9))
    assert history["loss"][-1] < history["loss"][0]
    assert set(history.rows[0]) == {"epoch", "loss", "val_loss", "accuracy"}


def test_the_loss_of_an_epoch_is_the_mean_over_its_examples() -> None:
    """Seven batches of 16 and one of 8: the last one counts half, in the history and in the measure of validation data."""
    losses: list[float] = []
    model, history = run(1, on_step=lambda _, loss: losses.append(loss))
    sizes = [16] * 7 + [8]
    assert history["loss"] == [pytest.approx(np.average(losses, weights=sizes), rel=1e-12)]
    data = nn.DataLoader(X, Y, batch_size=50)  # 50, 50 and 20
    whole = nn.softmax_cross_entropy(model(X), Y).item()
    measured = nn.evaluate(model, data, metrics={"accuracy": nn.accuracy})
    assert history["val_loss"] == [measured["val_loss"]]
    assert measured["val_loss"] == pytest.approx(whole, rel=1e-6)  # float32
    assert measured["accuracy"] == pytest.approx(nn.accuracy(model(X).value, Y), rel=1e-12)


@pytest.mark.parametrize("step", [1, 5, 8, 9, 20])
def test_a_stopped_run_continues_bit_by_bit(step: int, tmp_path: Path) -> None:
    """8 steps make an epoch: the stops fall on its first, middle and last step, and in later epochs."""
    expected_model, expected = run(3)
    file = tmp_path / "run.safetensors"
    with pytest.raises(StoppedError):
        run(3, file, save_every_s=0.0, on_step=stop_at(step))
    model, history = run(3, file)
    assert history.rows == expected.rows
    assert_same_bits(model, expected_model)


def test_a_stop_between_checkpoints_loses_steps_but_no_bits(tmp_path: Path) -> None:
    expected_model, expected = run(3)
    file = tmp_path / "run.safetensors"
    with pytest.raises(StoppedError):
        run(3, file, save_every_s=1e9, on_step=stop_at(12))  # the last checkpoint is that of step 8
    model, history = run(3, file)
    assert history.rows == expected.rows
    assert_same_bits(model, expected_model)


def test_more_epochs_continue_a_finished_run(tmp_path: Path) -> None:
    expected_model, _ = run(4)
    run(2, tmp_path / "run.safetensors")
    model, history = run(4, tmp_path / "run.safetensors")
    assert len(history.rows) == 4
    assert_same_bits(model, expected_model)


KILLED = """
    import os, signal, sys
    import numpy as np
    from glideslope import nn
    rng = np.random.default_rng(0)
    X = rng.normal(size=(256, 8)); y = (X.sum(1) > 0).astype(int)
    model = nn.Sequential(nn.Linear(8, 32, rng=rng), nn.ReLU(), nn.Dropout(0.1, rng=rng), nn.Linear(32, 2, rng=rng))
    def on_step(count, loss):
        if count == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
    nn.fit(model, nn.DataLoader(X, y, batch_size=16, rng=rng), nn.Adam(model), epochs=4, checkpoint=sys.argv[1],
           save_every_s=0.0, progress=False, on_step=on_step)
    nn.save_weights(model, sys.argv[1] + ".end")
"""


def test_a_killed_process_continues_bit_by_bit(tmp_path: Path) -> None:
    """SIGKILL twice in one run, the last time in another epoch; the weights are those of an undisturbed process."""

    def process(name: str, kill_at: int) -> int:
        command = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path / name), str(kill_at)]
        return subprocess.run(command, env={**os.environ, "GLIDESLOPE_CHECK_SHAPES": "0"}, check=False).returncode

    assert process("undisturbed", -1) == 0
    assert process("killed", 7) == -signal.SIGKILL
    assert process("killed", 40) == -signal.SIGKILL
    assert process("killed", -1) == 0
    a, b = (nn.read_safetensors(tmp_path / f"{name}.end")[0] for name in ("undisturbed", "killed"))
    for name in a:
        np.testing.assert_array_equal(a[name], b[name])


def test_early_stopping_returns_the_best_weights() -> None:
    """A validation loss that falls twice and then rises: stop after `patience` epochs, back to the second epoch."""
    seen: list[dict[str, np.ndarray]] = []

    class Rising:
        """Validation data whose labels make the loss follow a fixed curve."""

        losses = iter([3.0, 1.0, 2.0, 2.5, 9.0])

        def __iter__(self):  # type: ignore[no-untyped-def]
            seen.append({name: a.copy() for name, a in nn.weights(model).items()})
            yield X[:1], np.array([next(self.losses)])

    model = nn.mlp(4, 2, rng=np.random.default_rng(0))

    def loss(output: Any, y: np.ndarray) -> Any:
        return nn.softmax_cross_entropy(output, y) if y.dtype.kind == "i" else output.sum() * 0.0 + float(y[0])

    history = nn.fit(
        model,
        nn.DataLoader(X, Y, rng=np.random.default_rng(0)),
        nn.SGD(model, lr=0.1),
        loss,
        epochs=5,
        validation=_loader(Rising()),
        patience=2,
        progress=False,
    )
    assert history.stopped_early
    assert history["val_loss"] == [3.0, 1.0, 2.0, 2.5]
    for name, array in nn.weights(model).items():
        np.testing.assert_array_equal(array, seen[1][name])


def _loader(batches: Any) -> nn.DataLoader:
    loader = nn.DataLoader(X, Y)
    loader.__class__ = type("FixedLoader", (nn.DataLoader,), {"__iter__": lambda self: iter(batches)})
    return loader


def test_early_stopping_survives_an_interruption(tmp_path: Path) -> None:
    expected_model, expected = run(12, patience=2)
    file = tmp_path / "run.safetensors"
    with pytest.raises(StoppedError):
        run(12, file, patience=2, save_every_s=0.0, on_step=stop_at(19))
    model, history = run(12, file, patience=2)
    assert (history.rows, history.stopped_early) == (expected.rows, expected.stopped_early)
    assert_same_bits(model, expected_model)


def test_nan_stops_the_run_and_the_weights_are_those_before(tmp_path: Path) -> None:
    bad = X.copy()
    bad[100] = np.nan
    model = nn.mlp(4, 2, rng=np.random.default_rng(0))
    data = nn.DataLoader(bad, Y, batch_size=20)
    with pytest.raises(NonFiniteError, match=r"an input of 'linear' already held a NaN"), np.errstate(all="ignore"):
        nn.fit(
            model, data, nn.SGD(model, lr=0.1), epochs=1, progress=False, checkpoint=tmp_path / "c", save_every_s=0.0
        )
    kept, _ = nn.read_safetensors(tmp_path / "c")
    for name, array in nn.weights(model).items():
        assert np.isfinite(array).all()
        np.testing.assert_array_equal(kept[f"model.{name}"], array)


def test_a_rate_that_is_too_large_is_blamed_on_the_first_operation() -> None:
    model = nn.mlp(4, 8, 1, rng=np.random.default_rng(0))
    data = nn.DataLoader(X, X[:, :1], batch_size=20, rng=np.random.default_rng(0))
    with (
        pytest.raises(NonFiniteError, match=r"^The loss is (nan|inf): '\w+' was the first operation"),
        np.errstate(all="ignore"),
    ):
        nn.fit(model, data, nn.SGD(model, lr=1e12), nn.mean_squared_error, epochs=5, progress=False)


def test_clipping_bounds_the_step() -> None:
    model = nn.mlp(4, 2, rng=np.random.default_rng(0))
    optimiser = nn.SGD(model, lr=1.0)
    before = optimiser.flat.values.copy()
    nn.train_step(model, 100 * X, Y, optimiser, clip_norm=0.01)
    assert np.linalg.norm(optimiser.flat.values - before) < 0.0100001  # float32


@pytest.mark.parametrize("size", [0, 5, 9, 200, -10])
def test_a_truncated_checkpoint_is_refused_and_kept(size: int, tmp_path: Path) -> None:
    file = tmp_path / "run.safetensors"
    run(1, file)
    whole = file.read_bytes()
    file.write_bytes(whole[:size])
    with pytest.raises(
        DataError,
        match=r"run\.safetensors is cut short: expected \d+ bytes, got \d+; use an earlier copy, this file is left as it is\.$",
    ):
        run(2, file)
    assert file.read_bytes() == whole[:size]


def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "run.safetensors"
    run(1, file)
    data = bytearray(file.read_bytes())
    data[-3] ^= 1
    file.write_bytes(data)
    with pytest.raises(DataError, match=r"is damaged: its checksum does not match; use an earlier copy\.$"):
        run(2, file)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "run.safetensors"
    file.write_bytes((20).to_bytes(8, "little") + b"this is not a header")
    with pytest.raises(
        DataError, match=r"is not a safetensors file \(its header cannot be read: .*\); use another file\.$"
    ):
        run(2, file)


def test_weights_alone_are_no_checkpoint(tmp_path: Path) -> None:
    model, _ = run(1)
    nn.save_weights(model, tmp_path / "w")
    with pytest.raises(
        DataError, match=r"holds weights but no training state: use load_weights, or train without it\.$"
    ):
        run(2, tmp_path / "w")


def test_a_checkpoint_of_another_model_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    run(1, tmp_path / "c")
    rng = np.random.default_rng(1)
    other = nn.Sequential(nn.Linear(4, 8, rng=rng), nn.Dropout(0.2, rng=rng), nn.Linear(8, 2, rng=rng))
    optimiser = nn.AdamW(other)
    before = optimiser.flat.values.copy()
    with pytest.raises(
        DataError,
        match=r"belongs to another model: '[\w.]+' has shape .* in the file and .* here; .*Nothing was changed\.$",
    ):
        nn.fit(other, nn.DataLoader(X, Y, rng=rng), optimiser, epochs=1, checkpoint=tmp_path / "c", progress=False)
    np.testing.assert_array_equal(optimiser.flat.values, before)
    assert optimiser.count == 0


def test_weights_of_another_model_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    nn.save_weights(nn.mlp(4, 8, 2, rng=rng), tmp_path / "w")
    other = nn.mlp(4, 6, 2, rng=rng)
    before = {name: array.copy() for name, array in nn.weights(other).items()}
    words = r"w belongs to another model: '[\w.]+' has shape .* in the file and .* here; .* Nothing was changed\.$"
    with pytest.raises(DataError, match=words):
        nn.load_weights(other, tmp_path / "w")
    for name, array in nn.weights(other).items():
        np.testing.assert_array_equal(array, before[name])


def test_a_checkpoint_of_another_optimiser_is_refused(tmp_path: Path) -> None:
    model, _ = run(1, tmp_path / "c")
    with pytest.raises(DataError, match=r"belongs to AdamW, not to SGD: use the same optimiser\.$"):
        nn.fit(model, nn.DataLoader(X, Y), nn.SGD(model, lr=0.1), epochs=2, checkpoint=tmp_path / "c", progress=False)


def test_a_failed_write_leaves_the_last_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails between writing and renaming: the old file is whole, and no part of the new one is left."""
    file = tmp_path / "run.safetensors"
    run(1, file)
    before = file.read_bytes()

    def fail(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        run(2, file)
    assert file.read_bytes() == before
    assert os.listdir(tmp_path) == ["run.safetensors"]


def test_the_official_reader_reads_our_files_and_ours_theirs(tmp_path: Path) -> None:
    official = pytest.importorskip("safetensors.numpy")
    arrays = {
        "a": RNG.normal(size=(3, 4)),
        "b.c": np.float32([[1], [2]]),
        "empty": np.empty((0, 3)),
        "scalar": np.array(2.5),
        "i": np.arange(5),
        "flag": np.array([True, False]),
    }
    nn.write_safetensors(tmp_path / "ours", arrays, {"note": "é"})
    official.save_file(arrays, tmp_path / "theirs")
    theirs_of_ours, ours_of_theirs = official.load_file(tmp_path / "ours"), nn.read_safetensors(tmp_path / "theirs")[0]
    for name, a in arrays.items():
        for b in (theirs_of_ours[name], ours_of_theirs[name]):
            np.testing.assert_array_equal(a, b)
            assert (a.dtype, a.shape) == (b.dtype, b.shape)
    assert nn.read_safetensors(tmp_path / "ours")[1]["note"] == "é"


def foreign(path: Path, **entry: Any) -> Path:
    """A file with one array x of 8 bytes, described as told."""
    header = json.dumps({"x": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]} | entry}).encode()
    path.write_bytes(len(header).to_bytes(8, "little") + header + bytes(8))
    return path


def test_arrays_begin_at_a_multiple_of_eight_bytes(tmp_path: Path) -> None:
    """The format asks for it, so that a reader can map the file into memory."""
    for i in range(8):
        nn.write_safetensors(tmp_path / "x", {"a" * (i + 1): np.ones(3)})
        assert int.from_bytes((tmp_path / "x").read_bytes()[:8], "little") % 8 == 0


def test_a_file_with_a_type_we_lack_is_refused(tmp_path: Path) -> None:
    np.testing.assert_array_equal(nn.read_safetensors(foreign(tmp_path / "good"))[0]["x"], [0, 0])
    words = r"stores 'x' as BF16, expected one of F64, .*: convert it to F32\.$"
    with pytest.raises(DataError, match=words):
        nn.read_safetensors(foreign(tmp_path / "x", dtype="BF16", shape=[4]))


def test_a_shape_that_does_not_fill_its_bytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"is damaged: 'x' has shape \[3\] but 8 bytes; use an earlier copy\.$"):
        nn.read_safetensors(foreign(tmp_path / "x", shape=[3]))


def test_an_unknown_dtype_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        DataError, match=r"^'z' has dtype complex128, which safetensors cannot store: convert it to F64, "
    ):
        nn.write_safetensors(tmp_path / "x", {"z": np.ones(2, complex)})


def test_the_progress_line_shows_where_the_run_is() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    from glideslope.nn.progress import ProgressLine

    file = Terminal()
    with ProgressLine("epoch 1/2", 10, file=file) as line:
        line.shown_s -= 1.0  # as if a second had passed
        line.update(5, loss=0.25)
        line.end({"epoch": 1, "loss": 0.125}, seconds=3.0)
    first, last = file.getvalue().removeprefix("\r").rstrip("\n").split("\r")
    assert first.startswith("epoch 1/2 [##########..........] 5/10  loss 0.25  ")
    assert first.endswith(" s left")
    assert last == "epoch 1/2 [####################] 10/10  loss 0.125  3.0 s"


def test_generator_states_are_json() -> None:
    from glideslope.nn.checkpoint import generator_states, set_generator_states

    for bits in (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64):
        rng = np.random.Generator(bits(3))
        state = json.loads(json.dumps(generator_states([rng])))
        expected = rng.random(5)
        set_generator_states([rng], state)
        np.testing.assert_array_equal(rng.random(5), expected)
