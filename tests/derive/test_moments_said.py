r"""What a text says of a random variable before it computes: its mean, variance or standard deviation, how long it is, what it is made of."""

import pytest
from tests.derive.last import last_status

from glideslope.derive import check_document

SAID = "Let $V$ be a random variable with mean $\\mu$ and standard deviation $\\sigma$."


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"\mathrm{E}[V^3 - 2 V^2 \mu] = \mathrm{E}(V^3) - 2 \mathrm{E}(V^2) \mu", r"\mathrm{E}[V^3 - 2 V^2 \mu] = \mathrm{E}(V^3) - 2 \mathrm{E}(V) \mu^2"),
        (r"\mathrm{E}[(V - \mu)^2] = \sigma^2", r"\mathrm{E}[(V - \mu)^2] = \sigma"),
        (r"\mathrm{E}[V^2] = \sigma^2 + \mu^2", r"\mathrm{E}[V^2] = \sigma^2 - \mu^2"),
    ],
)  # fmt: skip
def test_what_a_variable_has_does_not_vary(true, wrong):
    assert last_status(SAID, true) == "holds"
    assert last_status(SAID, wrong) != "holds"


GIVEN = "For any random variable $V$ with mean $\\mu = \\mathbb{E}[V]$ and variance $\\sigma^2 = \\mathrm{Var}(V)$ and $c > 0$:"


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"P(|V - \mu| \ge c) \le \frac{\sigma^2}{c^2}", r"P(|V - \mu| \ge c) \le \frac{\sigma^2}{3 c^2}"),
        (r"P(|V - \mu| \ge c \sigma) \le \frac{1}{c^2}", r"P(|V - \mu| \ge c \sigma) \le \frac{1}{c^4}"),
        (r"\mathbb{E}[(V - \mu)^2] / c = \sigma^2 / c", r"\mathbb{E}[(V + \mu)^2] / c = \sigma^2 / c"),
    ],
)
def test_a_moment_may_be_given_with_its_name(true, wrong):
    assert last_status(GIVEN, true) == "holds"
    assert last_status(GIVEN, wrong) != "holds"


def test_a_mean_is_not_what_the_mean_with_an_index_is():
    text = SAID + r" The second moment about it is $$\mu_2 = \mathrm{Var}(V)$$ and so $$\mu_2 = FORM$$"
    for form, right in ((r"\mathrm{E}[(V - \mu)^2]", True), (r"\mathrm{E}[(V - \mu)^3]", False)):
        status = check_document(text.replace("FORM", form)).verdicts[-1].status
        assert (status == "holds") is right


@pytest.mark.parametrize(
    ("form", "right"), [(r"\mathrm{E}[V^2 - \mu^2]", True), (r"\mathrm{E}[V^2 + \mu^2]", False), (r"\mathrm{E}[V^2] - \mu", False)]
)  # fmt: skip
def test_letters_beside_a_capital_stand_still(form, right):
    text = SAID + r" We write $$T(V) = \mathrm{E}(V^2) - \mu^2$$ and have $$T(V) = FORM$$"
    assert (check_document(text.replace("FORM", form)).verdicts[-1].status == "holds") is right


LONG = (
    "Let $U$ be a $q$-dimensional [random vector](/D/rvec) with [mean](/D/mean) $m$ and covariance matrix $S$, "
    "and let $B$ be a symmetric $q \\times q$ matrix."
)


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"\mathrm{E}[U^\top B U] = \mathrm{E}[\mathrm{tr}(B U U^\top)]", r"\mathrm{E}[U^\top B U] = \mathrm{E}[\mathrm{tr}(U U^\top)]"),
        (r"\mathrm{tr}(B m m^\top + B S) = m^\top B m + \mathrm{tr}(B S)", r"\mathrm{tr}(B m m^\top + B S) = m^\top m + \mathrm{tr}(B S)"),
        (r"(m + U)^\top S m = m^\top S m + U^\top S m", r"(m + U)^\top S m = m^\top S m + 2 U^\top S m"),
    ],
)  # fmt: skip
def test_a_vector_of_so_many_entries_is_one_and_so_is_its_mean(true, wrong):
    assert last_status(LONG, true) == "holds"
    assert last_status(LONG, wrong) != "holds"


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"\sigma^2 - \sigma^2 \rho = \sigma^2 (1 - \rho)", r"\sigma^2 - \sigma^2 \rho = \sigma^2 (1 + \rho)"),
        (r"\frac{\tau^2}{k} + \tau^2 = \tau^2 \Big( 1 + \frac{1}{k} \Big)", r"\frac{\tau^2}{k} + \tau^2 = \tau \Big( 1 + \frac{1}{k} \Big)"),
    ],
)  # fmt: skip
def test_the_square_of_a_greek_letter_times_a_sum_is_a_product(true, wrong):
    assert last_status("", true) == "holds"
    assert last_status("", wrong) != "holds"


def test_unless_the_text_makes_it_a_function():
    words = r"Let $\sigma(z) = \frac{1}{1 + e^{-z}}$."
    assert last_status(words, r"\sigma^2(1 - z) = \left(\frac{1}{1 + e^{z - 1}}\right)^2") == "holds"


SUM = "Let $U$ and $V$ be two independent random variables and let $W = V - b$."


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"P(U + V \le c) = P(U \le c - V)", r"P(U + V \le c) = P(U \le c + V)"),
        (r"P(U < V) = P(U - V < 0)", r"P(U < V) = P(U + V < 0)"),
        (r"P(W \ge c) = P(V \ge c + b)", r"P(W \ge c) = P(V \ge c - b)"),
    ],
)
def test_an_event_may_lie_between_two_variables_or_in_what_one_makes(true, wrong):
    assert last_status(SUM, true) == "holds"
    assert last_status(SUM, wrong) != "holds"


@pytest.mark.parametrize("claim", ["P(V = -U) = P(V = 2 U)", "P(U + V = c) = P(U = c + V)", "P(U + V = c) = 0"])
def test_what_never_happens_by_lot_shows_nothing(claim):
    assert last_status("", claim) != "holds"


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"P(|V - \mu| \ge c \sigma) \le \frac{1}{c^2}", r"P(|V - \mu| \ge c \sigma) \le \frac{1}{c^3}"),
        (r"P(|V - \mu| \ge c) \le \frac{\sigma^2}{c^2}", r"P(|V - \mu| \ge c) \le \frac{\sigma}{c^2}"),
        (r"P(V - \mu \ge c) \le \frac{\sigma^2}{\sigma^2 + c^2}", r"P(V - \mu \ge c) \le \frac{\sigma^2}{\sigma^2 + 2 c^2}"),
    ],
)  # fmt: skip
def test_bounds_are_tried_where_they_are_reached(true, wrong):
    assert last_status(GIVEN, true) == "holds"
    assert last_status(GIVEN, wrong) != "holds"
