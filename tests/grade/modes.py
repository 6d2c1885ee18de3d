"""The sandbox modes of this machine, for tests: where CI says that it tests the sandbox, none at all is a failure, elsewhere a skip."""

import os

import pytest

from glideslope.grade.sandbox.confine import MODES
from glideslope.grade.sandbox.probe import probe

__all__ = ["first_working_mode", "must_work"]


def must_work(mode: str) -> str:
    """Return the mode, or leave the test."""
    found = probe(mode)
    if not found.works:
        if not any(probe(other).works for other in MODES):
            _none(found.reason)
        pytest.skip(f"the mode {mode} does not work here: {found.reason}")
    return mode


def first_working_mode() -> str:
    """Return the strongest mode that works here, or leave the test."""
    working = [mode for mode in MODES if probe(mode).works]
    if not working:
        _none(probe(MODES[-1]).reason)
    return working[0]


def _none(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"no sandbox mode works here: {reason}")
    pytest.skip(f"no sandbox mode works here: {reason}")
