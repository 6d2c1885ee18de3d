"""Reports kept by the hash of the text and of the checker, so that an unchanged file costs nothing.

Stored as pickles in the user's cache folder, written through a temporary file; a damaged entry is ignored.
Only our own frozen types are unpickled.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import tempfile
from functools import lru_cache
from pathlib import Path

from glideslope.derive import report as types
from glideslope.derive.report import Report

__all__ = ["key", "load", "store"]


def folder() -> Path:
    """Where reports are kept."""
    if home := os.environ.get("GLIDESLOPE_DATA_DIR"):
        return Path(home) / "cache" / "proof"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "glideslope" / "proof"


@lru_cache(1)
def _version() -> bytes:
    """A hash of the checker's own source: a new checker forgets the old one's verdicts."""
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()


def key(data: bytes, path: str, kind: str | None) -> str:
    """The name under which a report is kept."""
    return hashlib.blake2b(_version() + repr((path, kind)).encode() + data, digest_size=20).hexdigest()


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """Allow our own result types, nothing else."""
        if module == types.__name__ and name in types.__all__:
            return getattr(types, name)
        raise pickle.UnpicklingError(f"{module}.{name} does not belong in a report")


def load(name: str) -> Report | None:
    """The report kept under a name, if there is a sound one."""
    try:
        found = _Reader(io.BytesIO((folder() / name).read_bytes())).load()
    except (
        OSError,
        pickle.UnpicklingError,
        EOFError,
        AttributeError,
        ValueError,
        TypeError,
        IndexError,
        KeyError,
        MemoryError,
    ):
        return None
    return found if isinstance(found, Report) else None


def store(name: str, report: Report) -> None:
    """Keep a report; a folder that cannot be written to is no reason to fail."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder(), delete=False) as file:
            file.write(pickle.dumps(report, protocol=5))
        os.replace(file.name, folder() / name)
    except OSError:
        return
