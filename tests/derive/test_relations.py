r"""Relations that are no equality: $\ne$, $\in$, $\propto$, $\succeq$ hold where they can be shown, and their wrong twins never."""

import pytest

from glideslope.derive import Verdict, check_document

SILENT = ("skipped", "not-confirmed", "not-understood")


def _last(text: str) -> Verdict:
    return check_document(text, path="n.md").verdicts[-1]


# -- unequal --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("context", "claim", "status"),
    [
        ("", r"0 \ne \frac{1}{2} \cdot \frac{1}{2}", "holds"),
        ("", r"\frac{1}{4} \ne \frac{1}{2} \cdot \frac{1}{2}", "error"),
        ("", r"0.1 + 0.2 \ne 0.3", "error"),
        ("", r"0.1 + 0.2 \ne 0.31", "holds"),
        ("", r"2^{10} \ne 1000", "holds"),
        ("", r"2^{10} \ne 1024", "error"),
        ("", r"e \ne 2.7", "holds"),
        ("", r"\frac{6}{3} \ne 2", "error"),
        ("", r"\frac{6}{4} \ne 2", "holds"),
        ("Let $a = 3$ and $b = a + 1$.", r"a b \ne 9", "holds"),
        (r"Let $a, b \in \mathbb{R}$.", r"(a + b)^2 \ne a^2 + 2 a b + b^2", "error"),
    ],
)
def test_two_values_that_differ_are_unequal(context: str, claim: str, status: str) -> None:
    assert _last(f"{context} $${claim}$$").status == status


@pytest.mark.parametrize(
    ("context", "claim"),
    [
        ("", r"\sqrt{2} \ne 1.4142135623730951"),  # they differ by less than a float can tell
        (r"Let $a, b \in \mathbb{R}$.", r"(a + b)^2 \ne a^2 + b^2"),  # true now and then
        (r"Let $A, B \in \mathbb{R}^{n \times n}$.", r"A B \ne B A"),
        ("Let $X$ and $Y$ be random variables.", r"E[X Y] \ne E[X] E[Y]"),
        ("", r"K \ne 0"),
        ("", r"n - 1 \ne n + 1"),
        ("", r"(a + b)^2 \ne a^2 + 2 a b + b^2"),  # nothing is said of a and b
    ],
)
def test_a_sample_decides_no_inequality(context: str, claim: str) -> None:
    assert _last(f"{context} $${claim}$$").status == "skipped"


# -- in -------------------------------------------------------------------------------------------------------------

SHAPES = r"Let $X \in \mathbb{R}^{n \times p}$, $Z \in \mathbb{R}^{n \times q}$ and $y \in \mathbb{R}^n$. $$%s$$"


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"X^\top y \in \mathbb{R}^p", "holds"),
        (r"X^\top y \in \mathbb{R}^n", "ill-formed"),
        (r"X^\top y \in \mathbb{R}^{p \times 1}", "holds"),
        (r"X^\top y \in \mathbb{R}^{1 \times p}", "ill-formed"),
        (r"X^\top X \in \mathbb{R}^{p \times p}", "holds"),
        (r"X^\top X \in \mathbb{R}^{p \times n}", "ill-formed"),
        (r"y^\top y \in \mathbb{R}", "holds"),
        (r"y y^\top \in \mathbb{R}", "ill-formed"),
        (r"\begin{bmatrix} X & Z \end{bmatrix} \in \mathbb{R}^{n \times (p + q)}", "holds"),
        (r"\begin{bmatrix} X & Z \end{bmatrix} \in \mathbb{R}^{n \times p q}", "ill-formed"),
        (r"\begin{bmatrix} X & Z \end{bmatrix} \in \mathbb{R}^{n \times r}", "skipped"),  # r may be p + q
        (r"\begin{bmatrix} X & u \end{bmatrix} \in \mathbb{R}^{n \times p}", "skipped"),  # nothing is said of u
        (r"X \in \mathbb{R}^{n \times p}", "skipped"),  # a declaration
        (r"I_n \in \mathbb{R}^{n \times n}", "holds"),
        (r"\mathbf{1}_n \mathbf{1}_p^\top \in \mathbb{R}^{p \times n}", "skipped"),  # no array in it is declared
    ],
)
def test_a_shape_is_claimed_where_all_shapes_are_declared(claim: str, status: str) -> None:
    assert _last(SHAPES % claim).status == status


