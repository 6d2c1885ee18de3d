"""The figures of speed in docstrings are those of the committed results."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from glideslope import learn

ROOT = Path(__file__).parents[2]
ESTIMATORS = [name for name in learn.__all__ if isinstance(getattr(learn, name), type)]
HOMES = sorted({learn._HOME[name] for name in ESTIMATORS})


@pytest.mark.slow
def test_every_figure_is_the_measured_one_and_every_measured_row_is_told():
    run = subprocess.run(
        [sys.executable, "-m", "bench.docstrings", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "stale: none\n", "")


@pytest.mark.parametrize("home", HOMES)
def test_each_file_says_how_fast_it_is(home):
    doc = importlib.import_module(f"glideslope.learn.{home}").__doc__
    assert re.search(r"^Speed: \d.* of (scikit-learn|PyTorch)'s time on .+\.$", doc, re.MULTILINE)
