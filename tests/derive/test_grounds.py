"""What counts as evidence: quantities said to be probabilities, functions a line introduces, letters in a sum's body."""

import pytest

from glideslope.derive import check_chain, check_document

CHAIN = (
    r"A chain has $K$ states, $T \in \mathbb{R}^{K \times K}$, $T_{ij} = p(s' = j \mid s = i)$, and $m \in \mathbb{R}^K$. "
    r"The new message is $$n = T^\top m$$"
)


def test_a_matrix_of_probabilities_is_any_matrix_where_the_claim_speaks_of_none():
    assert [v.status for v in check_chain(r"n_j = \sum_i T_{ij} m_i", CHAIN)] == ["holds"]
    wrong = check_chain(r"n_j = \sum_i T_{lj} m_i", CHAIN)[-1]
    assert (wrong.status, wrong.repairs[0].kind) == ("ill-formed", "index")


def test_without_a_repair_a_quantity_of_chance_raises_no_alarm():
    verdict = check_chain(r"n_j = 7 \sum_i T_{ij}^3 \sin(m_i)^2", CHAIN)[-1]
    assert verdict.status in ("not-confirmed", "not-understood")


def test_a_claim_about_the_probabilities_themselves_is_left_open():
    verdict = check_chain(r"\sum_j T_{ij} = \sum_j p(s' = j \mid s = i)", CHAIN)[-1]
    assert verdict.status in ("holds", "not-confirmed", "not-understood")


def test_a_name_with_a_label_and_letters_in_brackets_is_a_new_function():
    text = r"Let $u, v \in \mathbb{R}^n$. $$s_{\text{out}}(g) = g \odot u + (1 - g) \odot v$$"
    assert [v.status for v in check_chain(r"s_{\text{out}}(\mathbf{1}) = u", text)] == ["holds"]
    assert [v.status for v in check_chain(r"s_{\text{out}}(\mathbf{1}) = v", text)] == ["error"]


@pytest.mark.parametrize("claim", [r"a(b) = ab", r"a(b) = b a", r"c(a) = a c"])
def test_a_factor_before_a_bracket_stays_a_factor(claim):
    report = check_document(r"Let $a, b, c \in \mathbb{R}$." + f"\n\n$$\n{claim}\n$$\n")
    assert [v.status for v in report.verdicts] == ["holds"]


def test_another_letter_in_the_body_of_a_sum_is_found_as_an_index():
    context = r"Let $0 < p < 1$, let $n \ge 2$ be an integer and $m$ an integer with $0 \le m \le n$."
    verdict = check_chain(r"\sum_{k=0}^n \binom{n}{k} p^m (1-p)^{n-m} = 1", context)[-1]
    assert verdict.status == "error"
    assert [r.kind for r in verdict.repairs] == ["index"]
    assert "p^k (1-p)^{n-k}" in verdict.repairs[0].after


def test_no_repair_repeats_the_line_before():
    verdict = check_chain(r"a + b = a", r"Let $a, b \in \mathbb{R}$.")[-1]
    assert verdict.status == "error"
    assert all(r.after.replace(" ", "") != "a+b" for r in verdict.repairs)


def test_a_bound_after_a_definition_is_no_value():
    """`Z = … > 0` does not put a number in: Z keeps its meaning, and is known to be positive."""
    text = r"Let $w \in \mathbb{R}^n$. The norm is $Z = \sum_i e^{w_i} > 0$ and $q_i = e^{w_i} / Z$."
    assert [v.status for v in check_chain(r"\sum_i q_i = 1", text)][-1] == "holds"


def test_what_a_later_section_says_of_a_symbol_is_no_definition_yet():
    text = r"""Let $X \in \mathbb{R}^{n \times d}$ and $w \in \mathbb{R}^d$.

$$
\|X w\|^2 = w^\top X^\top X w
$$

With a single input, $X = x \in \mathbb{R}^n$, all is easier.
"""
    assert [v.status for v in check_document(text).verdicts] == ["holds"]


def test_an_array_gets_its_sizes_from_the_sums_of_an_inline_definition():
    text = (
        r"With $N$ points, weights $\rho_{nk}$, $\sum_k \rho_{nk} = 1$, let $N_k = \sum_{n=1}^N \rho_{nk}$."
        "\n\n$$\n\\sum_{k=1}^K N_k = N\n$$\n"
    )
    assert [v.status for v in check_document(text).verdicts] == ["holds"]
