"""`--watch`: check again whenever a file changes.

Modification times are polled twice a second; no service, no dependency. Stop with Ctrl-C.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

__all__ = ["watch"]


def stamps(paths: list[str]) -> dict[str, float]:
    """The modification time of each file, 0 for one that is gone."""
    found = {}
    for path in paths:
        try:
            found[path] = os.stat(path).st_mtime
        except OSError:
            found[path] = 0.0
    return found


def watch(paths: list[str], run: Callable[[], int], pause_s: float = 0.5, rounds: int | None = None) -> int:
    """Run once, then after each change, until interrupted; returns the last exit code."""
    before = stamps(paths)
    code = run()
    try:
        while rounds is None or rounds > 0:
            rounds = None if rounds is None else rounds - 1
            time.sleep(pause_s)
            now = stamps(paths)
            if now != before:
                before = now
                code = run()
    except KeyboardInterrupt:
        pass
    return code
