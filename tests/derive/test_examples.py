"""A formula given for one example is read for each of them; functions with an index and several arguments."""

from __future__ import annotations

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

LINE = "The data are $(x_i, y_i)$, the model is $\\hat y = a x + b$."
NEURON = (
    "We predict $\\hat y = \\sigma(w^\\top x + b)$ with $\\sigma(z) = 1 / (1 + e^{-z})$ and pay "
    "$\\ell(\\hat y, y) = - y \\log \\hat y - (1 - y) \\log (1 - \\hat y)$. Over the data $(x_i, y_i)$ that makes\n\n"
    "$$J = \\frac{1}{m} \\sum_{i=1}^m \\ell(\\hat y_i, y_i)$$"
)
LAYERS = (
    "The data are $(x_i, y_i)$. With $x \\in \\mathbb{R}^d$, $W \\in \\mathbb{R}^{k \\times d}$ and $h, c \\in \\mathbb{R}^k$ let $h = \\tanh(W x + c)$ and $\\hat y = v^\\top h$."
)
BOLD = (
    "We predict $\\hat y = \\mathbf{w}^\\top \\mathbf{x} + b$, where $\\mathbf{x}, \\mathbf{w} \\in \\mathbb{R}^d$. An example $(\\mathbf{x}^{(i)}, y^{(i)})$ costs\n\n"
    "$$l^{(i)}(\\mathbf{w}, b) = \\frac{1}{2} (\\hat y^{(i)} - y^{(i)})^2$$\n\nand all of them\n\n"
    "$$L(\\mathbf{w}, b) = \\frac{1}{n} \\sum_{i=1}^n l^{(i)}(\\mathbf{w}, b)$$"
)


@pytest.mark.parametrize(
    ("words", "true", "wrong"),
    [
        (LINE, r"\sum_{i=1}^n \hat y_i = a \sum_{i=1}^n x_i + n b", r"\sum_{i=1}^n \hat y_i = a \sum_{i=1}^n x_i + b"),
        (LINE, r"\frac{\partial}{\partial a} \sum_{i=1}^n (y_i - \hat y_i)^2 = - 2 \sum_{i=1}^n (y_i - \hat y_i) x_i",
               r"\frac{\partial}{\partial a} \sum_{i=1}^n (y_i - \hat y_i)^2 = - 2 \sum_{i=1}^n (y_i - \hat y_i) x"),
        (LINE, r"\frac{\partial}{\partial b} \sum_{i=1}^n (y_i - \hat y_i)^2 = - 2 \sum_{i=1}^n (y_i - \hat y_i)",
               r"\frac{\partial}{\partial b} \sum_{i=1}^n (y_i - \hat y_i)^2 = 2 \sum_{i=1}^n (y_i - \hat y_i)"),
        (NEURON, r"\frac{\partial J}{\partial w} = \frac{1}{m} \sum_{i=1}^m (\hat y_i - y_i) x_i",
                 r"\frac{\partial J}{\partial w} = \frac{1}{m} \sum_{i=1}^m (y_i - \hat y_i) x_i"),
        (NEURON, r"\frac{\partial J}{\partial b} = \frac{1}{m} \sum_{i=1}^m (\hat y_i - y_i)",
                 r"\frac{\partial J}{\partial b} = \sum_{i=1}^m (\hat y_i - y_i)"),
        (LAYERS, r"\sum_{i=1}^n \hat y_i = \sum_{i=1}^n v^\top \tanh(W x_i + c)", r"\sum_{i=1}^n \hat y_i = \sum_{i=1}^n v^\top \tanh(W x_i - c)"),
        (LAYERS, r"\frac{\partial}{\partial v} \sum_{i=1}^n \hat y_i = \sum_{i=1}^n h_i", r"\frac{\partial}{\partial v} \sum_{i=1}^n \hat y_i = \sum_{i=1}^n x_i"),
        (BOLD, r"\frac{\partial L}{\partial \mathbf{w}} = \frac{1}{n} \sum_{i=1}^n (\hat y^{(i)} - y^{(i)}) \mathbf{x}^{(i)}",
               r"\frac{\partial L}{\partial \mathbf{w}} = \frac{1}{n} \sum_{i=1}^n (\hat y^{(i)} - y^{(i)})"),
        (BOLD, r"L(\mathbf{w}, b) = \frac{1}{2 n} \sum_{i=1}^n (\mathbf{w}^\top \mathbf{x}^{(i)} + b - y^{(i)})^2",
               r"L(\mathbf{w}, b) = \frac{1}{2 n} \sum_{i=1}^n (\mathbf{w}^\top \mathbf{x}^{(i)} - b - y^{(i)})^2"),
        ("Let $s = a + b$ and $q = s^2$.", r"\sum_{i=1}^n q_i = \sum_{i=1}^n (a_i^2 + 2 a_i b_i + b_i^2)", r"\sum_{i=1}^n q_i = (\sum_{i=1}^n s_i)^2"),
    ],
)  # fmt: skip
def test_a_formula_is_read_for_each_example(words: str, true: str, wrong: str) -> None:
    assert last_status(words, true) == "holds"
    assert last_status(words, wrong) != "holds"


def test_entries_of_a_vector_stay_entries() -> None:
    words = "With $x \\in \\mathbb{R}^d$ and $h, c \\in \\mathbb{R}^k$ let $h = W x + c$."
    assert last_status(words, r"h_i = \sum_j W_{ij} x_j + c_i") == "holds"
    assert last_status(words, r"h_i = \sum_j W_{ji} x_j + c_i") != "holds"
    assert last_status(words, r"h_i = W x_i + c_i") != "holds"


def test_a_text_that_has_shown_what_an_example_is_can_be_wrong_about_it() -> None:
    lines = [
        r"\frac{\partial J}{\partial b} = \frac{1}{m} \sum_{i=1}^m (\hat y_i - y_i)",
        r"\frac{\partial J}{\partial w} = \frac{1}{m} \sum_{i=1}^m (y_i - \hat y_i) x_i",
    ]
    found = check_document(NEURON + "".join(f"\n\n$${line}$$\n" for line in lines), path="notes.md").verdicts
    assert [v.status for v in found[-2:]] == ["holds", "error"]


def test_a_parameter_is_the_same_for_all() -> None:
    assert last_status(LINE, r"\sum_{i=1}^n \hat y_i = \sum_{i=1}^n (a_i x_i + b)") != "holds"


def test_several_arguments_after_an_index() -> None:
    words = "Let $f_k(x, y) = k x y^2$."
    assert last_status(words, r"\frac{\partial f_k(x, y)}{\partial y} = 2 k x y") == "holds"
    assert last_status(words, r"\frac{\partial f_k(x, y)}{\partial y} = k x y") != "holds"
