r"""A change of variables: equations solved for what they were made of, Jacobians, and densities with formulas of their own."""

import pytest

from glideslope.derive import check_document


def statuses(text: str) -> list[str]:
    return [v.status for v in check_document(text, path="notes.md").verdicts]


def last_status(words: str, claim: str) -> str:
    return statuses(f"{words} $${claim}$$")[-1]


MADE = "Let $$s = \\frac{u}{u + v}, \\quad r = u + v$$ so that, the other way round, "


def test_what_is_solved_for_is_a_claim():
    assert statuses(MADE + "$$u = r s$$ $$v = r (1 - s)$$") == ["definition", "definition", "holds", "holds"]


@pytest.mark.parametrize("wrong", ["u = r / s", "u = r (1 - s)", "v = r (1 + s)", "v = r s"])
def test_it_has_to_follow_from_what_was_said(wrong):
    assert statuses(MADE + f"$${wrong}$$")[-1] != "holds"


BACK = MADE + "$$u = r s$$ $$v = r (1 - s)$$ and then "


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"\frac{\mathrm{d}u}{\mathrm{d}s} = r", r"\frac{\mathrm{d}u}{\mathrm{d}s} = s"),
        (r"\frac{\mathrm{d}v}{\mathrm{d}s} = -r", r"\frac{\mathrm{d}v}{\mathrm{d}s} = r"),
        (r"\frac{\mathrm{d}v}{\mathrm{d}r} = 1 - s", r"\frac{\mathrm{d}v}{\mathrm{d}r} = 1 + s"),
    ],
)
def test_they_trade_places_where_a_slope_is_taken(true, wrong):
    assert last_status(BACK, true) == "holds"
    assert last_status(BACK, wrong) != "holds"


JACOBIAN = (
    "Let $$u = \\frac{s r}{1 - s}, \\quad v = r$$ with "
    r"$$K = \begin{bmatrix} \frac{\mathrm{d}u}{\mathrm{d}s} & \frac{\mathrm{d}u}{\mathrm{d}r} \\ \frac{\mathrm{d}v}{\mathrm{d}s} & \frac{\mathrm{d}v}{\mathrm{d}r} \end{bmatrix} = FORM$$"
)
GOOD = r"\begin{bmatrix} \frac{r}{(1 - s)^2} & \frac{s}{1 - s} \\ 0 & 1 \end{bmatrix}"


def test_the_coordinates_of_a_jacobian_do_not_change_with_each_other():
    assert statuses(JACOBIAN.replace("FORM", GOOD) + r" $$|K| = \frac{r}{(1 - s)^2}$$")[-2:] == ["holds", "holds"]


@pytest.mark.parametrize(
    ("old", "new"), [("0 & 1", "1 & 1"), ("0 & 1", "0 & 2"), ("(1 - s)^2", "(1 - s)"), (r"\frac{s}", r"\frac{r}")]
)
def test_a_jacobian_with_another_entry_does_not_hold(old, new):
    assert statuses(JACOBIAN.replace("FORM", GOOD.replace(old, new)))[-1] != "holds"


@pytest.mark.parametrize("wrong", [r"|K| = \frac{r}{1 - s}", r"|K| = \frac{r}{(1 - s)^2} + 1"])
def test_nor_does_another_determinant(wrong):
    assert statuses(JACOBIAN.replace("FORM", GOOD) + f" $${wrong}$$")[-1] != "holds"


def test_one_slope_alone_says_nothing_of_the_others():
    assert last_status("Let $$v = r$$", r"\frac{\mathrm{d}v}{\mathrm{d}s} = 0") != "holds"


@pytest.mark.parametrize("name", ["f_U(u)", "p_U(u)"])
def test_a_density_with_a_formula_has_that_formula(name):
    words = f"We have $${name} = 3 u^2 + b$$"
    assert last_status(words, f"3 u^2 + b = {name}") == "holds"
    assert last_status(words, f"3 u^2 - b = {name}") != "holds"


CASES = r"Let $U$ be a random variable. $$f_U(u) = \begin{cases} \frac{1}{d - c}, & \text{if } c \le u \le d \\ 0, & \text{otherwise} \end{cases}$$"


def test_a_case_of_it_is_no_slip():
    assert last_status(CASES, r"f_U(u) = 0 \quad \text{if} \quad u < c") == "holds"
    assert last_status(CASES, r"f_U(u) = 1 \quad \text{if} \quad u < c") != "holds"


@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        (r"\frac{\Gamma(a + b)}{\Gamma(a) \Gamma(b)} = \frac{1}{\mathrm{B}(a, b)}", r"\frac{\Gamma(a + b)}{\Gamma(a) \Gamma(b)} = \mathrm{B}(a, b)"),
        (r"\frac{a}{a + b} \mathrm{B}(a, b) = \mathrm{B}(a + 1, b)", r"\frac{b}{a + b} \mathrm{B}(a, b) = \mathrm{B}(a + 1, b)"),
    ],
)  # fmt: skip
def test_the_upright_b_of_two_numbers_is_the_beta_function(true, wrong):
    words = r"We know that $$g(a, b) = \mathrm{B}(a, b)$$"
    assert last_status(words, true) == "holds"
    assert last_status(words, wrong) != "holds"


UNREAD = r"The chance of $k$ is $$p(k) = \int_\Theta \mathrm{p}(k, t) \, \mathrm{d}t$$ which here becomes $$p(k) = \int_0^1 p^k (1 - p)^{3 - k} \, \mathrm{d}p$$"


def test_a_formula_takes_the_place_of_one_that_cannot_be_read():
    true, wrong = (rf"p(k) = \frac{{\Gamma(k + 1) \Gamma(4 - k)}}{{\Gamma({n})}}" for n in (5, 4))
    assert last_status(UNREAD, true) == "holds"
    assert last_status(UNREAD, wrong) != "holds"
