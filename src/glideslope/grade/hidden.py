"""What may be said about a hidden question: words from a fixed list, nothing a program could write its input into.

A learner's code chooses the text of its exceptions, the names of its types, the shape and the scale of its answers.
Shown back, each would carry hidden inputs out; so in grading a message is chosen by its code, never composed.
"""

import builtins

from glideslope.exercise import Text
from glideslope.grade.finding import FaultError, Finding

__all__ = ["hidden_message"]

_SAID = {
    "sign": Text("Right numbers with the opposite sign.", "数值都对，符号反了。"),
    "factor": Text("Right up to a constant factor.", "只差一个常数因子。"),
    "offset": Text(
        "Right up to a constant that is added to every entry.", "只差一个常数：每个元素都多加（或少加）了同一个数。"
    ),
    "transposed": Text("Right numbers, transposed.", "数都对，但转置了。"),
    "reshaped": Text("Right numbers in the wrong shape.", "数都对，但形状不对。"),
    "shape": Text("The shape is wrong.", "形状不对。"),
    "missing-sum": Text("A sum is missing.", "少了一次求和。"),
    "missing-mean": Text("A mean is missing.", "少了一次求平均。"),
    "axis": Text("It works along the wrong axis.", "沿错了轴。"),
    "extreme": Text(
        "Large inputs give nan or inf: an exponential overflows, or becomes 0.",
        "输入很大时得到 nan 或 inf：指数上溢，或者变成了 0。",
    ),
    "nan": Text("It returns nan where a number exists.", "这里本该有数，它却返回了 nan。"),
    "inf": Text("It returns inf where a number exists.", "这里本该有数，它却返回了 inf。"),
    "nearly": Text("Nearly right: the relative error is below 1/1000.", "几乎正确：相对误差不到千分之一。"),
    "order": Text("Right numbers in the wrong places.", "数都对，位置错了。"),
    "some": Text("Some entries are right, others are wrong.", "有的元素对，有的不对。"),
    "none": Text("It returns nothing: is the `return` missing?", "它什么也没有返回：是不是漏了 `return`？"),
    "kind": Text("It returns something other than numbers.", "它返回的不是数。"),
    "ragged": Text("Its rows have different lengths.", "它的各行长度不一。"),
    "parts": Text("It returns another number of values than asked for.", "它返回的值的个数不对。"),
    "not plain": Text(
        "It returns something other than numbers, lists or NumPy arrays.", "它返回的不是数、列表或 NumPy 数组。"
    ),
}
_WRONG = Text("The value is wrong.", "数值不对。")


def hidden_message(fault: Finding | FaultError) -> Text:
    """Return the sentence for a fault in a hidden question."""
    code = fault.code
    if isinstance(fault, FaultError):
        if code.startswith("error "):
            return _error(code.removeprefix("error "))
        return _SAID.get(
            code, fault.message
        )  # the other faults' sentences are the judge's own, without a learner's text
    if code.startswith(("mistake", "law")):
        return fault.message  # the author's words
    named = code.removeprefix(f"{fault.part} ") if fault.part else code
    said = next((text for key, text in _SAID.items() if named == key or named.startswith(f"{key} ")), _WRONG)
    return Text(f"`{fault.part}`: {said.en}", f"`{fault.part}`：{said.zh}") if fault.part else said


def _error(kind: str) -> Text:
    known = getattr(builtins, kind, None)
    if not (isinstance(known, type) and issubclass(known, BaseException)):
        return Text("It stops with an error.", "运行中出错。")
    return Text(f"It stops with {kind}.", f"运行中出错：{kind}。")
