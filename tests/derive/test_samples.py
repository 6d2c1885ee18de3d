"""What is worked out once (a side of a chain, a sum, a world refused) is what would be worked out again."""

import os
import subprocess
import sys

import pytest

from glideslope.derive import check_chain
from glideslope.derive.document import Reader
from glideslope.derive.evaluation.arithmetic import Arithmetic
from glideslope.derive.evaluation.evaluate import Evaluator
from glideslope.derive.evaluation.numbers import DomainError
from glideslope.derive.evaluation.sample import World
from glideslope.derive.evaluation.samples import Sample, Samples
from glideslope.derive.evaluation.values import Mat
from glideslope.derive.judging.compare import Question, compare, residual
from glideslope.derive.meaning.context import Context
from glideslope.derive.reading.contents import contents
from glideslope.derive.reading.dimensions import Dimensions
from glideslope.derive.reading.reading import Reading
from glideslope.derive.source.extract import read_source
from glideslope.derive.syntax.parser import parse
from glideslope.derive.syntax.tree import Node, free_symbols, walk

VECTORS = r"Let $x, w \in \mathbb{R}^n$ and $A \in \mathbb{R}^{n \times n}$."
SOFTMAX = r"Let $z \in \mathbb{R}^n$ and $a_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$."


def statuses(latex, context=""):
    return [v.status for v in check_chain(latex, context)]


def counted(monkeypatch, owner, name):
    """The nodes a method is asked for, in a list that fills up."""
    seen, method = [], getattr(owner, name)

    def count(self, node, bind, scope):
        seen.append(node)
        return method(self, node, bind, scope)

    monkeypatch.setattr(owner, name, count)
    return seen


# -- the steps of a chain -------------------------------------------------------------------------------------------


def test_the_middle_of_a_chain_is_evaluated_once(monkeypatch):
    """Three sides alike take three parts of the work, two steps apart four."""
    seen = counted(monkeypatch, Evaluator, "eval")
    sides, context, work = ["(p + q) (p + q)", "(q + p) (q + p)", "(p + q) (q + p)"], r"Let $p, q \in \mathbb{R}$.", []
    for latex in (" = ".join(sides), " = ".join(sides[:2]), " = ".join(sides[1:])):
        seen.clear()
        assert set(statuses(latex, context)) == {"holds"}
        work.append(len(seen))
    assert work[0] * 4 == (work[1] + work[2]) * 3


@pytest.mark.parametrize(
    ("sides", "context"),
    [
        (["(p + q)^2", "p^2 + 2 p q + q^2", "p^2 + p q + q^2"], r"Let $p, q \in \mathbb{R}$."),
        ([r"\sum_i x_i w_i", r"w^\top x", r"w^\top w"], VECTORS),
        ([r"\sum_j A_{ij} x_j", r"(A x)_i", r"(A^\top x)_i"], VECTORS),
        ([r"\frac{\partial a_i}{\partial z_i}", "a_i (1 - a_i)", "a_i (1 + a_i)"], SOFTMAX),
    ],
)
def test_a_wrong_step_after_a_true_one_is_judged_as_if_it_stood_alone(sides, context):
    chain = check_chain(" = ".join(sides), context)
    alone = check_chain(" = ".join(sides[1:]), context)
    assert chain[0].status == "holds"
    assert chain[-1].status != "holds"
    assert chain[-1].counterexample == alone[-1].counterexample


def test_what_was_guessed_in_one_step_is_not_hidden_from_the_next():
    """Nothing says how C depends on u: the slope is unknown in the second step as it is in the first."""
    context = r"Let $u, v \in \mathbb{R}$ and $C = g + v^2$."
    slope = r"\frac{\partial C}{\partial u}"
    assert "holds" not in statuses(rf"2 {slope} = {slope} + {slope} = 0", context)[1:]


def test_a_step_that_fails_where_the_one_before_stood_is_judged_in_worlds_of_its_own():
    reader = Reader(read_source(VECTORS))
    reader.report()
    sides, samples = [parse(latex) for latex in ("x_i w_i", "w_i x_i", "x_i w_i")], Samples()
    assert compare(Question(*sides[:2]), reader.context, reader.dimensions, samples=samples).kind == "equal"
    for sample in samples.worlds.values():
        sample._found = dict.fromkeys(sample._found, 7.0)
    assert compare(Question(*sides[1:]), reader.context, reader.dimensions, samples=samples).kind == "equal"


def test_a_value_is_kept_for_its_place_and_its_side_only():
    reader = Reader(read_source(VECTORS))
    reader.report()
    left, right, other = (parse(latex) for latex in ("x_i w_i", "w_i x_i", "w_i w_i"))
    reading = Reading(contents((left, right), reader.context), reader.context, reader.dimensions)
    sample = Sample(Evaluator(reading, World(0)))
    before = {k: sample.at(left, right, {"i": k})[1] for k in (1, 2)}
    sample.serves(right)
    sample.resume(1000)
    assert [sample.at(right, other, {"i": k})[0] for k in (1, 2)] == [before[1], before[2]]
    assert sample.at(right, other, {"i": 3})[0] not in before.values()
    assert sample.at(other, right, {"i": 1})[0] != before[1]


