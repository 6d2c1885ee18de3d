"""What a learner did, kept in one SQLite file: edited cells, answers, exercises passed.

A damaged file is put aside and said so; a folder that cannot be written is said so and progress lives in memory;
two servers may share the file, since each change is one small transaction in WAL mode.
"""

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

__all__ = ["Notice", "Progress", "data_dir"]

Notice = dict[str, str]

_TABLES = """
CREATE TABLE IF NOT EXISTS visit (lesson TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cell (lesson TEXT, name TEXT, source TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (lesson, name));
CREATE TABLE IF NOT EXISTS exercise (lesson TEXT, slug TEXT, passed INTEGER NOT NULL, attempts INTEGER NOT NULL, at TEXT NOT NULL, PRIMARY KEY (lesson, slug));
CREATE TABLE IF NOT EXISTS answer (lesson TEXT, slug TEXT, answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (lesson, slug));
"""


def data_dir() -> Path:
    """The learner's folder: `GLIDESLOPE_DATA_DIR`, else the place the system has for such things."""
    chosen = os.environ.get("GLIDESLOPE_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("glideslope", appauthor=False)


class Progress:
    """The store; `notices` says in both languages what the learner should know about it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "progress.sqlite"
        self.notices: list[Notice] = []
        self.writable = True
        self._connection = self._open()

    def overview(self) -> dict[str, Any]:
        """Visits and exercises of every lesson."""
        lessons: dict[str, Any] = defaultdict(lambda: {"visited": False, "exercises": {}})
        with self._reading() as database:
            for (lesson,) in database.execute("SELECT lesson FROM visit"):
                lessons[lesson]["visited"] = True
            for lesson, slug, passed, attempts in database.execute("SELECT lesson, slug, passed, attempts FROM exercise"):
                lessons[lesson]["exercises"][slug] = {"passed": bool(passed), "attempts": attempts}
        return dict(lessons)

    def lesson(self, lesson: str) -> dict[str, Any]:
        """Edited cells, exercises and answers of one lesson."""
        with self._reading() as database:
            cells = dict(database.execute("SELECT name, source FROM cell WHERE lesson = ?", (lesson,)).fetchall())
            done = database.execute("SELECT slug, passed, attempts FROM exercise WHERE lesson = ?", (lesson,)).fetchall()
            answers = database.execute("SELECT slug, answer FROM answer WHERE lesson = ?", (lesson,)).fetchall()
        return {
            "cells": cells,
            "exercises": {slug: {"passed": bool(passed), "attempts": attempts} for slug, passed, attempts in done},
            "answers": {slug: json.loads(answer) for slug, answer in answers},
        }

    def visit(self, lesson: str) -> None:
        """Remember that the lesson was opened."""
        self._write("INSERT OR REPLACE INTO visit VALUES (?, ?)", (lesson, _now()))

    def keep_cell(self, lesson: str, name: str, source: str) -> None:
        """Keep the learner's edit of a cell."""
        self._write("INSERT OR REPLACE INTO cell VALUES (?, ?, ?, ?)", (lesson, name, source, _now()))

    def forget_cell(self, lesson: str, name: str) -> None:
        """Return a cell to the lesson's own text."""
        self._write("DELETE FROM cell WHERE lesson = ? AND name = ?", (lesson, name))

    def keep_answer(self, lesson: str, slug: str, answer: Any) -> None:
        """Keep what the learner answered, right or wrong."""
        self._write("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", (lesson, slug, json.dumps(answer, ensure_ascii=False), _now()))

    def attempt(self, lesson: str, slug: str, passed: bool) -> dict[str, Any]:
        """Count an attempt; what was passed once stays passed."""
        self._write(
            "INSERT INTO exercise VALUES (?, ?, ?, 1, ?) ON CONFLICT (lesson, slug) DO UPDATE"
            " SET passed = max(passed, excluded.passed), attempts = attempts + 1, at = excluded.at",
            (lesson, slug, int(passed), _now()),
        )
        return self.lesson(lesson)["exercises"][slug]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        try:
            with self._connection:
                self._connection.execute(statement, values)
        except sqlite3.DatabaseError as damage:
            if not _is_damage(damage):
                raise
            self._connection = self._start_afresh()
            with self._connection:
                self._connection.execute(statement, values)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            self._connection.execute("SELECT count(*) FROM visit").fetchone()
        except sqlite3.DatabaseError as damage:
            if not _is_damage(damage):
                raise
            self._connection = self._start_afresh()
        yield self._connection

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return _connect(self.path)
        except sqlite3.DatabaseError as problem:
            if _is_damage(problem):
                return self._start_afresh()
            return self._in_memory(problem)
        except OSError as problem:
            return self._in_memory(problem)

    def _start_afresh(self) -> sqlite3.Connection:
        aside = self.path.with_name(f"progress.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.sqlite")
        self.path.replace(aside)
        for rest in ("-wal", "-shm"):
            self.path.with_name(self.path.name + rest).unlink(missing_ok=True)
        self.notices.append(
            {
                "en": f"The progress file was damaged; it is kept as {aside} and a fresh one was started.",
                "zh": f"进度文件已损坏；原文件保留为 {aside}，并已新建一个。",
            }
        )
        return _connect(self.path)

    def _in_memory(self, problem: Exception) -> sqlite3.Connection:
        self.writable = False
        self.notices.append(
            {
                "en": f"Progress cannot be written to {self.path.parent} ({problem}); it is kept until the server stops. Set GLIDESLOPE_DATA_DIR to a folder you may write.",
                "zh": f"无法把进度写入 {self.path.parent}（{problem}）；进度只保留到服务停止为止。请把 GLIDESLOPE_DATA_DIR 设为可写的文件夹。",
            }
        )
        return _connect(Path(":memory:"))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        (sound,) = connection.execute("PRAGMA quick_check").fetchone()
        if sound != "ok":
            raise sqlite3.DatabaseError(f"malformed: {sound}")
        connection.executescript(_TABLES)
        # A read-only file opens without a word; only a write tells.
        connection.execute("PRAGMA user_version = 1")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_damage(problem: sqlite3.DatabaseError) -> bool:
    return any(word in str(problem) for word in ("malformed", "not a database", "disk I/O error"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
