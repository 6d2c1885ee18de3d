"""Say what is wrong with an array of numbers: the sign, an axis, a factor, a missing sum, an overflow.

Each detector asks one question, "would the answer be right if …?", and the first yes becomes the message.
The order matters: the most specific explanation comes first, "these entries differ" last.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from glideslope.exercise import Text
from glideslope.grade.finding import Finding

__all__ = ["Near", "diagnose"]

Near = Callable[[Any, Any], bool]
"""Whether two arrays of equal shape are close enough."""


Span = tuple[float, float]
"""The smallest and the largest number among the inputs, to tell overflow and underflow from other ways to nan."""


def diagnose(got: Any, wanted: Any, near: Near, sizes: Mapping[str, int], span: Span) -> Finding | None:
    """Return what is wrong with `got`, or None when it is right.

    Args:
        got: a plain value.
        wanted: the reference's value: a number or an array of numbers.
        near: the comparator.
        sizes: the size of each named axis, to name a constant factor.
        span: the smallest and the largest number among the inputs.
    """
    kind = _not_numbers(got)
    if kind is not None:
        return kind
    left, right = _counted(got), _counted(wanted)
    if left.shape != right.shape:
        return _about_shape(left, right, near)
    if near(left, right):
        return None
    for detect in (_not_finite, _sign, _nearly, _factor, _transposed, _offset, _order):
        found = detect(left, right, near, sizes, span)
        if found is not None:
            return Finding(found[0], found[1])
    return _entries(left, right, near)


def _counted(value: Any) -> np.ndarray:
    """Yes and no as 1 and 0: the detectors below subtract and negate, which NumPy refuses for Booleans."""
    array = np.asarray(value)
    return array.astype(int) if array.dtype.kind == "b" else array


def _not_numbers(got: Any) -> Finding | None:
    if got is None:
        return Finding(
            "none", Text("It returns nothing: is the `return` missing?", "它什么也没有返回：是不是漏了 `return`？")
        )
    if isinstance(got, str | dict):
        name = "a text" if isinstance(got, str) else "a dictionary"
        name_zh = "文本" if isinstance(got, str) else "字典"
        return Finding(
            "kind", Text(f"It returns {name}, but numbers are wanted.", f"它返回了{name_zh}，而这里需要的是数。")
        )
    try:
        array = np.asarray(got)
    except ValueError:
        return Finding("ragged", Text("Its rows have different lengths.", "它的各行长度不一。"))
    if array.dtype.kind not in "fiubc":
        return Finding("kind", Text("It returns something other than numbers.", "它返回的不是数。"))
    return None


def _about_shape(got: np.ndarray, wanted: np.ndarray, near: Near) -> Finding:
    both = Text(f"shape {got.shape} instead of {wanted.shape}", f"形状是 {got.shape}，应为 {wanted.shape}")
    if got.ndim == 2 and got.T.shape == wanted.shape and near(got.T, wanted):
        return _finding("transposed shape", "Right numbers, transposed: {}.", "数都对，但转置了：{}。", both)
    if got.size == wanted.size and near(got.reshape(wanted.shape), wanted):
        return _finding("reshaped", "Right numbers in the wrong shape: {}.", "数都对，但形状不对：{}。", both)
    for axis in range(got.ndim):
        for name, reduce in (("sum", np.sum), ("mean", np.mean)):
            smaller = reduce(got, axis=axis)
            if smaller.shape == wanted.shape and near(smaller, wanted):
                return _missing(name, axis, both)
    for name, reduce in (("sum", np.sum), ("mean", np.mean)):
        if wanted.ndim == 0 and near(reduce(got), wanted):
            return _missing(name, None, both)
    return _finding("shape", "The shape is wrong: {}.", "形状不对：{}。", both)


def _missing(name: str, axis: int | None, both: Text) -> Finding:
    over = Text("over all entries", "对所有元素") if axis is None else Text(f"over axis {axis}", f"沿 axis={axis} ")
    word = Text("sum", "求和") if name == "sum" else Text("mean", "求平均")
    return Finding(
        f"missing-{name}",
        Text(f"The {word.en} {over.en} is missing: {both.en}.", f"少了{over.zh}{word.zh}：{both.zh}。"),
    )


Found = tuple[str, Text] | None


def _not_finite(got: np.ndarray, wanted: np.ndarray, _n: Near, _s: Mapping[str, int], span: Span) -> Found:
    if np.isfinite(got).all() or not np.isfinite(wanted).all():
        return None
    what = "nan" if np.isnan(got).any() else "inf"
    if max(-span[0], span[1]) > 300:
        return "extreme", Text(
            f"Large inputs give {what}: an exponential above e^709 overflows, one below e^−745 becomes 0.",
            f"输入很大时得到 {what}：超过 e^709 的指数会上溢，小于 e^−745 的指数会变成 0。",
        )
    return what, Text(f"It returns {what} where a number exists.", f"这里本该有数，它却返回了 {what}。")


def _sign(got: np.ndarray, wanted: np.ndarray, near: Near, _s: Mapping[str, int], _p: Span) -> Found:
    if near(-got, wanted) and not near(np.zeros_like(wanted), wanted):
        return "sign", Text("Right numbers with the opposite sign.", "数值都对，符号反了。")
    return None


def _nearly(got: np.ndarray, wanted: np.ndarray, _n: Near, _s: Mapping[str, int], _p: Span) -> Found:
    if (np.abs(got - wanted) <= 1e-3 * np.abs(wanted)).all():
        return "nearly", Text(
            "Nearly right: the relative error is below 1/1000. Is something small added, or rounded away?",
            "几乎正确：相对误差不到千分之一。是不是多加了一个很小的数，或者舍入掉了什么？",
        )
    return None


def _factor(got: np.ndarray, wanted: np.ndarray, near: Near, sizes: Mapping[str, int], _p: Span) -> Found:
    scale = float(np.sqrt(np.sum(np.abs(wanted) ** 2)))
    if wanted.size == 0 or scale == 0 or not np.isfinite(got).all():
        return None
    factor = float(np.real(np.sum(got * np.conj(wanted)))) / scale**2
    if wanted.size < 2 and not _is_named(factor, sizes):
        return None  # any two single numbers differ by some factor: that would explain nothing
    if factor == 0 or not near(got / factor, wanted):
        return None
    name = _name_factor(factor, sizes)
    return f"factor {name}", Text(
        f"Right up to a constant factor: yours is {name} times what is wanted.",
        f"只差一个常数因子：你的结果是应有值的 {name} 倍。",
    )


def _named_factors(sizes: Mapping[str, int]) -> Iterator[tuple[str, float]]:
    for sign in (1, -1):
        minus = "" if sign == 1 else "−"
        yield from ((f"{minus}{text}", sign * value) for text, value in (("2", 2.0), ("1/2", 0.5)))
        for letter, size in sizes.items():
            yield f"{minus}{letter}", float(sign * size)
            yield f"{minus}1/{letter}", sign / size


def _name_factor(factor: float, sizes: Mapping[str, int]) -> str:
    axes = [pair for pair in _named_factors(sizes) if pair[0].lstrip("−1/") in sizes]
    for name, value in [*axes, *_named_factors({})]:
        if abs(factor - value) < 1e-6 * abs(value):
            return name
    return f"{factor:.3g}"


def _is_named(factor: float, sizes: Mapping[str, int]) -> bool:
    return any(abs(factor - value) < 1e-6 * abs(value) for _, value in _named_factors(sizes))


def _transposed(got: np.ndarray, wanted: np.ndarray, near: Near, _s: Mapping[str, int], _p: Span) -> Found:
    if got.ndim == 2 and got.shape[0] == got.shape[1] and near(got.T, wanted):
        return "transposed", Text("Right numbers, transposed.", "数都对，但转置了。")
    return None


def _offset(got: np.ndarray, wanted: np.ndarray, near: Near, _s: Mapping[str, int], _p: Span) -> Found:
    if got.size < 3:
        return None
    offset = float(np.real(np.mean(got - wanted)))
    if np.isfinite(offset) and near(got - offset, wanted):
        return "offset", Text(
            "Right up to a constant that is added to every entry.", "只差一个常数：每个元素都多加（或少加）了同一个数。"
        )
    return None


def _order(got: np.ndarray, wanted: np.ndarray, near: Near, _s: Mapping[str, int], _p: Span) -> Found:
    if got.size > 2 and got.dtype.kind != "c" and near(np.sort(got, axis=None), np.sort(wanted, axis=None)):
        return "order", Text("Right numbers in the wrong places.", "数都对，位置错了。")
    return None


def _entries(got: np.ndarray, wanted: np.ndarray, near: Near) -> Finding:
    if got.ndim == 0:
        return Finding("value", Text("The value is wrong.", "数值不对。"))
    if not any(near(got[index], wanted[index]) for index in np.ndindex(got.shape)):
        return Finding("value", Text("The values are wrong.", "数值不对。"))
    return Finding("some", Text("Some entries are right, others are wrong.", "有的元素对，有的不对。"))


def _finding(code: str, en: str, zh: str, both: Text) -> Finding:
    return Finding(code, Text(en.format(both.en), zh.format(both.zh)))
