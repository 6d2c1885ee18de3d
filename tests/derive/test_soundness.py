"""Steps that must not pass, and words that must not be taken for more than they say; one test for each symptom seen."""

import re

import pytest

from glideslope.derive import check_chain, check_document

LAYERS = "$$a_i^{(l)} = f(z_i^{(l)})$$\n$$C = \\frac{1}{2} \\sum_k (a_k^{(L)} - y_k)^2$$\n"
RECURRENCE = "$$z_k^{(l)} = \\sum_i w_{ki}^{(l)} a_i^{(l-1)} + b_k^{(l)}$$\n"
BARE = (
    "The network has $L$ layers.\n$$z^{(l)} = W^{(l)} a^{(l-1)} + b^{(l)}$$\n$$a^{(l)} = f(z^{(l)})$$\n"
    "$$C = \\frac12 \\sum_k (a_k^{(L)} - y_k)^2$$\n"
)
OUTPUT = "$$a^{(L)}_i = \\frac{e^{z^{(L)}_i}}{\\sum_k e^{z^{(L)}_k}}$$\n$$C = -\\sum_i y_i \\ln a_i^{(L)}$$\n"
SUM = "Let $z \\in \\mathbb{R}^n$ and $y \\in \\mathbb{R}^n$.\n$$C = \\sum_j y_j z_j^2$$\n"
DECLARED = "Let $z^{(l)} \\in \\mathbb{R}^{n_l}$ and $y \\in \\mathbb{R}^{n_L}$.\n"


def last(text, display):
    """The status of the last step of a display after a text."""
    return check_document(f"{text}\n$${display}$$\n", path="x.md").verdicts[-1].status


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (LAYERS, r"\frac{\partial C}{\partial z_i^{(L-1)}} = 0"),
        (DECLARED + LAYERS, r"\frac{\partial C}{\partial z_i^{(L-1)}} = 0"),
        (LAYERS, r"\frac{\partial C}{\partial z_i^{(L-1)}} = 3 \frac{\partial C}{\partial a_i^{(L-1)}}"),
        (DECLARED + LAYERS, r"\frac{\partial C}{\partial z_i^{(L-1)}} = 3 \frac{\partial C}{\partial a_i^{(L-1)}}"),
        (BARE, r"\frac{\partial C}{\partial z^{(l)}} = 0"),
        (BARE, r"\frac{\partial C}{\partial z^{(l)}} = 5 \frac{\partial C}{\partial a^{(l-1)}}"),
        (OUTPUT, r"\frac{\partial C}{\partial z^{(l)}} = 0"),
        (OUTPUT, r"\frac{\partial C}{\partial z^{(l)}} = 5 \frac{\partial C}{\partial a^{(l-1)}}"),
        (RECURRENCE + LAYERS, r"\frac{\partial C}{\partial z_i^{(l)}} = 0"),
        ("", r"\frac{\partial h_t}{\partial h_{t-1}} = 0"),
        ("", r"\frac{\partial h_{t+1}^2}{\partial h_t} = 0"),
    ],
)
def test_a_frozen_layer_does_not_make_zero_equal_zero(text, claim):
    assert last(text, claim) not in ("holds", "definition")


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"\frac{\partial z_k^{(l+1)}}{\partial z_i^{(l)}} = w_{ki}^{(l+1)} f'(z_i^{(l)})", "holds"),
        (r"\frac{\partial z_k^{(l+1)}}{\partial z_i^{(l)}} = w_{ik}^{(l+1)} f'(z_i^{(l)})", "error"),
        (r"\frac{\partial C}{\partial z_i^{(l)}} = \sum_k \frac{\partial C}{\partial z_k^{(l+1)}} w_{ki}^{(l+1)} f'(z_i^{(l)})", "holds"),
        (r"\frac{\partial C}{\partial z_i^{(l)}} = \frac{\partial C}{\partial a_i^{(l)}} f'(z_i^{(l)})", "holds"),
        (r"\frac{\partial C}{\partial w_{ki}^{(l)}} = \frac{\partial C}{\partial z_k^{(l)}} a_i^{(l-1)}", "holds"),
    ],
)  # fmt: skip
def test_a_recurrence_in_the_text_carries_the_derivative_through_the_layers(claim, status):
    assert last(RECURRENCE + LAYERS, claim) == status


@pytest.mark.parametrize(
    "claim", [r"\frac{\partial (2C)}{\partial z_i} = 0", r"\frac{\partial (C + y_i)}{\partial z_i} = 0"]
)
def test_leaving_the_definitions_out_does_not_make_a_derivative_zero(claim):
    assert last(SUM, claim) != "holds"


