"""The faults of a call, each as a sentence in both languages: not written, raised, too slow, mutating, not plain.

The judge composes these sentences from bare facts (the error's type, its text, a line), so that the same sentence
appears whether the call ran in the learner's kernel or in a sandboxed child.
"""

from typing import Any

import numpy as np

from glideslope.exercise import Text
from glideslope.grade.finding import FaultError
from glideslope.grade.show import show

__all__ = [
    "changed_arguments",
    "fault_arguments",
    "fault_changed",
    "fault_error",
    "fault_interrupted",
    "fault_limit",
    "fault_missing",
    "fault_not_plain",
    "fault_timeout",
]

MAX_TEXT = 300


def fault_error(function: str, kind: str, text: str, line: int = 0, source: str = "") -> FaultError:
    """Return the fault for an exception of type `kind`, raised at `line` of the learner's cell (0: unknown)."""
    text = " ".join(text.split())[:MAX_TEXT]
    if kind == "NotImplementedError":
        return FaultError(
            "wrong",
            "unwritten",
            Text(
                "Not written yet: replace `raise NotImplementedError` by your own lines.",
                "还没有写：请把 `raise NotImplementedError` 换成你自己的代码。",
            ),
        )
    place = Text(f" in line {line} (`{source}`)" if line else "", f"第 {line} 行（`{source}`）" if line else "")
    said = f": {text}" if text else ""
    advice = _ADVICE.get(kind, Text("", ""))
    return FaultError(
        "error",
        f"error {kind}",
        Text(
            f"`{function}` stops with {kind}{place.en}{said}{'' if said.endswith('.') else '.'}{advice.en}",
            f"`{function}` 在{place.zh or '运行中'}出错，{kind}{said.replace(': ', '：', 1)}。{advice.zh}",
        ),
        got=f"{kind}{said}",
    )


_ADVICE = {
    "NameError": Text(
        " Run the cell that defines it, or define it here.", "请先运行定义它的单元格，或者在这里定义它。"
    ),
    "RecursionError": Text(
        " It calls itself without end: which input stops the recursion?", "它在无止境地调用自己：递归在什么输入下停止？"
    ),
    "MemoryError": Text(" Which array is larger than it needs to be?", "哪个数组大得没有必要？"),
    "SystemExit": Text(" Return a value instead of leaving Python.", "请返回结果，不要退出 Python。"),
}


def fault_arguments(function: str, expected: int) -> FaultError:
    """Return the fault for a function that cannot be called with this number of arguments."""
    return FaultError(
        "error",
        "arguments",
        Text(
            f"`{function}` is called with {expected} argument{'s' * (expected != 1)} and its `def` line does not take that many; put the first line back.",
            f"调用 `{function}` 时会传入 {expected} 个参数，而它的 `def` 行接收的个数不同；请恢复第一行。",
        ),
    )


def fault_timeout(function: str, seconds: float) -> FaultError:
    """Return the fault for a call that ran into its time limit."""
    return FaultError(
        "timeout",
        "timeout",
        Text(
            f"`{function}` was still running after {seconds:g} s and was stopped: is there a loop that never ends?",
            f"`{function}` 运行了 {seconds:g} 秒还没有结束，已被停止：是不是有一个循环永远不会结束？",
        ),
    )


def fault_interrupted(function: str) -> FaultError:
    """Return the fault for a call the learner interrupted."""
    return FaultError(
        "timeout",
        "interrupted",
        Text(f"You stopped `{function}` while it was running.", f"`{function}` 正在运行时被你停止了。"),
    )


def fault_not_plain(function: str, what: Text) -> FaultError:
    """Return the fault for a value that is not plain."""
    return FaultError(
        "wrong",
        "not plain",
        Text(
            f"`{function}` returns {what.en}; return numbers, lists or NumPy arrays.",
            f"`{function}` 返回的是{what.zh}；请返回数、列表或 NumPy 数组。",
        ),
        got=what.en,
    )


def fault_missing(function: str) -> FaultError:
    """Return the fault for a submission that does not define the function."""
    return FaultError(
        "wrong",
        "missing",
        Text(f"There is no function `{function}` in what was handed in.", f"提交的内容里没有函数 `{function}`。"),
    )


def fault_limit(status: str, function: str) -> FaultError:
    """Return the fault for a call that needed more memory, or printed more, than is allowed."""
    said = {
        "memory": Text(
            f"`{function}` needs more memory than there is: which array is larger than it needs to be?",
            f"`{function}` 需要的内存超出了限制：哪个数组大得没有必要？",
        ),
        "output": Text(f"`{function}` prints too much.", f"`{function}` 打印的内容太多。"),
    }
    return FaultError(status, status, said[status])


def fault_changed(function: str, position: int, names: tuple[str, ...], before: Any, after: Any) -> FaultError:
    """Return the fault for a function that changed its argument number `position`."""
    name = names[position] if position < len(names) else f"argument {position + 1}"
    return FaultError(
        "wrong",
        f"changed {position}",
        Text(
            f"`{function}` changes its input `{name}`: work on a copy, or write `{name} = {name} - …` instead of `{name} -= …`.",
            f"`{function}` 改动了它的输入 `{name}`：请在副本上计算，或者把 `{name} -= …` 写成 `{name} = {name} - …`。",
        ),
        got=f"{name} = {show(after)} afterwards",
        wanted=f"{name} = {show(before)}",
    )


def changed_arguments(before: tuple[Any, ...], after: tuple[Any, ...]) -> int | None:
    """Return the position of the first argument that is no longer what it was, or None."""
    for position, (old, new) in enumerate(zip(before, after, strict=True)):
        if isinstance(old, np.ndarray):
            if not _same_array(old, new):
                return position
        elif old != new:
            return position
    return None


def _same_array(old: np.ndarray, new: Any) -> bool:
    if type(new) is not np.ndarray or old.shape != new.shape:
        return False
    if old.dtype == new.dtype and old.tobytes() == new.tobytes():
        return True  # the usual case, seen without arithmetic
    return np.array_equal(old, new, equal_nan=old.dtype.kind == "f")
