"""Every row of the validation table holds its bound: MuJoCo, JSBSim, SciPy, closed forms, conservation, complex step."""

import json

import pytest
from bench import validation
from bench.validation_rows import all_rows
from tests.oracles import peer

from glideslope import sim

ROWS = all_rows()


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=[row.what for row in ROWS])
def test_the_difference_is_below_its_bound(row):
    for package in row.needs:
        peer(package)
    assert row.measure() <= row.bound


def test_the_page_shows_the_committed_results():
    rows = json.loads(validation.RESULT.read_text(encoding="utf-8"))["rows"]
    page = validation.PAGE.read_text(encoding="utf-8")
    assert validation.with_table(page, rows) == page
    assert [row["what"] for row in rows] == [row.what for row in ROWS]
    assert all(row["measured"] <= row["bound"] for row in rows)


def test_modes_of_the_aeroplane_are_those_of_a_light_aeroplane():
    """Lanchester: the phugoid turns at sqrt(2) g / V, 0.28 rad/s at 50 m/s; the short period is fast and well damped."""
    modes = sim.aeroplane_modes(50.0)
    (fast, damped), (slow, lightly) = modes["short period"], modes["phugoid"]
    assert 4.0 < fast < 9.0
    assert 0.4 < damped < 0.9
    assert abs(slow - 2**0.5 * 9.81 / 50.0) < 0.08
    assert 0.0 < lightly < 0.3