def test_a_quantity_whose_derivative_is_spoken_of_depends_on_the_variable():
    assert last("", r"\frac{\partial (E + z^2)}{\partial z} = \frac{\partial E}{\partial z} + 2 z") == "holds"
    assert last("", r"\frac{\partial (E + z^2)}{\partial z} - \frac{\partial E}{\partial z} = 2 z") == "holds"
    assert last("", r"\frac{\partial (E + z^2)}{\partial z} + \frac{\partial E}{\partial z} = 2 z") != "holds"


def test_the_second_derivative_of_something_unknown_is_not_its_first():
    assert last("", r"\frac{\partial^2 C}{\partial z^2} = \frac{\partial C}{\partial z}") != "holds"


def test_other_entries_of_one_vector_still_stand_still():
    assert last("Let $x \\in \\mathbb{R}^n$.", r"\frac{\partial x_i}{\partial x_j} = \delta_{ij}") == "holds"
    assert last("Let $x \\in \\mathbb{R}^n$. If $i \\ne j$:", r"\frac{\partial x_i^2}{\partial x_j} = 0") == "holds"


SOFTMAX = "Let $z \\in \\mathbb{R}^n$ and $y \\in \\mathbb{R}^n$.\n$$a_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}$$\n"
LOSS = "\n$$C = -\\sum_j y_j \\ln a_j$$\n"
GRADIENT = r"\frac{\partial C}{\partial z_i} = a_i - y_i"


@pytest.mark.parametrize(
    "words",
    [
        "The entries with $y_j = 0$ do not count. We know $\\sum_j y_j = 1$.",
        "The terms vanish where $y_j = 0$. We know $\\sum_j y_j = 1$.",
        "We know $\\sum_j y_j = 1$. For all classes where $y_j = 0$ nothing is lost.",
        "标签满足 $\\sum_j y_j = 1$。在 $y_j = 0$ 处，对应的项为零。",
    ],
)
def test_a_condition_on_entries_in_prose_is_no_definition(words):
    assert last(SOFTMAX + words + LOSS, GRADIENT) == "holds"


def test_a_place_in_prose_is_no_definition():
    text = "Let $x \\in \\mathbb{R}$. The slope at $x = 0$ is of no interest."
    assert last(text, "x^2 + x = 0") not in ("holds", "definition")


def test_a_value_given_with_let_is_still_a_definition():
    assert last(SOFTMAX + "Let $y_j = 0$.", r"\sum_j y_j z_j = 0") == "holds"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("The target $y$ is one-hot.", "holds"),
        ("标签 $y$ 是独热向量。", "holds"),
        ("The target $y$ is not one-hot.", "needs-assumption"),
        ("The target $y$ isn't one-hot.", "needs-assumption"),
        ("The target $y$ need not be one-hot.", "needs-assumption"),
        ("The target $y$ does not have to be a one-hot vector.", "needs-assumption"),
        ("Whether $y$ is one-hot or not is left open.", "needs-assumption"),
        ("标签 $y$ 不是独热向量。", "needs-assumption"),
        ("标签 $y$ 不一定是独热向量。", "needs-assumption"),
        ("标签 $y$ 未必是独热的。", "needs-assumption"),
        ("无论 $y$ 是否独热。", "needs-assumption"),
    ],
)
def test_denying_one_hot_does_not_declare_it(words, status):
    assert last(SOFTMAX + words + LOSS, GRADIENT) == status


@pytest.mark.parametrize(
    ("words", "claim", "status"),
    [
        ("If $i \\ne j$, only the denominator depends on it:", r"\frac{\partial a_j}{\partial z_i} = -a_i a_j", "holds"),
        ("If $i = j$ the numerator depends on $z_i$ as well, and then:", r"\frac{\partial a_j}{\partial z_i} = a_i (1 - a_i)", "holds"),
        ("当 $i \\ne j$ 时，只有分母依赖于这个变量，由求导法则可以得到：", r"\frac{\partial a_j}{\partial z_i} = -a_i a_j", "holds"),
        ("If $i \\ne j$, only the denominator depends on it. So:", r"\frac{\partial a_j}{\partial z_i} = -a_i a_j", "not-confirmed"),
        ("If $i \\ne j$, things differ.\n\nWords of a new paragraph:", r"\frac{\partial a_j}{\partial z_i} = -a_i a_j", "error"),
        ("If $i \\ne j$, only the denominator depends on it:", r"\frac{\partial a_j}{\partial z_i} = a_i a_j", "error"),
    ],
)  # fmt: skip
def test_a_condition_holds_to_the_end_of_its_sentence_however_long(words, claim, status):
    assert last(SOFTMAX + words, claim) == status


