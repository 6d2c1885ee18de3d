r"""Slips that one small edit mends are alarms, even where the text leaves a letter undeclared or the line looks like a definition."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_chain

RETURNS = r"Let $U$ and $V$ be two returns and $c \in \mathbb{R}$."
NORMAL = r"Let $Z \sim \mathcal{N}(m, s^2)$."
MOMENTS = r"A random variable $W$ has mean $m$ and variance $v^2$."
TURNS = r"A turn of the plane is $$Q(\theta) = \begin{bmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{bmatrix}$$"
SIGMOID = r"The squashing function is $s(u) = \frac{1}{1 + e^{-u}}$."
PAIRS = [
    (RETURNS, r"\mathrm{Var}(c U + V) = c^2 \mathrm{Var}(U) + \mathrm{Var}(V) + 2 c \, \mathrm{Cov}(U, V)",
     r"\mathrm{Var}(c U + V) = c^2 \mathrm{Var}(U) + \mathrm{Var}(V) + c \, \mathrm{Cov}(U, V)"),
    (RETURNS, r"\mathrm{Var}(U - V) = \mathrm{Var}(U) + \mathrm{Var}(V) - 2 \mathrm{Cov}(U, V)",
     r"\mathrm{Var}(U - V) = \mathrm{Var}(U) - \mathrm{Var}(V) - 2 \mathrm{Cov}(U, V)"),
    (RETURNS, r"\mathrm{Cov}(U, V) = \mathbb{E}[U V] - \mathbb{E}[U] \mathbb{E}[V]", r"\mathrm{Cov}(U, V) = \mathbb{E}[U V] + \mathbb{E}[U] \mathbb{E}[V]"),
    (NORMAL, r"f_Z(z) = \frac{1}{\sqrt{2 \pi s^2}} e^{-\frac{(z - m)^2}{2 s^2}}", r"f_Z(z) = \frac{1}{\sqrt{2 \pi s^2}} e^{\frac{(z - m)^2}{2 s^2}}"),
    (NORMAL, r"\mathrm{Var}(3 Z) = 9 s^2", r"\mathrm{Var}(3 Z) = 9 s"),
    (MOMENTS, r"\mathrm{E}(W^2) = v^2 + m^2", r"\mathrm{E}(W^2) = v^2 + m"),
    (TURNS, r"Q(u) Q(w) = \begin{bmatrix} \cos(u + w) & -\sin(u + w) \\ \sin(u + w) & \cos(u + w) \end{bmatrix}",
     r"Q(u) Q(w) = \begin{bmatrix} \cos(u + w) & \sin(u + w) \\ \sin(u + w) & \cos(u + w) \end{bmatrix}"),
    (SIGMOID, r"\tanh(v) = 2 s(2 v) - 1", r"\tanh(v) = 2 s(v) - 1"),
    (SIGMOID, r"1 - s(v) = s(-v)", r"1 + s(v) = s(-v)"),
]  # fmt: skip


@pytest.mark.parametrize("words", ["The double angle is", "Solve for $y$. Then"])
def test_a_claim_is_not_asked_for(words: str) -> None:
    assert last_status(words, r"\sin 2x = \sin x \cos x") == "error"


@pytest.mark.parametrize(("words", "right", "wrong"), PAIRS)
def test_one_small_edit(words: str, right: str, wrong: str) -> None:
    assert last_status(words, right) == "holds"
    found = check_chain(wrong, words)[-1]
    assert found.status == "error"
    assert found.repairs


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("Solve the equation", r"\sin 2x = \sin x \cos x"),
        ("For which angles is", r"\cos^2 x - \sin^2 x = 1"),
        ("Find all $x$ such that", r"e^{2x} = e^x"),
        ("The two curves meet if", r"\log x^2 = \log x"),
        ("求解方程", r"\sin 2x = \sin x \cos x"),
        (r"Let $f(x) = x^2$.", r"g(x) = -x^3 + 1"),  # another function
        (r"Let $u \in \mathbb{R}^n$.", r"h = \sum_{i=1}^n u_i^2 + c"),
        (RETURNS, r"\mathrm{Var}(U) = \frac{1}{12}"),  # said of one distribution
        (RETURNS, r"\mathrm{E}(U) = 3 \mathrm{E}(V)"),
        (NORMAL, r"\mathrm{E}(Y) = s^2"),
        (SIGMOID, r"s(v) = v"),  # an equation
        ("", r"M^2 = M"),  # said of one matrix
        ("", r"\|B\| = B"),
        ("", r"B^\top C = -C B^\top"),  # true of numbers, but for a sign
        (r"Let $X$ and $Y$ be random variables and $h$ a function.", r"P(h(X) \le t) = P(X \le g(t))"),
        (r"Let $a_1, \dots, a_n$ be numbers.", r"\sum_{k=1}^n w_k a_k - b_k^2 = \sum_{k=1}^n w_k a_k - \sum_{k=1}^n b_k^2"),
        (r"We write $L = -\sum_i y_i \log p_i$.", r"L = \sum_i t_i p_i"),
    ],
)  # fmt: skip
def test_no_alarm_without_evidence(words: str, claim: str) -> None:
    assert last_status(words, claim) not in ("error", "ill-formed", "needs-assumption")


@pytest.mark.parametrize(
    "claim",
    [r"s'(u) = 1 - s(u)", r"s'(u) = s(u) (1 + s(u))", r"\frac{ds}{du} = s(u)", r"s'(u) = s(u)^2 (1 - s(u))"],
)
def test_a_slope_is_a_claim_where_words_say_so(claim: str) -> None:
    words = SIGMOID + " Its derivative is"
    assert last_status(words, claim) == "error"
    assert last_status(words, r"s'(u) = s(u) (1 - s(u))") == "holds"


def test_a_prime_may_name_another_function() -> None:
    assert last_status(SIGMOID + " Another one is", r"s'(u) = 3 + 2 s(u)") == "definition"


def test_a_slip_is_reported_once() -> None:
    """Where the slip stands in the middle of a chain, the next line goes on from it."""
    chain = r"a - (b + c d) = a - b + c d = a - b + c d + 0"
    found = [v.status for v in check_chain(chain, "We have $d = a + 2 b$.")]
    assert found[0] == "error"
    assert "error" not in found[1:]


@pytest.mark.parametrize("claim", [r"\frac{\partial}{\partial w_1} L(w_1) = 2 S w_1", r"\nabla_{w_1} L(w_1) = 2 S w_1"])
def test_a_function_of_a_numbered_vector_has_its_formula(claim: str) -> None:
    """The formula of $L(w_1)$ was not found for a vector $w_1$, and a right gradient was an alarm."""
    words = (
        r"Let $S \in \mathbb{R}^{D \times D}$ be symmetric and $w_1 \in \mathbb{R}^D$. Let $$L(w_1) = w_1^\top S w_1$$"
    )
    assert last_status(words, claim) == "holds"
    assert last_status(words, claim.replace("= 2", "= 3")) == "error"
    assert last_status(words + r" Let $v \in \mathbb{R}^D$.", r"L(v) = 2 v^\top S v") not in ("holds", "error")


def test_a_function_that_is_changed_in_words_is_another_one() -> None:
    """The bowl is stretched: its new formula is no slip of the old one, and counts from here on."""
    bowl = r"Let $x \in \mathbb{R}^2$ and $f(x) = x_1^2 + 2 x_2^2$, a mild bowl. "
    assert last_status(bowl + "Hence", r"f(x) = 0.1 x_1^2 + 2 x_2^2") == "error"
    stretched = bowl + "We stretch it along the first axis via\n\n$$f(x) = 0.1 x_1^2 + 2 x_2^2$$\n"
    assert last_status(stretched, r"\frac{\partial f}{\partial x_1} = 0.2 x_1") == "holds"
    assert last_status(bowl + "We stretch it along the first axis via", r"f(x) = 0.1 x_1^2 + 2 x_2^2") not in ("error", "holds")
