"""What a `Dataset` promises: columns by name, whole groups, cards in two languages."""

import numpy as np
import pytest

from glideslope.data import load
from glideslope.errors import DataError


@pytest.fixture(scope="module")
def flights():
    return load("c172_sorties")


def test_part_holds_whole_flights(flights):
    test = flights.part("test")
    for flight in test.group_ids:
        assert (test.group == flight).sum() == (flights.group == flight).sum()


def test_select_takes_columns_in_the_order_asked(flights):
    two = flights.select(["roll_deg", "ias_kt"])
    assert two.channel_names == ("roll_deg", "ias_kt")
    assert np.array_equal(two.X[:, 1], flights["ias_kt"])


def test_the_cockpit_selection_has_twelve_channels_with_units(flights):
    cockpit = load("c172_sorties", channels="cockpit")
    assert cockpit.X.shape == (len(flights), 12)
    assert len(cockpit.units) == 12
    assert all(cockpit.units)


def test_keep_follows_the_facts(flights):
    one = flights.keep([33])
    assert one.groups["weight_lb"].shape == (1,)
    assert one.groups["weight_lb"][0] == flights.groups["weight_lb"][33]


def test_writing_into_the_arrays_is_refused(flights):
    with pytest.raises(ValueError, match="read-only"):
        flights.X[0, 0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        flights.part("test").X[0, 0] = 1.0


def test_an_unknown_channel_offers_the_closest(flights):
    with pytest.raises(DataError) as caught:
        flights["roll_rad"]
    assert str(caught.value) == "c172_sorties has no channel 'roll_rad'; it may be called roll_deg."


def test_an_unknown_part_names_the_parts(flights):
    with pytest.raises(DataError) as caught:
        flights.part("validation")
    assert str(caught.value) == "c172_sorties has no part 'validation'; its parts are train, test, transfer."


def test_an_unknown_group_is_named(flights):
    with pytest.raises(DataError) as caught:
        flights.keep([99])
    assert str(caught.value) == "c172_sorties has no group 99 here; its group_ids hold the 48 it has."


def test_an_unknown_selection_names_the_selections(flights):
    with pytest.raises(DataError) as caught:
        flights.select("airdata")
    assert str(caught.value) == "c172_sorties has no selection 'airdata'; use all, cockpit, or a list of channel names."


def test_an_unknown_frame_library_is_refused(flights):
    with pytest.raises(DataError) as caught:
        flights.to_frame("R")
    assert str(caught.value) == "to_frame knows pandas and polars, not 'R'; name one of the two."


@pytest.mark.slow
def test_a_frame_holds_channels_group_and_label(flights):
    pytest.importorskip("pandas")
    frame = flights.keep([0]).to_frame("pandas")
    assert list(frame.columns) == [*flights.channel_names, "group", "label"]
    assert frame["label"].iloc[-1] == "approach"


def test_the_signs_of_a_log_agree_with_one_another(flights):
    """Right wing down turns to the right, a climb gains height, the nose above the airstream climbs, more speed over ground is more way."""
    one = flights.keep([3])
    banked = np.abs(one["roll_deg"]) > 10.0
    turn = (np.diff(one["heading_deg"], append=one["heading_deg"][-1]) + 180.0) % 360.0 - 180.0
    pairs = [
        (one["roll_deg"][banked], turn[banked]),
        (one["roll_deg"][banked], one["r_deg_s"][banked]),
        (one["pitch_deg"] - one["alpha_deg"], one["vs_fpm"]),
        (6.0 * np.diff(one["altitude_ft"][::10]), one["vs_fpm"][10::10]),
    ]
    assert all(np.corrcoef(a, b)[0, 1] > 0.9 for a, b in pairs)
    assert abs(np.median(one["nz_g"]) - 1.0) < 0.02
    course = np.degrees(np.arctan2(one["gps_east_kt"], one["gps_north_kt"]))
    drift = (course - one["heading_deg"] + 180.0) % 360.0 - 180.0
    assert (
        np.abs(np.median(drift)) < 25.0
    )  # heading clockwise from north: a wind of 28 kt drifts 90 kt by at most 18 degrees
