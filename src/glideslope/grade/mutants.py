"""Make wrong programs out of a right one: flip a sign, change an axis, drop a term, transpose, be off by one.

Each mutant changes one place of the solution's syntax tree. A check that lets a mutant pass asks too little,
unless the mutant computes the same thing: then the exercise lists it, with the reason, in `equivalent.toml`.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

__all__ = ["Mutant", "mutants"]


@dataclass(frozen=True)
class Mutant:
    """A changed program: what was done (`sign`, `axis`, …), the statement before and after, the whole source."""

    kind: str
    before: str
    after: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Return all single-place mutants of a program, without duplicates, in the order of the text.

    Example:
        >>> [mutant.after for mutant in mutants("y = a + b")]
        ['y = a - b', 'y = a', 'y = b']
    """
    tree = ast.parse(source)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.keyword)]
    found: dict[str, Mutant] = {}
    for position, node in enumerate(nodes):
        for kind, change in _changes(node):
            mutant = _apply(tree, position, kind, change)
            if mutant is not None:
                found.setdefault(mutant.source, mutant)
    original = ast.unparse(tree)
    return [mutant for text, mutant in found.items() if text != original]


Change = Callable[[ast.AST], ast.AST]


def _apply(tree: ast.Module, position: int, kind: str, change: Change) -> Mutant | None:
    changed = copy.deepcopy(tree)
    nodes = [node for node in ast.walk(changed) if isinstance(node, ast.expr | ast.keyword)]
    target = nodes[position]
    statement = _statement_of(changed, target)
    if statement is None:
        return None
    before = ast.unparse(statement)
    _replace(changed, target, change(target))
    ast.fix_missing_locations(changed)
    return Mutant(kind, before, ast.unparse(statement), ast.unparse(changed))


def _statement_of(tree: ast.Module, target: ast.AST) -> ast.stmt | None:
    """Return the innermost simple statement that holds the target; definitions and docstrings are left alone."""
    for statement in ast.walk(tree):
        simple = isinstance(statement, ast.Assign | ast.AugAssign | ast.Return)
        if simple and any(node is target for node in ast.walk(statement)):
            return statement  # type: ignore[return-value]
    return None


def _replace(tree: ast.AST, target: ast.AST, replacement: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, replacement)
                return
            if isinstance(value, list):
                for index, item in enumerate(value):
                    if item is target:
                        value[index] = replacement
                        return


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.BinOp):
        yield from _of_operator(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        yield "sign", lambda old: old.operand  # type: ignore[attr-defined]
    if isinstance(node, ast.keyword) and node.arg == "axis" and isinstance(node.value, ast.Constant):
        yield "axis", _with_axis(None)
        if node.value.value in (0, 1, -1):
            yield "axis", _with_axis(0 if node.value.value in (1, -1) else 1)
    if isinstance(node, ast.keyword) and node.arg == "keepdims":
        yield "axis", lambda old: ast.keyword("keepdims", ast.Constant(False))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "off by one", lambda old: ast.Constant(old.value + 1)  # type: ignore[attr-defined]
        yield "off by one", lambda old: ast.Constant(old.value - 1)  # type: ignore[attr-defined]
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transposed", lambda old: old.value  # type: ignore[attr-defined]
    if isinstance(node, ast.Call):
        yield from _of_call(node)


def _of_operator(node: ast.BinOp) -> Iterator[tuple[str, Change]]:
    swaps: dict[type, ast.operator] = {
        ast.Add: ast.Sub(), ast.Sub: ast.Add(), ast.Mult: ast.Div(), ast.Div: ast.Mult()
    }  # fmt: skip
    other = swaps.get(type(node.op))
    if other is not None:
        yield "sign" if isinstance(node.op, ast.Add | ast.Sub) else "factor", _with_operator(other)
        yield "dropped term", lambda old: old.left  # type: ignore[attr-defined]
        if not (isinstance(node.op, ast.Div) and isinstance(node.left, ast.Constant)):
            yield "dropped term", lambda old: _right(old)
    if isinstance(node.op, ast.MatMult):
        yield "transposed", lambda old: ast.BinOp(_transposed(old.left), ast.MatMult(), old.right)  # type: ignore[attr-defined]
        yield "transposed", lambda old: ast.BinOp(old.left, ast.MatMult(), _transposed(old.right))  # type: ignore[attr-defined]
        yield "transposed", lambda old: ast.Attribute(old, "T", ast.Load())  # type: ignore[arg-type]


def _right(old: ast.AST) -> ast.expr:
    assert isinstance(old, ast.BinOp)
    if isinstance(old.op, ast.Sub):
        return ast.UnaryOp(ast.USub(), old.right)
    if isinstance(old.op, ast.Div):
        return ast.BinOp(ast.Constant(1.0), ast.Div(), old.right)
    return old.right


def _of_call(node: ast.Call) -> Iterator[tuple[str, Change]]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    is_method = isinstance(node.func, ast.Attribute) and not _is_module(node.func.value)
    swaps = {"sum": "mean", "mean": "sum", "max": "min", "min": "max", "exp": "expm1", "log": "log1p"}
    if name in swaps and isinstance(node.func, ast.Attribute):
        yield "other function", _with_method(swaps[name])
    if name in ("sum", "mean", "max") and is_method:
        yield "dropped sum", lambda old: old.func.value  # type: ignore[attr-defined]
    if name in ("sum", "mean", "exp", "log") and not is_method and node.args:
        yield "dropped function", lambda old: old.args[0]  # type: ignore[attr-defined]


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "numpy", "math")


def _transposed(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else ast.Attribute(node, "T", ast.Load())


def _with_axis(axis: int | None) -> Change:
    return lambda old: ast.keyword("axis", ast.Constant(axis))


def _with_operator(operator: ast.operator) -> Change:
    return lambda old: ast.BinOp(old.left, operator, old.right)  # type: ignore[attr-defined]


def _with_method(name: str) -> Change:
    def change(old: ast.AST) -> ast.AST:
        assert isinstance(old, ast.Call)
        assert isinstance(old.func, ast.Attribute)
        return ast.Call(ast.Attribute(old.func.value, name, ast.Load()), old.args, old.keywords)

    return change
