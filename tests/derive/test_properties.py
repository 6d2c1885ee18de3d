r"""Conditions a text states without a formula: convex functions, metrics, semidefinite and sorted arrays; tall matrices; multinomials."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

CONVEX = r"Let $f: \mathbb{R}^d \to \mathbb{R}$ be convex, $x, y \in \mathbb{R}^d$ and $\lambda \in [0,1]$."
JENSEN = r"Let $f$ be a convex function and let $\alpha_i \geq 0$ with $\sum_i \alpha_i = 1$."
CONCAVE = r"Let $g$ be concave and $0 \le t \le 1$."
RISING = r"Let $h$ be an increasing function and let $a > 0$."
METRIC = r"Let $d$ be a metric."
PSD = r"Let $A \in \mathbb{R}^{n \times n}$ with $A \succeq 0$ and $x \in \mathbb{R}^n$."
WORDS = r"Let $A \in \mathbb{R}^{n \times n}$ be a positive semidefinite matrix and $x \in \mathbb{R}^n$."
CHINESE = r"设 $A \in \mathbb{R}^{n \times n}$ 是半正定矩阵，$x \in \mathbb{R}^n$。"
DEFINITE = r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric with $A \succ 0$ and $x \in \mathbb{R}^n$."
SORTED = r"Let $x_1 \le x_2 \le \dots \le x_n$ be real numbers."
FALLING = r"Let $s_1 \ge s_2 \ge \dots \ge s_n > 0$."
PARTS = r"Let $k_1 + k_2 + k_3 = n$ be non-negative integers."
HAT = r"Let $n > p$ with $X \in \mathbb{R}^{n \times p}$. Let $H = X (X^\top X)^{-1} X^\top$."
SQUARE = r"""The estimate is

$$\hat{\sigma}^2 = \frac{1}{n} \sum_{i=1}^n (y_i - m)^2$$

for $y \in \mathbb{R}^n$."""
LOGARITHM = r"""Let

$$\ln L = \sum_{i=1}^n \ln p_i$$

