"""The wire between judge and child: round trips, and no bytes that break it."""

import socket
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glideslope.grade import wire
from glideslope.grade.plain import to_plain
from glideslope.grade.wire import WireError, decode, encode, receive, send

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.slow
@settings(max_examples=80, derandomize=True, deadline=None)
@given(PLAIN)
def test_what_is_sent_arrives(value: object) -> None:
    assert decode(encode(value)) == value


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "int32", "bool", "complex128"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3)])
def test_arrays_arrive_with_type_and_shape(dtype: str, shape: tuple[int, ...]) -> None:
    array = to_plain(np.ones(shape).astype(dtype))
    back = decode(encode(array))
    assert (back.dtype, back.shape) == (array.dtype, array.shape)
    assert np.array_equal(back, array)


def test_nan_arrives_as_nan() -> None:
    assert np.isnan(decode(encode(float("nan"))))


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_do_more_than_raise_our_error(data: bytes) -> None:
    try:
        value = decode(data)
    except WireError:
        return
    assert value is None or isinstance(value, bool | int | float | str | list | dict | np.ndarray)


ARRAYS = st.builds(
    lambda shape, dtype, seed: np.random.default_rng(seed).integers(0, 2, shape).astype(dtype),
    st.lists(st.integers(0, 3), max_size=3),
    st.sampled_from(["float64", "float32", "int64", "int32", "bool", "complex128"]),
    st.integers(0, 9),
)


@pytest.mark.slow
@settings(max_examples=300, derandomize=True, deadline=None)
@given(PLAIN | ARRAYS | st.lists(ARRAYS, max_size=3), st.data())
def test_damage_is_noticed_or_gives_another_plain_value(value: object, data: st.DataObject) -> None:
    """One changed byte gives our error, or a value that is plain to the last item, no larger than its bytes, and travels."""
    sent = bytearray(encode(value))
    place = data.draw(st.integers(0, len(sent) - 1))
    sent[place] ^= data.draw(st.integers(1, 255))
    try:
        read = decode(bytes(sent))
    except WireError:
        return
    again = encode(read)
    assert len(again) == len(sent)
    assert encode(decode(again)) == again
    assert encode(to_plain(read)) == again
    assert again == bytes(sent)  # nothing was lost or made up: no two byte strings mean one value


@pytest.mark.slow
@settings(max_examples=200, derandomize=True, deadline=None)
@given(PLAIN | ARRAYS, st.data())
def test_a_frame_cut_short_is_always_noticed(value: object, data: st.DataObject) -> None:
    sent = encode(value)
    with pytest.raises(WireError):
        decode(sent[: data.draw(st.integers(0, len(sent) - 1))])


@settings(max_examples=100, derandomize=True, deadline=None)
@given(PLAIN | ARRAYS, st.binary(min_size=1, max_size=8))
def test_bytes_behind_a_value_are_always_noticed(value: object, more: bytes) -> None:
    with pytest.raises(WireError, match="expected one value and got"):
        decode(encode(value) + more)


class Drip:
    """A connection that gives a few bytes at a time, each a second after the last, by its own clock."""

    def __init__(self, data: bytes, clock: list[float]) -> None:
        self.data, self.clock, self.timeouts = data, clock, []

    def settimeout(self, seconds: float) -> None:
        self.timeouts.append(seconds)

    def recv(self, count: int) -> bytes:
        self.clock[0] += 1.0
        piece, self.data = self.data[:1], self.data[1:]
        return piece


def test_the_whole_frame_has_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(wire.time, "monotonic", lambda: clock[0])
    frame = struct.pack("<I", 100) + encode("x" * 95)
    with pytest.raises(TimeoutError):
        receive(Drip(frame, clock), until_s=20.0)  # type: ignore[arg-type]
    assert clock[0] == 20.0
    clock[0] = 0.0
    assert receive(Drip(frame, clock), until_s=1000.0) == "x" * 95  # type: ignore[arg-type]


def test_more_than_a_frame_is_noticed() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        send(theirs, 1)
        theirs.sendall(b"N")
        with pytest.raises(WireError, match=r"expected one frame and got 1 bytes more\."):
            receive(ours)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "expected 1 bytes more and the frame ends."),
        (b"NN", "expected one value and got 1 bytes more."),
        (b"Z", "expected a value and got the tag b'Z'."),
        (b"l" + struct.pack("<I", 2**31), "expected at most 0 entries and got 2147483648."),
        (b"a\x00\x02" + struct.pack("<II", 2**31, 2**31), f"expected {2**65} bytes more and the frame ends."),
        (b"a\x09\x00", "expected an array of a known type and got type 9 with 0 axes."),
        (b"a\x04\x01\x01\x00\x00\x00\x07", "expected booleans and got other bytes."),
        (b"s\x01\x00\x00\x00\xff", "expected text in UTF-8 and got other bytes."),
        (b"m\x01\x00\x00\x00NN", "expected a text as key and got NoneType."),
        (b"l\x01\x00\x00\x00" * 50 + b"N", "expected a value of modest depth and size and got more."),
    ],
)
def test_each_kind_of_damage_has_its_sentence(data: bytes, message: str) -> None:
    with pytest.raises(WireError) as caught:
        decode(data)
    assert str(caught.value) == message


def test_an_object_is_not_sent() -> None:
    with pytest.raises(WireError, match="expected a plain value and got object"):
        encode(object())