def test_parts_of_an_array_may_add_up_to_a_size_of_its_own() -> None:
    text = r"Let $X_0 \in \mathbb{R}^{n \times p_0}$ and $X_1 \in \mathbb{R}^{n \times p_1}$. $$%s$$"
    claim = r"X = \begin{bmatrix} X_0 & X_1 \end{bmatrix} \in \mathbb{R}^{%s}"
    assert _last(text % claim % r"n \times p").status in ("holds", "skipped")
    assert _last(text % claim % r"p \times n").status != "holds"
    assert _last(text % claim % r"n \times p_1").status == "ill-formed"


@pytest.mark.parametrize(
    ("context", "claim", "wrong"),
    [
        ("Let $0 < p < 1$.", r"p (1 - p) \in [0, \frac{1}{4}]", r"p (1 - p) \in [0, \frac{1}{8}]"),
        (r"Let $z \in \mathbb{R}$.", r"s = \frac{1}{1 + e^{-z}} \in (0, 1)", r"s = \frac{1}{1 + e^{-z}} \in (0, \frac{1}{2})"),
        (r"Let $x, y \in \mathbb{R}^n$.", r"\frac{x^\top y}{\|x\| \|y\|} \in [-1, 1]", r"\frac{x^\top y}{\|x\| \|y\|} \in [0, 1]"),
        (r"Let $x \in \mathbb{R}^n$.", r"x^\top x \in [0, \infty)", r"x^\top x \in (-\infty, 0]"),
        (r"Let $x \in \mathbb{R}$.", r"x^2 + 1 \in \mathbb{R}_+", r"x^2 - 1 \in \mathbb{R}_+"),
        (r"Let $k \in \mathbb{N}$.", r"\frac{k (k + 1)}{2} \in \mathbb{N}", r"\frac{k (k + 2)}{2} \in \mathbb{N}"),
        (r"Let $k \in \mathbb{N}$.", r"(-1)^k \in \{-1, 1\}", r"(-1)^k \in \{0, 1\}"),
    ],
)  # fmt: skip
def test_a_value_lies_in_its_set_and_a_failure_is_no_alarm(context: str, claim: str, wrong: str) -> None:
    assert _last(f"{context} $${claim}$$").status == "holds"
    assert _last(f"{context} $${wrong}$$").status == "not-confirmed"


@pytest.mark.parametrize(
    "claim", [r"x \in (0, 1)", r"\lambda a + (1 - \lambda) b \in \mathcal{X}", r"0 \in \mathbb{R}^n"]
)
def test_what_declares_or_names_an_open_set_is_skipped(claim: str) -> None:
    assert _last(f"$${claim}$$").status == "skipped"


# -- proportional ---------------------------------------------------------------------------------------------------

GAMMA = r"Let $\lambda, a, b > 0$. $$f(\lambda) = 3 a b^2 \lambda^{a - 1} e^{-b \lambda} \propto %s$$"
NORMAL = (r"Let $\sigma > 0$ and $\mu, x \in \mathbb{R}$. $$\mathcal{N}(x; \mu, \sigma^2)"
          r" = \frac{1}{\sqrt{2 \pi} \sigma} \exp\left(-\frac{(x - \mu)^2}{2 \sigma^2}\right) \propto %s$$")  # fmt: skip
