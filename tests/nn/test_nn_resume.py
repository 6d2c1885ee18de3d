"""A run that is killed with SIGKILL at any instant, and resumed, ends with the bits of one that was left alone.

The long form trains for ten minutes and writes bench/results/resume.json: `pytest -m soak tests/nn/test_nn_resume.py`.
"""

import hashlib
import json
import os
import platform
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

RESULT = Path(__file__).parents[2] / "bench" / "results" / "resume.json"


def train(directory: Path, epochs: int) -> None:
    """Train with every kind of state there is; print each step; leave weights and history behind."""
    from glideslope import nn

    rng = np.random.default_rng(0)
    X, y = runways(1440, rng)
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, rng=rng),
        nn.BatchNorm(16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, rng=rng),
        nn.GELU(),
        nn.Flatten(),
        nn.Dropout(0.3, rng=rng),
        nn.Linear(512, 10, rng=rng),
    )
    changes = [nn.random_shift(1), nn.gaussian_noise(0.02)]
    data = nn.DataLoader(X[360:], y[360:], batch_size=32, rng=rng, augment=changes)
    optimiser = nn.AdamW(model, lr=nn.cosine_decay(0.003, steps=34 * epochs))
    validation = nn.DataLoader(X[:360], y[:360], batch_size=120)
    print("start", flush=True)

    history = nn.fit(
        model,
        data,
        optimiser,
        epochs=epochs,
        validation=validation,
        metrics={"accuracy": nn.accuracy},
        patience=10 * epochs,  # keeps the best weights, never stops
        clip_norm=1.0,
        checkpoint=directory / "run.safetensors",
        save_every_s=0.2,
        progress=False,
        on_step=lambda count, _: print(count, flush=True),
    )
    nn.save_weights(model, directory / "weights.safetensors")
    (directory / "history.json").write_text(json.dumps(history.rows))


def runways(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Pictures of 8×8 pixels of a bright line, in noise; the label is its heading, in ten sectors of 18 degrees."""
    heading_rad, offset = rng.uniform(0, np.pi, (n, 1, 1)), rng.uniform(-2, 2, (n, 1, 1))
    down, right = np.mgrid[:8, :8] - 3.5
    distance = down * np.cos(heading_rad) + right * np.sin(heading_rad) - offset
    X = np.exp(-(distance**2)) + 0.2 * rng.normal(size=(n, 8, 8))
    return X[:, None].astype(np.float32), (heading_rad.ravel() * 10 / np.pi).astype(int)


def process(directory: Path, epochs: int) -> subprocess.Popen[bytes]:
    directory.mkdir(exist_ok=True)
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, __file__, str(directory), str(epochs)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, bufsize=0)


def life(directory: Path, epochs: int, step: int = 1, kill_after_s: float | None = None) -> dict[str, Any]:
    """Start or continue a run; kill it so long after a step, whatever it is doing then, or let it end."""
    began, lines = time.monotonic(), [b""]
    with process(directory, epochs) as run:
        assert run.stdout is not None
        while (line := run.stdout.readline()) and not (line.strip().isdigit() and int(line) >= step):
            lines.append(line)
        lines.append(line)
        try:
            lines.append(run.communicate(timeout=kill_after_s)[0])
        except subprocess.TimeoutExpired:
            run.kill()
            lines.append(run.communicate()[0])
    steps = [int(word) for word in b"".join(lines).split() if word.isdigit()]
    return {
        "seconds": round(time.monotonic() - began, 1),
        "first_step": min(steps, default=None),
        "last_step": max(steps, default=None),
        "ended_by": signal.Signals(-run.returncode).name if run.returncode < 0 else f"exit {run.returncode}",
    }


def digest(directory: Path) -> str:
    """Of the weights and of the history, every digit of it."""
    parts = [(directory / name).read_bytes() for name in ("weights.safetensors", "history.json")]
    return hashlib.sha256(b"".join(parts)).hexdigest()


@pytest.mark.slow
def test_a_run_killed_at_any_instant_ends_with_the_same_bits(tmp_path: Path) -> None:
    """34 steps make an epoch: both kills come after its checkpoint, and well before the end."""
    assert life(tmp_path / "undisturbed", 8)["ended_by"] == "exit 0"
    lives = [life(tmp_path / "killed", 8, step, kill_after_s=0.02) for step in (40, 90)]
    lives.append(life(tmp_path / "killed", 8))
    assert [one["ended_by"] for one in lives] == ["SIGKILL", "SIGKILL", "exit 0"]
    for before, after in pairwise(lives):
        assert 34 < after["first_step"] <= before["last_step"] + 1  # went on from a checkpoint, and skipped no step
    assert digest(tmp_path / "killed") == digest(tmp_path / "undisturbed")


@pytest.mark.soak
def test_ten_minutes_of_training_survive_being_killed(tmp_path: Path) -> None:
    """About ten minutes of work, killed nine times at instants drawn at random; the result is kept in bench/results."""
    epochs = int(600 / (life(tmp_path / "trial", 20)["seconds"] / 20))
    whole = life(tmp_path / "undisturbed", epochs)
    rng = np.random.default_rng(2026)
    lives = [
        life(tmp_path / "killed", epochs, 1, delay_s) for delay_s in rng.uniform(5, 1.6 * whole["seconds"] / 10, 9)
    ]
    lives.append(life(tmp_path / "killed", epochs))
    digests = {name: digest(tmp_path / name) for name in ("undisturbed", "killed")}
    result = {
        "title": "Ten minutes of training, killed nine times and resumed, against the same left alone",
        "machine": {"python": platform.python_version(), "numpy": np.__version__, "processor": platform.machine()},
        "epochs": epochs,
        "undisturbed": whole,
        "killed": lives,
        "sha256 of weights and history": digests,
        "same bits": digests["killed"] == digests["undisturbed"],
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    assert [one["ended_by"] for one in lives] == ["SIGKILL"] * 9 + ["exit 0"]
    assert result["same bits"]


if __name__ == "__main__":
    train(Path(sys.argv[1]), int(sys.argv[2]))
