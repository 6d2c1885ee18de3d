"""Where a gradebook's tables live: SQLite by a path, PostgreSQL by a URL; brought up to date when opened."""

import importlib.util
import sqlite3
import time
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from glideslope.errors import DataError, MissingExtraError

__all__ = ["BUSY_SECONDS", "address", "open_engine", "told"]

BUSY_SECONDS = 30
UPGRADING = 0x676C696465  # the key of a lock that upgrades take; any number of our own


def address(where: str | Path) -> URL:
    """Return the URL of a gradebook: a path means SQLite, `postgresql://…` means PostgreSQL through psycopg.

    Raises:
        DataError: no URL of the two databases.
    """
    if "://" not in str(where):
        return URL.create("sqlite", database=str(Path(where).absolute()))
    try:
        url = make_url(str(where))
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in ("sqlite", "postgresql") or not url.database:
        told_as = "the text given" if url is None else url.render_as_string()
        raise DataError(
            f"a gradebook is a path or postgresql://USER@HOST/DATABASE, but {told_as} is neither; correct it."
        )
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def open_engine(url: URL) -> Engine:
    """Return a pool of connections to tables that are up to date.

    Raises:
        DataError: the database cannot be opened.
        MissingExtraError: PostgreSQL without its driver.
    """
    if url.get_backend_name() == "postgresql" and importlib.util.find_spec("psycopg") is None:
        raise MissingExtraError('a gradebook in PostgreSQL needs psycopg: pip install "glideslope[grade,scale]".')
    engine = _engine(url)
    try:
        with engine.begin() as connection:
            _upgrade(connection)
    except OperationalError as error:
        raise DataError(f"the gradebook {_shown(url)} cannot be opened: {_line(error.orig)}; {_advice(url)}.") from None
    return engine


def told(reason: str, url: URL) -> str:
    """Say in one sentence why a transaction failed, and what to do."""
    reason = _line(reason)
    place = _shown(url)
    if "locked" in reason or "busy" in reason:
        return f"the gradebook {place} has been in use by another program for {BUSY_SECONDS} s; close that one and run again, nothing is lost."
    if any(sign in reason for sign in ("full", "disk I/O", "No space left")):
        return f"the gradebook {place} could not be written ({reason}); free some space and run again, what was graded before is kept."
    return f"the gradebook {place} does not answer ({reason}); run again when it does, what was graded before is kept."


def _line(error: object) -> str:
    return " ".join(str(error).split())


def _shown(url: URL) -> str:
    return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def _advice(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return "check the path, its rights and the free space"
    return "check that the server runs, the name of the database and the rights of the user"


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _on_connect(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves: the driver's own begin is too late to claim leases safely
    _log_ahead(raw)
    raw.execute("PRAGMA synchronous=NORMAL")
    raw.execute("PRAGMA foreign_keys=ON")


def _log_ahead(raw: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; while another opens the same new file SQLite refuses this at once, whatever the timeout."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            raw.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite has taken its lock already; here two could make the same table
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({UPGRADING})")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
