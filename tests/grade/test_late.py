"""Deadlines: what lateness costs, as a law and by hand."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glideslope.errors import ParseError
from glideslope.grade.late import ON_TIME, LatePolicy, parse_time

POLICIES = st.builds(LatePolicy, st.floats(-1e9, 1e10), st.floats(0, 1e6), st.floats(0, 100), st.floats(0, 100))
TIMES = st.floats(-1e9, 2e10)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(POLICIES, TIMES, TIMES)
def test_later_never_keeps_more_and_the_cap_holds(policy: LatePolicy, one: float, other: float) -> None:
    early, late = sorted((one, other))
    assert 0 <= policy.kept(late) <= policy.kept(early) <= 1
    assert policy.kept(late) >= 1 - policy.cap_percent / 100 - 1e-11  # rounded to 12 digits


@settings(max_examples=200, derandomize=True, deadline=None)
@given(POLICIES, TIMES)
def test_nothing_is_lost_until_the_grace_is_over(policy: LatePolicy, when: float) -> None:
    if when <= policy.due_s + policy.grace_s:
        assert policy.kept(when) == 1
        assert policy.days(when) == 0
    else:
        assert policy.days(when) >= 1


@pytest.mark.parametrize(
    ("hours", "days", "kept"),
    [(0, 0, 1.0), (0.25, 0, 1.0), (0.2501, 1, 0.9), (24, 1, 0.9), (24.01, 2, 0.8), (24 * 9, 9, 0.5)],
)
def test_a_deadline_by_hand(hours: float, days: int, kept: float) -> None:
    """15 minutes of grace, ten per cent a day, half at most; the grace does not move the end of day one."""
    policy = LatePolicy(1000.0, 900.0, 10.0, 50.0)
    assert (policy.days(1000 + hours * 3600), policy.kept(1000 + hours * 3600)) == (days, kept)


def test_without_a_deadline_nothing_is_late() -> None:
    assert ON_TIME.due_s == math.inf
    assert ON_TIME.kept(1e300) == 1


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (LatePolicy(0, -1), "expected the grace of a deadline to be 0 or more and got -1; correct it."),
        (
            LatePolicy(0, 0, 101),
            "expected the percentage a day of a deadline to be between 0 and 100 and got 101; correct it.",
        ),
        (
            LatePolicy(0, 0, 10, math.nan),
            "expected the cap of a deadline to be between 0 and 100 and got nan; correct it.",
        ),
    ],
)
def test_figures_out_of_range_are_refused(policy: LatePolicy, message: str) -> None:
    with pytest.raises(ParseError) as caught:
        policy.check()
    assert str(caught.value) == message


def test_times_carry_their_zone_and_mean_utc_without_one() -> None:
    assert parse_time("1970-01-02T01:00+01:00") == parse_time("1970-01-02T00:00") == 86_400
    with pytest.raises(ParseError, match=r"expected a time like 2026-11-22T18:00\+01:00 and got 'soon'; correct it\."):
        parse_time("soon")
