"""Letters in bold: what a sum runs over, several letters in one font, an operator in braces of its own."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

JOINT = r"p(\mathbf{X}, \mathbf{Z} \mid \theta)"


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        (r"\log p(\mathbf{X} \mid \theta) = \log \sum_{\mathbf{Z}} " + JOINT, True),
        (r"\log p(\mathbf{X} \mid \theta) = \log \sum_{\boldsymbol{Z} \in \mathcal{Z}} " + JOINT, True),
        (r"\log p(\mathbf{X} \mid \theta) = \log \sum_{\mathbf{X}} " + JOINT, False),
        (r"\log p(\mathbf{X} \mid \theta) = \sum_{\mathbf{Z}} \log " + JOINT, False),
        (r"p(\mathbf{x}) = \sum_{\mathbf{y}, \mathbf{z}} p(\mathbf{x, y, z})", True),
        (r"p(\mathbf{x}) = \sum_{\mathbf{y}} p(\mathbf{x, y, z})", False),
        (r"p(\mathbf{x, z}) = p(\mathbf{x} \mid \mathbf{z}) p(\mathbf{z})", True),
        (r"p(\mathbf{x, z}) = p(\mathbf{x} \mid \mathbf{z}) p(\mathbf{x})", False),
        (r"\log p(\mathbf{X}) = \log \mathop{\mathbb{E}}_{q(\mathbf{Z})} \left[ \frac{p(\mathbf{X, Z})}{q(\mathbf{Z})} \right]", True),
        (r"\log p(\mathbf{X}) = \log \mathop{\mathbb{E}}_{p(\mathbf{Z})} \left[ \frac{p(\mathbf{X, Z})}{q(\mathbf{Z})} \right]", False),
        (r"\log p(\mathbf{X}) = \mathop{\mathbb{E}}_{q(\mathbf{Z})} \left[ \log \frac{p(\mathbf{X, Z})}{q(\mathbf{Z})} \right]", False),
    ],
)  # fmt: skip
def test_letters_in_bold(claim: str, holds: bool) -> None:
    """A sum over all values of a variable in bold is a claim that can fail."""
    status = last_status("Let $q$ be any distribution.", claim)
    assert (status == "holds") is holds, status
    assert status != "error"


def test_a_repair_keeps_to_its_letters() -> None:
    """The letters that share a font keep their places in the text."""
    status = last_status(
        r"Let $\mathbf{a}, \mathbf{b} \in \mathbb{R}^3$.", r"f(\mathbf{a, b}) = \mathbf{a}^\top \mathbf{b}"
    )
    assert status == "definition"


def test_an_operator_keeps_its_braces() -> None:
    """What is shown of a side is the author's own, with all its braces."""
    claim = r"\mathop{\mathbb{E}}_{p(z)} [2 z] = 2 \mathop{\mathbb{E}}_{p(z)} [z]"
    verdict = check_document(f"$$\n{claim}\n$$\n").verdicts[-1]
    assert verdict.status == "holds"
    assert verdict.previous + " = " + verdict.latex == claim