with $p_i > 0$."""

TRUE = [
    (CONVEX, r"f(\lambda x + (1-\lambda) y) \le \lambda f(x) + (1-\lambda) f(y)"),
    (CONVEX, r"f(y) \ge f(x) + \nabla f(x)^\top (y - x)"),
    (CONVEX, r"f\left(\frac{x+y}{2}\right) \le \frac{f(x)+f(y)}{2}"),
    (CONVEX, r"\nabla f(x)^\top \nabla f(x) = \|\nabla f(x)\|^2"),
    (JENSEN, r"f\left(\sum_i \alpha_i x_i\right) \le \sum_i \alpha_i f(x_i)"),
    (CONCAVE, r"g(t a + (1-t) b) \ge t g(a) + (1-t) g(b)"),
    (RISING, r"h(x + a) \ge h(x)"),
    (METRIC, r"d(x, z) \le d(x, y) + d(y, z)"),
    (METRIC, r"|d(x, z) - d(y, z)| \le d(x, y)"),
    (METRIC, r"d(x, y) = d(y, x)"),
    (PSD, r"x^\top A x \ge 0"),
    (PSD, r"\operatorname{tr}(A) \ge 0"),
    (WORDS, r"x^\top A x \ge 0"),
    (CHINESE, r"x^\top A x \ge 0"),
    (DEFINITE, r"x^\top A^{-1} x \ge 0"),
    (SORTED, r"x_1 \le \frac{1}{n} \sum_{i=1}^n x_i"),
    (SORTED, r"\frac{1}{n} \sum_{i=1}^n x_i \le x_n"),
    (FALLING, r"\sum_{i=1}^n s_i \le n s_1"),
    (PARTS, r"\binom{n}{k_1, k_2, k_3} = \frac{n!}{k_1! k_2! k_3!}"),
    (PARTS, r"\binom{n}{k_1, k_2, k_3} = \binom{n}{k_1} \binom{n - k_1}{k_2}"),
    (PARTS, r"{n \choose k_1, k_2, k_3} = \frac{n!}{k_1! k_2! k_3!}"),
    (HAT, r"\operatorname{tr}(H) = p"),
    (HAT, r"\operatorname{tr}(I_n - H) = n - p"),
    (SQUARE, r"n \hat\sigma^2 = \sum_{i=1}^n y_i^2 - 2 m \sum_{i=1}^n y_i + n m^2"),
    (LOGARITHM, r"L = \prod_{i=1}^n p_i"),
]
WRONG = [
    (CONVEX, r"f(\lambda x + (1-\lambda) y) \ge \lambda f(x) + (1-\lambda) f(y)"),
    (CONVEX, r"f(y) \le f(x) + \nabla f(x)^\top (y - x)"),
    (CONVEX, r"f(x) \ge 0"),
    (CONVEX, r"f(x + y) \le f(x) + f(y)"),
    (JENSEN, r"f\left(\sum_i \alpha_i x_i\right) \ge \sum_i \alpha_i f(x_i)"),
    (CONCAVE, r"g(t a + (1-t) b) \le t g(a) + (1-t) g(b)"),
    (RISING, r"h(x + a) \le h(x)"),
    (RISING, r"h(2 x) \ge h(x)"),
    (METRIC, r"d(x, z) \ge d(x, y) + d(y, z)"),
    (METRIC, r"d(x, z) \le d(x, y)"),
    (METRIC, r"d(x, y)^2 \le d(x, z)^2 + d(z, y)^2"),
    (PSD, r"x^\top A x \le 0"),
    (PSD, r"x^\top A x \ge \|x\|^2"),
    (WORDS, r"x^\top A x \le 0"),
    (CHINESE, r"\det A \ge 1"),
    (DEFINITE, r"\det A < 0"),
    (SORTED, r"\frac{1}{n} \sum_{i=1}^n x_i \le x_1"),
    (FALLING, r"\sum_{i=1}^n s_i \le n s_n"),
    (PARTS, r"\binom{n}{k_1, k_2, k_3} = \frac{n!}{k_1! k_2!}"),
    (PARTS, r"\binom{n}{k_1, k_2, k_3} = \binom{n}{k_1} \binom{n}{k_2}"),
    (HAT, r"\operatorname{tr}(H) = n"),
    (HAT, r"\operatorname{tr}(I_n - H) = p - n"),
    (SQUARE, r"n \hat\sigma^2 = \sum_{i=1}^n y_i^2 - m \sum_{i=1}^n y_i + n m^2"),
    (SQUARE, r"\hat\sigma = \frac{1}{n} \sum_{i=1}^n (y_i - m)^2"),
    (LOGARITHM, r"L = \sum_{i=1}^n p_i"),
]


@pytest.mark.parametrize(("words", "claim"), TRUE)
def test_a_true_claim_holds(words: str, claim: str) -> None:
    assert last_status(words, claim) == "holds"


@pytest.mark.parametrize(("words", "claim"), WRONG)
def test_its_wrong_twin_does_not(words: str, claim: str) -> None:
    assert last_status(words, claim) not in ("holds", "definition", "skipped")


@pytest.mark.parametrize(
    "words",
    [
        r"Let $f$ be a function that is not convex.",
        r"Let $C$ be a convex set and $f$ a function on it.",
        r"Let $f$ be non-convex.",
        r"Whether $f$ is convex or not,",
    ],
)
def test_words_that_do_not_say_it_give_no_property(words: str) -> None:
    assert last_status(words, r"f\left(\frac{x+y}{2}\right) \le \frac{f(x)+f(y)}{2}") != "holds"


def test_positive_semidefinite_is_not_definite() -> None:
    for words in (WORDS, CHINESE, PSD):
        assert last_status(words, r"\det(A) \ge 0") == "holds"
        assert last_status(words, r"A A^{-1} = 2 I") != "holds"


def test_a_known_root_is_not_defined_by_its_square() -> None:
    assert last_status(r"Let $a, b, c > 0$.", r"c^2 = a^2 + b^2") not in ("definition", "holds")
    assert last_status(r"Let $a > 0$.", r"x^2 = 4") not in ("definition", "holds")


def test_what_a_display_gives_beside_its_claim_is_a_definition() -> None:
    text = r"""Let $X \in \mathbb{R}^{n \times p}$ and $y \in \mathbb{R}^n$.

$$
r = y - X b \quad \text{with} \quad b = (X^\top X)^{-1} X^\top y
$$

$$
X^\top r = %s
$$"""
    assert [v.status for v in check_document(text % "0").verdicts] == ["definition", "definition", "holds"]
    assert check_document(text % "X^\\top y").verdicts[-1].status != "holds"


CONVEX = r"Let $f: \mathbb{R} \to \mathbb{R}$ be convex."
LOWEST = r"Let $f: \mathbb{R} \to \mathbb{R}$ be convex with minimiser $x^*$."
RISING = r"Let $f: \mathbb{R} \to \mathbb{R}$ be increasing."
METRIC = r"Let $d$ be a metric."


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        (CONVEX, r"f''(x) \le 10"),
        (CONVEX, r"|f'(x) - f'(y)| \le 10 |x - y|"),
        (LOWEST, r"f(x) - f(x^*) \le 5 (x - x^*)^2"),
        (LOWEST, r"f(x) - f(x^*) \ge \frac{1}{1000} (x - x^*)^2"),
        (RISING, r"f(x + 1) \le f(x) + 10"),
        (RISING, r"f'(x) \ge 0.1"),
        (METRIC, r"d(x + z, y + z) = d(x, y)"),
        (METRIC, r"d(2 x, 2 y) \le 2 d(x, y)"),
        (METRIC, r"d(x, y) \le d(2 x, 2 y)"),
    ],
)
def test_a_property_says_nothing_of_size(words, claim):
    assert last_status(words, claim) != "holds"
