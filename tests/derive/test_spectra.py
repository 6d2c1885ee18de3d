"""Eigenvalues and singular values: the numbers themselves, the words that introduce them, the claims made of them."""

import math
import random

import pytest

from glideslope.derive import check_document
from glideslope.derive.evaluation.numbers import DomainError
from glideslope.derive.evaluation.values import Mat, ShapeClash, determinant, multiply, transpose
from glideslope.derive.meaning.spectra import eigenvalues, singular_values


def _random(rng: random.Random, n: int, m: int) -> Mat:
    return Mat(n, m, [rng.uniform(-1.5, 1.5) for _ in range(n * m)])


def _statuses(words: str, *displays: str) -> list[str]:
    report = check_document(words + "".join(f"\n\n$$\n{d}\n$$\n" for d in displays))
    return [v.status for v in report.verdicts]


def test_eigenvalues_sum_to_the_trace_and_multiply_to_the_determinant():
    rng, met = random.Random(3), 0
    for n in (1, 2, 3, 4, 5):
        for _ in range(30):
            a = _random(rng, n, n)
            try:
                found = eigenvalues(a)
            except DomainError:
                continue
            met += 1
            assert found == sorted(found, reverse=True)
            # Roots at least 1e-3 apart: the error of one is 1e-16 divided by the distance to the others, at most four of them.
            assert math.isclose(sum(found), sum(a.data[:: n + 1]), rel_tol=1e-9, abs_tol=1e-9)
            assert math.isclose(math.prod(found), determinant(a), rel_tol=1e-8, abs_tol=1e-9)
    assert met > 60


def test_a_symmetric_matrix_has_its_diagonal_back_also_where_values_meet():
    rng = random.Random(5)
    for values in ([2.0, 1.0, 1.0], [0.0, 0.0, 0.0, 3.0], [-1.0, 4.0]):
        n = len(values)
        angle = rng.uniform(0, 3)
        turn = Mat(n, n, [1.0 if i == j else 0.0 for i in range(n) for j in range(n)])
        turn.data[0] = turn.data[n + 1] = math.cos(angle)
        turn.data[1], turn.data[n] = -math.sin(angle), math.sin(angle)
        scaled = Mat(n, n, [values[i] if i == j else 0.0 for i in range(n) for j in range(n)])
        found = eigenvalues(multiply(multiply(turn, scaled), transpose(turn)))
        assert found == pytest.approx(sorted(values, reverse=True), abs=1e-12)


def test_complex_ones_give_no_sample_and_an_oblong_matrix_is_a_clash():
    with pytest.raises(DomainError):
        eigenvalues(Mat(2, 2, [0.0, -1.0, 1.0, 0.0]))
    with pytest.raises(ShapeClash):
        eigenvalues(Mat(2, 3, [1.0] * 6))


def test_squares_of_singular_values_sum_to_the_squared_entries():
    rng = random.Random(7)
    for n, m in ((2, 4), (4, 2), (3, 3)):
        a = _random(rng, n, m)
        found = singular_values(a)
        assert len(found) == min(n, m)
        assert math.isclose(sum(s * s for s in found), sum(x * x for x in a.data), rel_tol=1e-10)


INTRODUCED = [
    r"Let $A \in \mathbb{R}^{n \times n}$ and let $\mu_1, \dots, \mu_n$ be the eigenvalues of $A$.",
    r"Let $A \in \mathbb{R}^{n \times n}$. The eigenvalues of $A$ are $\mu_1, \dots, \mu_n$.",
    r"For $A \in \mathbb{R}^{n \times n}$, denote by $\mu_i$ the eigenvalues of the matrix $A$.",
    r"设 $A \in \mathbb{R}^{n \times n}$，$A$ 的特征值为 $\mu_1, \dots, \mu_n$。",
    r"设 $A \in \mathbb{R}^{n \times n}$，$\mu_1, \dots, \mu_n$ 是 $A$ 的特征值。",
]


@pytest.mark.parametrize("words", INTRODUCED)
def test_words_make_a_definition(words):
    assert _statuses(words, r"\operatorname{tr} A = \sum_i \mu_i", r"\det A = \prod_i \mu_i") == ["holds", "holds"]
    assert _statuses(words, r"\det A = \sum_i \mu_i") == ["error"]


def test_what_holds_for_symmetric_matrices_only_needs_that_assumption():
    claim = r"\|A\|_F^2 = \sum_i \mu_i^2"
    assert _statuses(INTRODUCED[0], claim) == ["needs-assumption"]
    symmetric = INTRODUCED[0].replace("and let", "be symmetric and let")
    assert _statuses(symmetric, claim) == ["holds"]


@pytest.mark.parametrize(
    "words",
    [
        r"Let $A \in \mathbb{R}^{n \times n}$. The $\mu_1, \dots, \mu_n$ are not the eigenvalues of $A$.",
        r"Let $A \in \mathbb{R}^{n \times n}$ with real eigenvalues. Let $\mu_1, \dots, \mu_n$ be weights.",
    ],
)
def test_other_words_make_none(words):
    assert _statuses(words, r"\operatorname{tr} A = \sum_i \mu_i") != ["holds"]


def test_singular_values():
    words = r"The singular values of $B \in \mathbb{R}^{m \times n}$ are $\sigma_1, \dots, \sigma_r$."
    assert _statuses(words, r"\|B\|_F^2 = \sum_i \sigma_i^2", r"\|B\|_2 = \sigma_1", r"\|B\|_F = \sum_i \sigma_i") == [
        "holds", "holds", "error"]  # fmt: skip