ENERGY = r"Let $m > 0$ and $v \in \mathbb{R}$. $$\frac{1}{2} m v^2 \propto %s$$"
MATRIX = r"Let $V \in \mathbb{R}^{n \times n}$ and $u > 0$. $$u V \propto %s$$"
WEIGHTS = r"Let $\beta > 0$ and $z \in \mathbb{R}^n$. $$w_i = \frac{e^{\beta z_i}}{\sum_j e^{\beta z_j}} \propto %s$$"
POSTERIOR = r"""
Let $\lambda, a, b > 0$, and let $y_1, \dots, y_n$ be whole numbers.
$$p(\lambda) = \frac{b^a}{\Gamma(a)} \lambda^{a - 1} e^{-b \lambda}$$
$$p(y \mid \lambda) = \prod_{i=1}^n \frac{\lambda^{y_i} e^{-\lambda}}{y_i!}$$
$$p(\lambda \mid y) \propto p(y \mid \lambda) p(\lambda)$$
$$p(\lambda \mid y) \propto %s$$
"""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (GAMMA, r"\lambda^{a - 1} e^{-b \lambda}"),
        (GAMMA, r"b \lambda^{a} e^{-b \lambda} / \lambda"),
        (NORMAL, r"\exp\left(-\frac{x^2}{2 \sigma^2} + \frac{x \mu}{\sigma^2}\right)"),
        (ENERGY, "v^2"),
        (ENERGY, "m v^2"),
        (MATRIX, "V"),
        (MATRIX, "3 V"),
        (WEIGHTS, r"e^{\beta z_i}"),
        (POSTERIOR, r"\lambda^{a - 1 + \sum_{i=1}^n y_i} e^{-(b + n) \lambda}"),
        ("$$%s$$", r"p(\theta \mid y) \propto p(y \mid \theta) p(\theta)"),  # of every distribution
        ("$$%s$$", r"P(A \mid B) \propto P(B \mid A) P(A)"),
        ("The gain is $K = s + 1$. $$f(s) = 4 (s + 1) \\propto %s$$", "K"),
    ],
)
def test_a_quotient_that_does_not_change_with_the_variable_holds(text: str, right: str) -> None:
    verdict = _last(text % right)
    assert verdict.status == "holds"
    assert "quotient of the sides stays" in verdict.reason["en"]


@pytest.mark.parametrize(
    ("text", "right", "status"),
    [
        (GAMMA, r"\lambda^{a} e^{-b \lambda}", "error"),
        (GAMMA, r"\lambda^{a - 1} e^{b \lambda}", "error"),
        (GAMMA, r"\lambda^{a - 1}", "error"),
        (GAMMA, r"-\lambda^{a - 1} e^{-b \lambda}", "skipped"),  # a negative factor
        (GAMMA, "a b", "skipped"),  # does not change with λ
        (NORMAL, r"\exp\left(-\frac{x^2}{2 \sigma^2} - \frac{x \mu}{\sigma^2}\right)", "error"),
        (NORMAL, r"\exp\left(-\frac{x^2}{\sigma^2} + \frac{x \mu}{\sigma^2}\right)", "error"),
        (NORMAL, r"\exp\left(-\frac{(x - \mu)^2}{2 \sigma}\right)", "error"),
        (ENERGY, "v", "not-confirmed"),
        (ENERGY, "m v", "not-confirmed"),
        (MATRIX, r"V^\top", "not-confirmed"),
        (MATRIX, "V + I", "not-confirmed"),
        (WEIGHTS, r"e^{-\beta z_i}", "error"),
        (WEIGHTS, r"z_i", "error"),
        (POSTERIOR, r"\lambda^{a + \sum_{i=1}^n y_i} e^{-(b + n) \lambda}", "not-confirmed"),
        (POSTERIOR, r"\lambda^{a - 1 + \sum_{i=1}^n y_i} e^{-(b + 1) \lambda}", "not-confirmed"),
        ("$$%s$$", r"p(\theta \mid y) \propto p(y \mid \theta)", "not-confirmed"),
        ("$$%s$$", r"P(A \mid B) \propto P(B \mid A) P(B)", "not-confirmed"),
        ("The gain is $K = s + 2$. $$f(s) = 4 (s + 1) \\propto %s$$", "K", "not-confirmed"),
    ],
)
def test_a_quotient_that_changes_does_not(text: str, right: str, status: str) -> None:
    assert _last(text % right).status == status


def test_the_first_line_about_a_density_gives_its_form() -> None:
    text = r"$$p(\theta) \propto \theta^2 e^{-\theta}$$ and so $$p(\theta) \propto %s$$"
    first, second = check_document(text % r"3 \theta^2 e^{-\theta}").verdicts
    assert (first.status, second.status) == ("definition", "holds")
    assert [v.status for v in check_document(text % r"3 \theta e^{-\theta}").verdicts] == [
        "definition",
        "not-confirmed",
    ]


