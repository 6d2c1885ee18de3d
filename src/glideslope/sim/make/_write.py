"""Pack a generated data set into its file and note its hash in SHA256SUMS.

Channels become 16-bit steps of the scale on the card; every other array takes the smallest integer type that holds it, or float32.
"""

import hashlib
import io
import tomllib
from pathlib import Path

import numpy as np

from glideslope._typing import ndarray
from glideslope.data._pack import encode_channels
from glideslope.data.loading import FILES
from glideslope.errors import DataError

__all__ = ["write"]


def write(name: str, arrays: dict[str, ndarray], folder: Path = FILES) -> Path:
    """Write `folder/name.npz` and its line in `folder/SHA256SUMS`; return the path."""
    card = tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))
    packed = {key: _smallest(value) for key, value in arrays.items() if key != "X" or card["packing"] == "raw"}
    if card["packing"] == "steps":
        packed["X"] = encode_channels(arrays["X"], np.array([channel["scale"] for channel in card["channels"]]))
    elif card["packing"] == "scaled":
        packed["X"] = _smallest(np.rint(arrays["X"] / card["scale"]).astype(int))
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **packed)  # type: ignore[arg-type]  # zip members carry a fixed date: equal arrays give equal bytes
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.npz"
    path.write_bytes(buffer.getvalue())
    _note_hash(path)
    return path


def _smallest(array: ndarray) -> ndarray:
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            raise DataError(
                "A generated array holds NaN or infinity; a simulator left its range, so look at its inputs."
            )
        return array.astype(np.float32)
    for dtype in (np.uint8, np.int16, np.int32):
        info = np.iinfo(dtype)
        if info.min <= array.min(initial=0) and array.max(initial=0) <= info.max:
            return array.astype(dtype)
    raise DataError(f"A generated array reaches {array.max()}, past 32 bits; use another unit.")


def _note_hash(path: Path) -> None:
    sums = path.parent / "SHA256SUMS"
    lines = sums.read_text(encoding="ascii").splitlines() if sums.exists() else []
    kept = [line for line in lines if not line.endswith(f"  {path.name}")]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    sums.write_text(
        "\n".join(sorted([*kept, f"{digest}  {path.name}"], key=lambda line: line.split()[1])) + "\n", encoding="ascii"
    )
