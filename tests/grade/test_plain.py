"""Plain values: what passes, and how everything else is named."""

from collections import OrderedDict

import numpy as np
import pytest

from glideslope.grade.plain import NotPlainError, to_plain


class Liar(float):
    """A number that says it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class LyingArray(np.ndarray):
    """An array subclass."""


@pytest.mark.parametrize("value", [None, True, 3, 2.5, "text", [1, [2.0]], {"a": [1]}])
def test_plain_values_come_back_equal(value: object) -> None:
    assert to_plain(value) == value


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "int32", "bool", "complex128"])
def test_arrays_of_six_types_come_back_equal_and_own(dtype: str) -> None:
    array = np.arange(6).reshape(2, 3).T.astype(dtype)
    plain = to_plain(array)
    assert plain.dtype == array.dtype
    assert np.array_equal(plain, array)
    assert plain.flags.owndata
    assert not np.shares_memory(plain, array)


def test_numpy_scalars_become_python_numbers() -> None:
    assert [type(to_plain(value)) for value in (np.float64(1), np.int32(2), np.bool_(True))] == [float, int, bool]


def test_a_tuple_is_read_as_a_list() -> None:
    assert to_plain((1, (2,))) == [1, [2]]


def cyclic() -> list:
    value: list = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Liar(1.0), "a Liar"),
        (np.zeros(2).view(LyingArray), "a LyingArray"),
        (OrderedDict(a=1), "a collections OrderedDict"),
        ({1: 2}, "a dictionary with a key of type int"),
        (np.array([None]), "an array of dtype object"),
        (np.ma.array([1.0]), "a numpy MaskedArray"),
        (10**30, "a whole number beyond 64 bits"),
        (cyclic(), "a structure that is too deep or too large"),
        ([0] * 200_000, "a structure that is too deep or too large"),
        (np.broadcast_to(0.0, (10**5, 10**5)), "an array of shape (100000, 100000), which is too large"),
        (to_plain, "the function `to_plain` itself"),
        (iter([]), "a list_iterator"),
        (1j, "a complex"),
    ],
)  # fmt: skip
def test_anything_else_is_named(value: object, name: str) -> None:
    with pytest.raises(NotPlainError) as caught:
        to_plain(value)
    assert str(caught.value).replace("test_plain ", "").replace("tests ", "") == name
