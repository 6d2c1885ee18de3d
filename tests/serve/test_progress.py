"""Progress survives: restarts, damage, a folder one may not write, a second server."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from glideslope.serve.progress import Progress


def test_what_is_kept_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Progress(tmp_path)
    first.visit("softmax-cross-entropy")
    first.keep_cell("softmax-cross-entropy", "hardmax", "z = 1")
    first.keep_answer("softmax-cross-entropy", "derive", {"lines": ["a"]})
    first.attempt("softmax-cross-entropy", "derive", False)
    first.close()
    second = Progress(tmp_path)
    assert second.lesson("softmax-cross-entropy") == {
        "cells": {"hardmax": "z = 1"},
        "exercises": {"derive": {"passed": False, "attempts": 1}},
        "answers": {"derive": {"lines": ["a"]}},
    }
    assert second.overview()["softmax-cross-entropy"]["visited"] is True
    assert second.notices == []


def test_what_was_passed_stays_passed(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    assert progress.attempt("l", "e", False) == {"passed": False, "attempts": 1}
    assert progress.attempt("l", "e", True) == {"passed": True, "attempts": 2}
    assert progress.attempt("l", "e", False) == {"passed": True, "attempts": 3}


def test_an_edit_is_forgotten_when_asked(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    progress.keep_cell("l", "c", "x")
    progress.forget_cell("l", "c")
    assert progress.lesson("l")["cells"] == {}


def test_a_damaged_file_is_put_aside_and_said(tmp_path: Path) -> None:
    (tmp_path / "progress.sqlite").write_bytes(b"this was never a database" * 100)
    progress = Progress(tmp_path)
    aside = list(tmp_path.glob("progress.damaged-*.sqlite"))
    assert [path.read_bytes()[:8] for path in aside] == [b"this was"]
    assert progress.notices[0]["en"] == f"The progress file was damaged; it is kept as {aside[0]} and a fresh one was started."
    progress.visit("l")
    assert progress.overview()["l"]["visited"] is True


def test_damage_while_running_is_survived(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    for k in range(200):
        progress.keep_cell("l", f"c{k}", "x" * 500)
    progress.close()
    path = tmp_path / "progress.sqlite"
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(bytes(content))
    again = Progress(tmp_path)
    again.keep_cell("l", "c", "kept")
    assert again.lesson("l")["cells"] == {"c": "kept"}
    assert len(list(tmp_path.glob("progress.damaged-*.sqlite"))) == 1


def test_a_folder_that_cannot_be_made_is_said_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    progress = Progress(tmp_path / "file")
    assert progress.writable is False
    assert progress.notices[0]["en"].startswith(f"Progress cannot be written to {tmp_path / 'file'}")
    progress.visit("l")
    assert progress.overview()["l"]["visited"] is True


@pytest.mark.slow
def test_two_servers_on_one_file_lose_nothing(tmp_path: Path) -> None:
    """Two processes count attempts at the same exercise at the same time; every one is counted."""
    Progress(tmp_path).close()
    program = (
        "import sys; from pathlib import Path; from glideslope.serve.progress import Progress\n"
        "p = Progress(Path(sys.argv[1]))\n"
        "for k in range(100): p.attempt('l', 'e', False); p.keep_cell('l', f'{sys.argv[2]}-{k}', 'x')\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in "ab"]
    assert [process.wait() for process in both] == [0, 0]
    kept = Progress(tmp_path).lesson("l")
    assert kept["exercises"]["e"]["attempts"] == 200
    assert len(kept["cells"]) == 200


@pytest.mark.slow
def test_a_kill_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from glideslope.serve.progress import Progress\n"
        "p = Progress(Path(sys.argv[1]))\n"
        "for k in range(50): p.keep_cell('l', f'c{k}', 'x')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)]).returncode == -9
    assert len(Progress(tmp_path).lesson("l")["cells"]) == 50


def test_the_file_is_an_ordinary_database(tmp_path: Path) -> None:
    Progress(tmp_path).visit("l")
    with sqlite3.connect(tmp_path / "progress.sqlite") as database:
        assert database.execute("SELECT lesson FROM visit").fetchall() == [("l",)]
    database.close()
