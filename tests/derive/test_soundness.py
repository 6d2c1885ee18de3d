"""Steps that must not pass, and words that must not be taken for more than they say; one test for each symptom seen."""

import pytest

from glideslope.derive import check_document

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


@pytest.mark.parametrize("claim", [r"\frac{\partial (2C)}{\partial z_i} = 0", r"\frac{\partial (C + y_i)}{\partial z_i} = 0"])
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