def test_sides_that_do_not_change_with_the_variable_show_nothing() -> None:
    assert _last(r"Let $\lambda, a, b > 0$. $$f(\lambda) = 3 a \propto b + \lambda - \lambda$$").status == "skipped"


def test_the_form_of_one_section_is_none_in_the_next() -> None:
    text = "## One\n\n$$p(x) \\propto x^2$$\n\n## Two\n\n$$p(x) \\propto x^3$$\n"
    assert [v.status for v in check_document(text, path="n.md").verdicts] == ["definition", "definition"]


def test_a_logarithm_is_said_to_be_proportional_up_to_a_constant() -> None:
    assert _last(r"Let $x \in \mathbb{R}$. $$f(x) = e^{3 + x}$$ $$\log f(x) \propto x$$").status == "skipped"


# -- positive semidefinite ------------------------------------------------------------------------------------------

GRAM = r"Let $X \in \mathbb{R}^{n \times p}$ and $\lambda > 0$. $$%s$$"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        (r"X^\top X \succeq 0", r"X^\top X \succ 0"),
        (r"X^\top X + \lambda I \succ 0", r"X^\top X - \lambda I \succ 0"),
        (r"X^\top X + \lambda I \succeq X^\top X", r"X^\top X \succeq X^\top X + \lambda I"),
        (r"-X^\top X \preceq 0", r"X^\top X \preceq 0"),
        (r"X X^\top \prec X X^\top + \lambda I", r"X X^\top \prec X X^\top"),
    ],
)
def test_the_smallest_eigenvalue_decides(claim: str, wrong: str) -> None:
    assert _last(GRAM % claim).status == "holds"
    assert _last(GRAM % wrong).status == "not-confirmed"


def test_a_matrix_without_a_definition_is_declared_so() -> None:
    assert _last(r"Let $A \in \mathbb{R}^{n \times n}$ be symmetric. $$A \succeq 0$$").status == "skipped"


# -- beside the above -----------------------------------------------------------------------------------------------


def test_a_sign_that_nothing_checks_is_named_as_it_is_written() -> None:
    verdict = _last(r"$$X \sim \mathcal{N}(0, 1)$$")
    assert (verdict.status, r"$\sim$" in verdict.reason["en"]) == ("skipped", True)


def test_the_coefficient_of_lift_carries_a_label() -> None:
    text = r"Let $q, S > 0$ and $C_L \in \mathbb{R}$. $$L = q S C_L$$ $$%s = C_L$$"
    assert _last(text % r"\frac{L}{q S}").status == "holds"
    assert _last(text % r"\frac{L}{q}").status == "error"


@pytest.mark.parametrize(
    ("claim", "status"),
    [
        (r"p(\lambda \mid y) \propto p(y \mid \lambda) p(\lambda)", "holds"),
        (r"p(\lambda \mid y) \propto \lambda^{a + y - 1} e^{-(b + 1) \lambda}", "holds"),
        (r"p(\lambda \mid y) \propto p(y \mid \lambda)", "not-confirmed"),
        (r"p(\lambda \mid y) \propto \lambda^{a + y} e^{-(b + 1) \lambda}", "not-confirmed"),
        (r"p(\lambda \mid y) \propto \lambda^{a + y - 1} e^{-(b - 1) \lambda}", "not-confirmed"),
    ],
)
def test_a_posterior_is_held_against_likelihood_and_prior(claim: str, status: str) -> None:
    text = (
        "Let $\\lambda > 0$ and\n\n$$p(\\lambda) = \\frac{b^a}{\\Gamma(a)} \\lambda^{a - 1} e^{-b \\lambda}$$\n\n"
        "$$p(y \\mid \\lambda) = \\frac{\\lambda^y e^{-\\lambda}}{y!}$$\n\n$$%s$$\n"
    )
    assert check_document(text % claim, path="notes.md").verdicts[-1].status == status