# -- sums -----------------------------------------------------------------------------------------------------------


def test_a_sum_without_the_free_letter_is_gathered_once_a_world(monkeypatch):
    seen = counted(monkeypatch, Arithmetic, "_gathered")
    assert statuses(r"\ln a_i = z_i - \ln \sum_k e^{z_k}", SOFTMAX) == ["holds"]
    assert len(seen) == 2 * 3  # the sum of the claim and that of the definition, in three worlds


@pytest.mark.parametrize(
    ("latex", "context"),
    [
        (r"\sum_j A_{ij} x_j = \sum_j A_{1j} x_j", VECTORS),
        (r"\sum_j A_{ij} x_j = \sum_j A_{ji} x_j", VECTORS),
        (r"f(2) = f(3)", r"Let $x, c \in \mathbb{R}^n$. Let $f(t) = \sum_k c_k t^k$."),
        (r"f(p) = f(q)", r"Let $p, q \in \mathbb{R}$, $c \in \mathbb{R}^n$. Let $f(t) = \sum_k c_k t^k$."),
        (r"\frac{\partial}{\partial x_i} \sum_k x_k^2 = 2 x_1", VECTORS),
        (r"\sum_i \sum_j x_i w_j = \sum_i \sum_j x_i w_i", VECTORS),
    ],
)
def test_a_sum_is_not_taken_for_the_one_at_another_place(latex, context):
    assert "holds" not in statuses(latex, context)


@pytest.mark.parametrize(
    ("latex", "context"),
    [
        (r"\frac{\partial}{\partial x_i} \sum_k x_k^2 = 2 x_i", VECTORS),
        (r"\sum_i \sum_j x_i w_j = \left( \sum_i x_i \right) \sum_j w_j", VECTORS),
        (r"f(x) + f(w) = x^\top x + w^\top w", VECTORS + r" For $v \in \mathbb{R}^n$ let $f(v) = \sum_k v_k^2$."),
        (r"f(2) - f(1) = \sum_k c_k (2^k - 1)", r"Let $c \in \mathbb{R}^n$. Let $f(t) = \sum_k c_k t^k$."),
    ],
)
def test_sums_kept_under_their_letters_hold_where_they_should(latex, context):
    assert statuses(latex, context) == ["holds"]


# -- worlds the text forbids ----------------------------------------------------------------------------------------


def test_worlds_refused_for_one_claim_are_refused_for_another_and_change_nothing():
    reader = Reader(read_source("Let $p, q, r > 0$ with $p < q$ and $q < r$."))
    reader.report()
    rejected = set()
    for right in ("q p", "p + q", "p q + r"):
        question = Question(parse("p q"), parse(right))
        plain = compare(question, reader.context, reader.dimensions)
        kept = compare(question, reader.context, reader.dimensions, rejected=rejected)
        assert (kept.kind, kept.points, kept.worlds) == (plain.kind, plain.points, plain.worlds)
    assert rejected


def test_a_claim_that_holds_without_the_inequalities_still_does_when_every_world_was_refused():
    context = Context()
    x, y = parse("x"), parse("y")
    context.orderings = [Node("rel", (x, y), "<"), Node("rel", (y, x), "<")]
    rejected = set()
    for _ in range(2):
        outcome = compare(Question(parse("x y"), parse("y x")), context, Dimensions(), rejected=rejected)
        assert outcome.kind == "equal"


# -- trees and numbers ----------------------------------------------------------------------------------------------


def test_a_walk_is_the_same_each_time_and_a_changed_node_has_its_own():
    node = parse(r"\sum_i (x_i + y)^2")
    assert [n.op for n in walk(node)] == [n.op for n in walk(node)]
    assert next(walk(node)) is node
    assert free_symbols(node) == {"x", "y"}
    part = node.args[-1]
    moved = node.at(3, 7)
    assert next(walk(moved)) is moved
    assert part in list(walk(node))


@pytest.mark.parametrize(("a", "b"), [(1.0, 1.0 + 1e-9), (1.0, 1.0 + 1e-7), (0.0, 1e-12), (0.0, 1e-10), (3, 3.0)])
def test_two_numbers_differ_as_two_columns_of_them_do(a, b):
    assert residual(a, b) == residual(Mat(1, 2, [a, a]), Mat(1, 2, [b, b]))


@pytest.mark.parametrize("strange", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_no_sample(strange):
    for pair in ((strange, 1.0), (1.0, strange), (strange, strange)):
        with pytest.raises(DomainError):
            residual(*pair)


@pytest.mark.slow
def test_the_name_told_is_the_same_in_every_run():
    """Sets of names have another order in another process."""
    program = (
        "from glideslope.derive import check_chain\n"
        r"print(check_chain(r'1 - \alpha \beta \gamma \rho = \alpha + \beta + \kappa + \tau')[-1].reason['en'])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert len(said) == 1
