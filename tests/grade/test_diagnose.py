"""The diagnosis names what is wrong; each sentence is pinned in both languages."""

import sys

import numpy as np
import pytest

from glideslope.exercise import Text
from glideslope.grade.close import close
from glideslope.grade.diagnose import diagnose
from glideslope.grade.inputs import floats, inputs
from glideslope.grade.question import equal, mistake

RIGHT = np.array([[1.0, -2.0, 3.5], [0.25, 5.0, -6.0]])
SIZES = {"N": 2, "K": 3}


def said(got: object, wanted: object = RIGHT, span: tuple[float, float] = (-3.0, 3.0)) -> Text | None:
    with np.errstate(all="ignore"):
        found = diagnose(got, wanted, close(), SIZES, span)
    return None if found is None else found.message


def test_a_right_answer_draws_no_remark() -> None:
    assert said(RIGHT + 1e-12) is None
    assert said(2.0, 2.0) is None
    assert said(np.array([np.inf]), np.array([np.inf])) is None


@pytest.mark.parametrize(
    ("got", "en", "zh"),
    [
        (None, "It returns nothing: is the `return` missing?", "它什么也没有返回：是不是漏了 `return`？"),
        ("text", "It returns a text, but numbers are wanted.", "它返回了文本，而这里需要的是数。"),
        ([[1.0], [1.0, 2.0]], "Its rows have different lengths.", "它的各行长度不一。"),
        (-RIGHT, "Right numbers with the opposite sign.", "数值都对，符号反了。"),
        (RIGHT * 2, "Right up to a constant factor: yours is N times what is wanted.", "只差一个常数因子：你的结果是应有值的 N 倍。"),
        (RIGHT / 3, "Right up to a constant factor: yours is 1/K times what is wanted.", "只差一个常数因子：你的结果是应有值的 1/K 倍。"),
        (RIGHT * 0.7, "Right up to a constant factor: yours is 0.7 times what is wanted.", "只差一个常数因子：你的结果是应有值的 0.7 倍。"),
        (RIGHT + 4, "Right up to a constant that is added to every entry.", "只差一个常数：每个元素都多加（或少加）了同一个数。"),
        (RIGHT.T, "Right numbers, transposed: shape (3, 2) instead of (2, 3).", "数都对，但转置了：形状是 (3, 2)，应为 (2, 3)。"),
        (RIGHT.ravel(), "Right numbers in the wrong shape: shape (6,) instead of (2, 3).", "数都对，但形状不对：形状是 (6,)，应为 (2, 3)。"),
        (RIGHT[:, ::-1], "Right numbers in the wrong places.", "数都对，位置错了。"),
        (RIGHT * 1.0001, "Nearly right: the relative error is below 1/1000. Is something small added, or rounded away?", "几乎正确：相对误差不到千分之一。是不是多加了一个很小的数，或者舍入掉了什么？"),
        (np.where(RIGHT > 4, 0, RIGHT), "Some entries are right, others are wrong.", "有的元素对，有的不对。"),
        (np.sin(RIGHT), "The values are wrong.", "数值不对。"),
        (np.full((2, 3), np.nan), "It returns nan where a number exists.", "这里本该有数，它却返回了 nan。"),
        (np.zeros(4), "The shape is wrong: shape (4,) instead of (2, 3).", "形状不对：形状是 (4,)，应为 (2, 3)。"),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence(got: object, en: str, zh: str) -> None:
    assert said(got) == Text(en, zh)


def test_a_missing_sum_is_named_with_its_axis() -> None:
    assert said(RIGHT, RIGHT.sum(axis=0)) == Text(
        "The sum over axis 0 is missing: shape (2, 3) instead of (3,).",
        "少了沿 axis=0 求和：形状是 (2, 3)，应为 (3,)。",
    )
    assert said(RIGHT, RIGHT.mean()) == Text(
        "The mean over all entries is missing: shape (2, 3) instead of ().",
        "少了对所有元素求平均：形状是 (2, 3)，应为 ()。",
    )


def test_nan_from_large_inputs_is_told_from_nan_as_such() -> None:
    assert said(RIGHT * np.nan, span=(0.0, 1000.0)) == Text(
        "Large inputs give nan: an exponential above e^709 overflows, one below e^−745 becomes 0.",
        "输入很大时得到 nan：超过 e^709 的指数会上溢，小于 e^−745 的指数会变成 0。",
    )


def test_two_single_numbers_differ_by_no_meaningful_factor() -> None:
    """Any two numbers have a ratio: only a factor with a name explains anything."""
    assert said(1.7, 1.0) == Text("The value is wrong.", "数值不对。")
    assert said(1.5, 3.0) == Text(
        "Right up to a constant factor: yours is 1/N times what is wanted.",
        "只差一个常数因子：你的结果是应有值的 1/N 倍。",
    )


def test_yes_and_no_are_compared_as_one_and_zero() -> None:
    """NumPy refuses to subtract Booleans; a wrong mask must get a sentence, not a traceback."""
    mask = np.array([True, False, True])
    assert said(mask, mask) is None
    assert said(mask, np.array([1, 0, 1])) is None
    assert said(np.array([True, True, True]), mask) == Text(
        "Some entries are right, others are wrong.", "有的元素对，有的不对。"
    )


def test_a_known_mistake_spares_the_general_diagnosis(monkeypatch: pytest.MonkeyPatch) -> None:
    """And comes out as it did when both were made: its own code and words, what came and what was wanted."""
    asked: list[int] = []
    monkeypatch.setattr(
        sys.modules["glideslope.grade.question"], "diagnose", lambda *given: asked.append(1) or diagnose(*given)
    )
    judge = equal(lambda x: 2 * x, mistake(lambda x: x + 5, "Five is added.", "多加了五。"))
    declared = inputs(x=floats("N"))
    case = declared.example({"x": [1.0, 2.5, -3.0]})
    found = judge(lambda x: x + 5, case, declared)
    assert found is not None
    assert (found.code, found.message, asked) == ("mistake 0", Text("Five is added.", "多加了五。"), [])
    assert np.array_equal(found.got, [6.0, 7.5, 2.0])
    assert np.array_equal(found.wanted, [2.0, 5.0, -6.0])
    other = judge(lambda x: -2 * x, case, declared)
    assert other is not None
    assert (other.code, asked) == ("sign", [1])
    assert judge(lambda x: x + x, case, declared) is None
