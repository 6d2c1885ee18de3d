r"""Named arrays in one file: the safetensors format, which no program can hide code in.

Eight bytes give the length of a JSON header; the header gives dtype, shape and place of each array; the bytes follow.
Written to a temporary file, flushed to the disk and renamed: a reader sees the old file or the new one, never half of one.
Use it for weights and checkpoints; other libraries read it.
"""

import json
import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from glideslope._typing import ndarray
from glideslope.errors import DataError

__all__ = ["read_safetensors", "write_safetensors"]

CODES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U8": "|u1", "BOOL": "|b1"}
NAMES = {np.dtype(code): name for name, code in CODES.items()}
CHECKSUM = "crc32"


def write_safetensors(
    path: str | os.PathLike, arrays: dict[str, ndarray], metadata: dict[str, str] | None = None
) -> None:
    """Write arrays and text to a file, all or nothing.

    Args:
        path: where to; the directory must exist.
        arrays: by name, of a real dtype.
        metadata: text by name.

    Raises:
        DataError: a dtype the format does not know.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "weights.safetensors"
        >>> write_safetensors(path, {"W": np.ones((2, 3))}, {"note": "ones"})
        >>> arrays, metadata = read_safetensors(path)
        >>> arrays["W"].shape, metadata["note"]
        ((2, 3), 'ones')
    """
    header, chunks, start, checksum = {}, [], 0, 0
    for name, array in arrays.items():
        if array.dtype not in NAMES:
            raise DataError(
                f"{name!r} has dtype {array.dtype}, which safetensors cannot store: convert it to {', '.join(CODES)}."
            )
        data = np.ascontiguousarray(array).tobytes()
        header[name] = {
            "dtype": NAMES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [start, start + len(data)],
        }
        chunks.append(data)
        start, checksum = start + len(data), zlib.crc32(data, checksum)
    text = json.dumps({"__metadata__": {**(metadata or {}), CHECKSUM: str(checksum)}, **header}).encode()
    text += b" " * (-len(text) % 8)
    _replace(Path(path), [len(text).to_bytes(8, "little"), text, *chunks])


def read_safetensors(path: str | os.PathLike) -> tuple[dict[str, ndarray], dict[str, str]]:
    """Read arrays and text from a file.

    Args:
        path: the file.

    Returns:
        Arrays by name, and the metadata.

    Raises:
        DataError: missing, cut short, damaged or of another format; says which.

    Example: see `write_safetensors`.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(f"Expected a safetensors file at {path}, found none: check the path.")
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > len(data) - 8:
        raise _cut(path, 8 + length if len(data) >= 8 else 8, len(data))
    try:
        header: dict[str, Any] = json.loads(data[8 : 8 + length])
        metadata = header.pop("__metadata__", {})
        end = max((entry["data_offsets"][1] for entry in header.values()), default=0)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DataError(
            f"{path} is not a safetensors file (its header cannot be read: {error}); use another file."
        ) from error
    body = memoryview(data)[8 + length :]
    if len(body) < end:
        raise _cut(path, 8 + length + end, len(data))
    if CHECKSUM in metadata and zlib.crc32(body[:end]) != int(metadata[CHECKSUM]):
        raise DataError(f"{path} is damaged: its checksum does not match; use an earlier copy.")
    return {name: _array(path, name, entry, body) for name, entry in header.items()}, metadata


def _array(path: Path, name: str, entry: dict[str, Any], body: memoryview) -> ndarray:
    begin, end = entry["data_offsets"]
    code, shape = entry.get("dtype"), entry.get("shape")
    if code not in CODES:
        raise DataError(f"{path} stores {name!r} as {code}, expected one of {', '.join(CODES)}: convert it to F32.")
    try:
        return np.frombuffer(body[begin:end], CODES[code]).reshape(shape).copy()
    except (ValueError, TypeError) as error:
        raise DataError(
            f"{path} is damaged: {name!r} has shape {shape} but {end - begin} bytes; use an earlier copy."
        ) from error


def _cut(path: Path, expected: int, got: int) -> DataError:
    return DataError(
        f"{path} is cut short: expected {expected} bytes, got {got}; use an earlier copy, this file is left as it is."
    )


def _replace(path: Path, parts: list[bytes]) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(temporary, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
