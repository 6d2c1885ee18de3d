"""The soak, for `make soak`: a class of ten thousand with a hundred kills, and the real nbgrader. Results are committed."""

from pathlib import Path

import pytest
from bench.grading_nbgrader import compare
from bench.grading_peers import make_venv
from bench.grading_soak import soak


@pytest.mark.soak
def test_a_hundred_kills_change_no_grade(tmp_path: Path) -> None:
    told = soak(tmp_path, size=10_000, kills=100, jobs=2)
    assert sum(told["kills"].values()) >= 100
    assert {key: told[key] for key in ("missing", "grades_differ", "questions_differ", "infra_charged")} == {
        "missing": 0,
        "grades_differ": 0,
        "questions_differ": 0,
        "infra_charged": 0,
    }


@pytest.mark.soak
def test_the_real_nbgrader_gives_our_points(tmp_path: Path) -> None:
    told = compare(tmp_path, make_venv(tmp_path, "nbgrader==0.9.6", "numpy"))
    assert told["students"] > 30
    assert (told["points_differ"], told["graded_by_us_differ"]) == ({}, {})
