"""A real PostgreSQL server of its own for the tests: where CI says so, none at all is a failure, elsewhere a skip."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

__all__ = ["Server", "server"]


class Server:
    """A server that answers on a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def new_database(self) -> str:
        """Make an empty database and return its URL."""
        import psycopg

        name = f"grades{next(self._numbers)}"
        with psycopg.connect(host=str(self.folder), user="teacher", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://teacher@/{name}?host={self.folder}"


@contextmanager
def server() -> Iterator[Server]:
    """Start a server that keeps nothing and listens to nobody outside; PostgreSQL refuses to run as root, so root steps down."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="glideslope-pg-"))  # short: a socket's path has at most 107 bytes
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(name: str, *options: str) -> None:
        command = [programs / name, "-D", data, *options]
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    try:
        run("initdb", "--username=teacher", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        run("pg_ctl", "start", "--wait", f"--log={folder / 'log'}", "-o", f"-k {folder} -h '' -F")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *([Path(found).parent] if found else []),
    ]
    if not folders:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed, and CI tests the gradebook on it: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed")
    return folders[0]
