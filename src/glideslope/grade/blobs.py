"""What learners handed in, as files named by their content: equal bytes are kept once, and nobody sees half a file.

Each is written to a temporary name, synced, renamed. Syncing many together costs the disk about as much as syncing one.
"""

import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import final

from glideslope.errors import DataError

__all__ = ["Blobs"]

SYNCED_TOGETHER = 16


@final
class Blobs:
    """A folder of content-addressed files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, contents: Iterable[bytes]) -> list[str]:
        """Store contents; return their SHA-256 digests.

        Raises:
            DataError: the disk is full or not writable; nothing half-written stays behind.
        """
        digests: list[str] = []
        begun: list[tuple[Path, Path]] = []
        try:
            for content in contents:
                digests.append(hashlib.sha256(content).hexdigest())
                path = self._path(digests[-1])
                if not (path.exists() and path.stat().st_size == len(content)):
                    temporary = path.with_name(f".{path.name}.{os.getpid()}")
                    begun.append((temporary, path))
                    path.parent.mkdir(parents=True, exist_ok=True)
                    temporary.write_bytes(content)
            with ThreadPoolExecutor(SYNCED_TOGETHER) as pool:
                list(pool.map(_sync, [temporary for temporary, _ in begun]))
            for temporary, path in begun:
                if temporary.exists():  # the same content twice in one batch is renamed once
                    os.replace(temporary, path)
        except OSError as error:
            for temporary, _ in begun:
                with suppress(OSError):
                    temporary.unlink()
            raise DataError(
                f"the submission could not be stored in {self.folder} ({error.strerror}); free some space and run again."
            ) from None
        return digests

    def read(self, digest: str) -> bytes:
        """Return the content.

        Raises:
            DataError: the file is gone or damaged.
        """
        path = self._path(digest)
        try:
            content = path.read_bytes()
        except OSError:
            raise DataError(f"the blob {path} is gone; hand the submission in again to restore it.") from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise DataError(f"the blob {path} is damaged; hand the submission in again to restore it.")
        return content

    def remove(self, digest: str) -> None:
        """Remove a content; one that is not there is removed already."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