@pytest.mark.parametrize("words", ["当 $i = j$ 时：", "If $i = j$:", "若 $i \\ne j$，"])
def test_a_condition_on_an_index_that_is_not_there_says_nothing(words):
    assert last(SOFTMAX + words, r"\frac{\partial a_i}{\partial z_i} = a_i (1 - a_i)") == "holds"
    text = SOFTMAX + words + "\n$$s_i = z_i^2 + y_i$$\n"
    assert last(text, "s_i - y_i = z_i^2") == "holds"


def test_a_reason_in_chinese_is_chinese_throughout():
    text = (
        "设 $A \\in \\mathbb{R}^{m \\times n}$, $B \\in \\mathbb{R}^{p \\times q}$, $x \\in \\mathbb{R}^n$。\n$$A x = \\sum_i x_i$$\n"
        "$$(A + B) x = A x + B x$$\n$$(x^\\top x)_i = 1$$\n$$\\sum_i (x^\\top x)_i = 3$$\n$$x \\pm 1 = x$$\n$$A^{x} = \\Box$$\n"
        "$$\\frac{\\partial f}{\\partial (x + 1)} = 2$$\n$$\\prod_{k=1}^\\infty x_k = 3$$\n"
    )
    for verdict in check_document(text, path="x.md").verdicts:
        words = re.sub(r"\$[^$]*\$|\\[A-Za-z]+", "", verdict.reason["zh"])
        assert not re.search(r"[A-Za-z]{2,}", words), verdict.reason["zh"]


CLASHING = (
    "Let $v_{i-1} \\in \\mathbb{R}^p$, $W_i \\in \\mathbb{R}^{q \\times p}$, $b_i \\in \\mathbb{R}^q$ and $k \\in \\mathbb{R}^q$.\n"
    "$$r_i = W_i v_{i-1} + b_i, \\qquad v_i = \\tanh(r_i)$$\nFor the last layer $J = k^T v_i$, with $\\bar v_i = \\frac{\\partial J}{\\partial v_i}$,"
    " so $\\bar v_i = k$ and $\\bar r_i = \\bar v_i \\odot (1 - \\tanh(r_i)^2)$.\n"
)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (CLASHING, r"\bar v_{i-1} = W_i^T \bar r_i"),
        ("A rate $\\eta(t)$ may depend on the time $t$; the rate $\\eta$ falls.\n", r"\eta(t) = \eta_i"),
        ("Let $\\mu \\in \\mathbb{R}$.\n", r"\left\langle \mu^2 \right\rangle = \left\langle \mu \right\rangle^2 + \mu"),
    ],
)  # fmt: skip
def test_a_clash_that_rests_on_a_misread_shape_is_no_finding(text, claim):
    assert last(text, claim) not in ("error", "ill-formed", "needs-assumption")


def test_shapes_that_are_declared_once_still_clash():
    text = "Let $A \\in \\mathbb{R}^{m \\times n}$, $B \\in \\mathbb{R}^{p \\times q}$ and $x \\in \\mathbb{R}^n$."
    assert last(text, "(A + B) x = A x + B x") == "ill-formed"


def test_an_estimate_described_later_is_not_grounds_for_an_error():
    text = (
        "Let $X \\in \\mathbb{R}^{n \\times p}$ and $Y \\in \\mathbb{R}^{n \\times p}$.\n"
        "$$Y^\\top X \\hat{B} = \\hat{B}^\\top X^\\top Y$$\nHere $\\hat{B} \\in \\mathbb{R}^{p \\times p}$ is the estimate.\n"
    )
    assert check_document(text, path="x.md").verdicts[0].status != "error"


@pytest.mark.parametrize(
    ("latex", "status"),
    [
        (r"\frac{\partial x^{(2)}}{\partial x^{(1)}} = 0", "not-confirmed"),  # perhaps a later layer
        (r"\frac{\partial x_2}{\partial x_1} = 0", "holds"),  # another entry
        (r"\frac{\partial (x^{(1)})^2}{\partial x^{(1)}} = 2 x^{(1)}", "holds"),
    ],
)
def test_a_number_in_brackets_may_name_a_later_layer(latex: str, status: str) -> None:
    assert [v.status for v in check_chain(latex)] == [status]


def test_what_stands_in_the_argument_counts_among_what_a_function_rests_on() -> None:
    context = r"Let $c, h \in \mathbb{R}$. $$f(h) = c + 2 (h - 1)$$"
    assert check_chain("f(h) = c + 2 h - 2", context)[0].status == "holds"
    assert check_chain("f(h) = c + 3 h - 5", context)[0].status == "error"


def test_an_integral_that_does_not_settle_leaves_an_inequality_open() -> None:
    """The samples of large $a$, where the bound fails, are the ones whose integral is not found."""
    claim = r"\int_{-\infty}^{\infty} |x - a| e^{-x^2} \, dx \le a \sqrt{\pi} + 0.01"
    assert last("Let $a > 1$.", claim) == "not-understood"
