"""Definitions are found by their heads: the text may define x_1, x_2, … by the thousand."""

from glideslope.derive.meaning.context import Context, Definition
from glideslope.derive.syntax.tree import Node


def _number(k: int) -> Node:
    return Node("num", (), k)


def _define(context: Context, *head: Node) -> Definition:
    definition = Definition("x", head, _number(0))
    context.define(definition)
    return definition


def test_only_the_definition_asked_for_is_looked_at() -> None:
    context = Context()
    made = [_define(context, _number(k)) for k in range(100)]
    pair = _define(context, _number(7), _number(8))
    every = _define(context, Node("sym", (), "i"))
    assert [*context.defined_at("x", (_number(7),))] == [every, made[7]]
    assert [*context.defined_at("x", (Node("group", (_number(7),)), _number(8)))] == [every, made[7], pair]
    assert [*context.defined_at("x", ())] == [every]


def test_what_is_forgotten_or_added_later_is_known() -> None:
    context = Context()
    first = _define(context, _number(1))
    assert [*context.defined_at("x", (_number(1),))] == [first]
    fork = context.fork()
    second = _define(fork, _number(2))
    assert [*fork.defined_at("x", (_number(2),))] == [second]
    assert [*context.defined_at("x", (_number(2),))] == []
    context.open_section(1)  # numbers put into an example
    assert [*context.defined_at("x", (_number(1),))] == []
    assert context.kinds("x") == set()
    assert fork.kinds("x") == {"symbol"}
