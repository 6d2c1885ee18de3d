"""Every detail the checker can give has Chinese words: the details are read from the checker's own source."""

import ast
import re
from pathlib import Path

import glideslope.derive
from glideslope.derive.exercise import Derivation, State, judge_line
from glideslope.derive.judging.chinese import detail_zh

RAISED = {"ParseError", "NotUnderstood", "ShapeClash", "DomainError", "Budget"}
GENERAL = "这种写法目前不在可读范围内"
FILLED = "3×2"  # stands for what a detail names


def details() -> set[str]:
    """The texts given to the errors of the rooms, with names filled in."""
    found: set[str] = set()
    for path in Path(glideslope.derive.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED
            method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "error"
            if (named or method) and node.args:
                found |= texts(node.args[0])
    return found


def texts(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.JoinedStr):
        return {"".join(p.value if isinstance(p, ast.Constant) else FILLED for p in node.values)}
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return set()


def test_every_detail_has_chinese_words() -> None:
    found = details()
    assert len(found) > 80
    found = {d for d in found if "Jupyter" not in d and "offset" not in d}  # of a file; of any detail
    english = {
        d: detail_zh(d) for d in found if re.search(r"[A-Za-z]{3}", detail_zh(d).replace(r"\mathrm{softmax}", ""))
    }
    assert english == {}
    assert {d for d in found if detail_zh(d) == GENERAL} == set()


def test_a_line_that_cannot_be_read_is_told_in_both_languages_without_an_offset() -> None:
    exercise = Derivation.from_json({"given": "$x \\in \\mathbb{R}$", "start": "x^2", "goals": ["x \\cdot x"]})
    for latex in ("= x + \\partial", "= (x", "= x^{}"):
        reason = judge_line(exercise, State(), latex).reason
        assert "offset" not in reason["en"]
        assert not re.search("[A-Za-z]{3}|个字符", reason["zh"]), reason
