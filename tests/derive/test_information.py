"""Entropy, cross-entropy, divergence and information, of variables and of laws named without their variable."""

from __future__ import annotations

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

CROSS = "Let $$\\mathrm{CE}(P, Q) = - E_{x \\sim P} [\\log q(x)].$$"
JOINT = "We write $$H(X, Y) = - \\sum_x \\sum_y p(x, y) \\log p(x, y)$$ for the entropy of a pair."
MASSES = "With $$p_i = P(X = i)$$ the entropy is $$H(X) = - \\sum_i p_i \\log p_i.$$"


@pytest.mark.parametrize(
    ("text", "true", "wrong"),
    [
        (CROSS, r"\mathrm{CE}(P, Q) = H(P) + D_{\mathrm{KL}}(P \| Q)", r"\mathrm{CE}(P, Q) = H(P) - D_{\mathrm{KL}}(P \| Q)"),
        (CROSS, r"\mathrm{CE}(P, Q) = H(P) + D_{\mathrm{KL}}(P \| Q)", r"\mathrm{CE}(P, Q) = H(Q) + D_{\mathrm{KL}}(P \| Q)"),
        (CROSS, r"\mathrm{CE}(P, Q) = H(P) + D_{\mathrm{KL}}(P \| Q)", r"\mathrm{CE}(P, Q) = H(P) + D_{\mathrm{KL}}(Q \| P)"),
        (CROSS, r"\mathrm{CE}(P, Q) = H(P, Q)", r"\mathrm{CE}(P, Q) = H(Q, P)"),
        (CROSS, r"D_{\mathrm{KL}}(P \| Q) \ge 0", r"D_{\mathrm{KL}}(P \| Q) \ge D_{\mathrm{KL}}(Q \| P)"),
        (CROSS, r"\mathrm{CE}(P, Q) \ge H(P)", r"\mathrm{CE}(P, Q) \ge H(Q)"),
        (JOINT, r"H(X, Y) \le H(X) + H(Y)", r"H(X, Y) \ge H(X) + H(Y)"),
        (JOINT, r"H(X, Y) - H(Y \mid X) = H(X)", r"H(X, Y) - H(Y \mid X) = H(Y)"),
        (JOINT, r"H(X, Y) - H(X) = - \sum_x \sum_y p(x, y) \log p(y \mid x)", r"H(X, Y) - H(X) = - \sum_x \sum_y p(x, y) \log p(x \mid y)"),
        (MASSES, r"H(X) = - E_{x \sim P} [\log p(x)]", r"H(X) = E_{x \sim P} [\log p(x)]"),
        (MASSES, r"H(X) + H(Y) \ge H(X, Y)", r"H(X) + H(Y) \ge 2 H(X, Y)"),
    ],
)  # fmt: skip
def test_the_standard_meaning_serves_where_a_text_gives_one_of_its_own(text: str, true: str, wrong: str) -> None:
    assert last_status(text, true) == "holds"
    assert last_status(text, wrong) != "holds"


def test_of_laws_without_a_definition() -> None:
    lines = [
        r"H(p, q) = - \sum_x p(x) \log q(x)",
        r"H(p, q) = H(p) + \mathrm{KL}(p \| q)",
        r"\mathrm{KL}(p \| q) = \sum_z p(z) \log \frac{p(z)}{q(z)}",
        r"H(p, q) \ge H(p)",
        r"H(p, q) \ge H(q)",
        r"\mathrm{KL}(p \| q) = H(p, q) + H(p)",
    ]
    found = check_document("".join(f"$${line}$$\n\n" for line in lines), path="notes.md").verdicts
    assert [v.status == "holds" for v in found] == [True, True, True, True, False, False]


def test_a_function_of_another_meaning_keeps_it() -> None:
    energy = "Let $H(q, p) = \\frac{1}{2} p^2 + \\cos q$ be the energy."
    assert last_status(energy, r"H(q, 0) = \cos q") == "holds"
    assert last_status(energy, r"H(q, 0) = \sin q") != "holds"
    assert last_status("Let $p(x) = x^2$ be a polynomial.", r"\sum_x p(x) = 1") != "holds"
