"""Find a shipped file, check it, decode it.

The hash of the file is compared with the one written when it was made; then integers become physical units, x = k · scale.
Call `load`; a second call for the same name costs no second reading.
"""

import hashlib
import io
import tomllib
import zipfile
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.data._pack import decode_channels
from glideslope.data.dataset import Channel, Dataset
from glideslope.errors import DataError

__all__ = ["load", "names"]

FILES = Path(__file__).parent / "files"
RESTORE = "restore it with `pip install --force-reinstall glideslope`, or make it anew with `python -m glideslope.sim.make {name}`"


def load(name: str, *, channels: str | Iterable[str] = "all") -> Dataset:
    """Load a shipped data set.

    Args:
        name: One of `names()`.
        channels: "all", the name of a selection on the card (c172_sorties: "cockpit"), or channel names.

    Returns:
        A frozen `Dataset` whose arrays are read-only: float64 in the channels' units, images as bytes.

    Raises:
        DataError: The name is unknown, or the file is missing or damaged.

    Cost: 50 ms for the largest set, once; later calls share the arrays.

    Example:
        >>> load("c172_sorties").part("test").group_ids
        array([30, 31, 32, 33, 34, 35, 36, 37, 38, 39])
    """
    if name not in names():
        close = get_close_matches(str(name), names(), n=2, cutoff=0.4)
        hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(names())}."
        raise DataError(f"There is no data set {name!r}; {hint}")
    dataset = _read(name)
    return dataset if isinstance(channels, str) and channels == "all" else dataset.select(channels)


def names() -> tuple[str, ...]:
    """Return the names of the shipped data sets."""
    return tuple(sorted(path.stem for path in FILES.glob("*.toml")))


@lru_cache(maxsize=8)
def _read(name: str) -> Dataset:
    card = tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))
    arrays = _arrays(name, _checked_bytes(name))
    channels = tuple(Channel(**entry) for entry in card.get("channels", ()))
    X = _decoded(arrays["X"], card, channels)
    facts = dict(zip(card.get("facts", {}), arrays["facts"].T, strict=True)) if "facts" in arrays else {}
    group, split = arrays["group"].astype(int), {"split": arrays["split"].astype(int)} if "split" in arrays else {}
    targets = {key.removeprefix("target_"): value for key, value in arrays.items() if key.startswith("target_")}
    for array in (X, group, *facts.values(), *split.values(), *targets.values()):
        array.flags.writeable = False
    y = arrays.get("y", np.empty(0)).astype(int)
    y.flags.writeable = False
    return Dataset(
        name=name,
        X=X,
        y=y,
        channels=channels,
        classes=tuple(card.get("classes", ())),
        group=group,
        group_ids=np.unique(group),
        groups=MappingProxyType(facts | split),
        targets=MappingProxyType(targets),
        card=MappingProxyType(card),
    )


def _decoded(X: ndarray, card: dict[str, Any], channels: tuple[Channel, ...]) -> ndarray:
    """Turn stored integers into units: channel by channel, by one scale, or not at all (images)."""
    if card["packing"] == "steps":
        return decode_channels(X, np.array([channel.scale for channel in channels]))
    return X * card["scale"] if card["packing"] == "scaled" else X


def _checked_bytes(name: str) -> bytes:
    """Return the file's bytes if their hash is the one in SHA256SUMS."""
    path = FILES / f"{name}.npz"
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"The file {path} of {name} is missing; {RESTORE.format(name=name)}.") from None
    pairs = (line.split() for line in (FILES / "SHA256SUMS").read_text(encoding="ascii").splitlines())
    sums = {file: digest for digest, file in pairs}
    if hashlib.sha256(content).hexdigest() != sums.get(path.name):
        raise DataError(f"The file {path} of {name} is damaged: its SHA-256 differs; {RESTORE.format(name=name)}.")
    return content


def _arrays(name: str, content: bytes) -> dict[str, Any]:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            arrays: dict[str, ndarray] = {key: archive[key] for key in archive.files}
    except (ValueError, zipfile.BadZipFile, EOFError):
        raise DataError(f"The file {name}.npz is no archive of plain arrays; {RESTORE.format(name=name)}.") from None
    return arrays
