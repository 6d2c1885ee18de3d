r"""Letters that stand for values, events, and functions of a variable: $P(X = k)$, $P(a < X \le b)$, $F_Y(y)$ of $Y = g(X)$."""

import pytest

from .last import last_status

EXPONENTIAL = "The waiting time is exponential: $$T \\sim \\mathrm{Exp}(\\lambda)$$"
GAUSS = "A gust is $$W \\sim \\mathcal{N}(\\mu, \\sigma^2)$$"
STANDARD = "The noise is $$Z \\sim \\mathcal{N}(0, 1)$$"
TRIALS = "Of $n$ motors a number fails: $$X \\sim \\mathrm{Bin}(n, p)$$"
FIRST = "The first failure comes in flight $$K \\sim \\mathrm{Geom}(p)$$"

#: (words, what is true, wrong twins)
NAMED = [
    (TRIALS, r"P(X = k) = \binom{n}{k} p^k (1-p)^{n-k}", [r"P(X = k) = \binom{n}{k} p^{n-k} (1-p)^k", r"P(X = k) = p^k (1-p)^{n-k}"]),
    (TRIALS, r"f_X(k) = \binom{n}{k} p^k (1-p)^{n-k}", [r"f_X(k) = \binom{n}{k} p^k (1+p)^{n-k}"]),
    (FIRST, r"P(K = j) = (1-p)^{j-1} p", [r"P(K = j) = (1-p)^{j+1} p"]),
    (FIRST, r"P(K > j) = (1-p)^j", [r"P(K > j) = p^j", r"P(K > j) = (1-p)^{j+2}"]),
    (EXPONENTIAL, r"P(T > s) = e^{-\lambda s}", [r"P(T > s) = e^{\lambda s}", r"P(T > s) = 1 - e^{-\lambda s}"]),
    (EXPONENTIAL, r"F_T(s) = 1 - e^{-\lambda s}", [r"F_T(s) = 1 + e^{-\lambda s}"]),
    (EXPONENTIAL, r"P(T > s + t \mid T > s) = P(T > t)", [r"P(T > s + t \mid T > s) = P(T > s)"]),
    (EXPONENTIAL, r"P(a < T \le b) = e^{-\lambda a} - e^{-\lambda b}", [r"P(a < T \le b) = e^{-\lambda a} + e^{-\lambda b}", r"P(a < T \le b) = e^{-\lambda b} - e^{-\lambda a}"]),
    (EXPONENTIAL, r"Q_T(p) = -\frac{\ln(1-p)}{\lambda}", [r"Q_T(p) = -\frac{\ln p}{\lambda}"]),
    (EXPONENTIAL, r"\mathrm{mode}(T) = 0", [r"\mathrm{mode}(T) = \frac{1}{\lambda}"]),
    (GAUSS, r"\mathrm{mode}(W) = \mu", [r"\mathrm{mode}(W) = \sigma"]),
    (GAUSS, r"F_W^{-1}(p) = \mu + \sqrt{2} \sigma \, \mathrm{erf}^{-1}(2 p - 1)", [r"F_W^{-1}(p) = \mu + \sqrt{2} \sigma \, \mathrm{erf}^{-1}(2 p)", r"F_W^{-1}(p) = \mu + \sqrt{2} \sigma \, \mathrm{erf}(2 p - 1)"]),
    (STANDARD, r"P(Z > z) = 1 - \Phi(z)", [r"P(Z > z) = \Phi(z)"]),
    (STANDARD, r"P(|Z| \le c) = 2 \Phi(c) - 1", [r"P(|Z| \le c) = 2 \Phi(c)", r"P(|Z| \le c) = \Phi(c) - 1"]),
    (STANDARD, r"P(Z^2 \le y) = 2 \Phi(\sqrt{y}) - 1", [r"P(Z^2 \le y) = 2 \Phi(y) - 1"]),
]  # fmt: skip

SCALED = GAUSS + " and $V = c W + d$ with $c > 0$."
RISING = "Let $X$ be a {} random variable, let $g(x)$ be a strictly {} function, and consider $Y = g(X)$."
SOME, SMOOTH, STEPS = (RISING.format(kind, "increasing") for kind in ("", "continuous", "discrete"))
FALLING = RISING.format("continuous", "decreasing")
PUSHED = [
    (SCALED, r"P(V \le v) = F_W\left(\frac{v-d}{c}\right)", [r"P(V \le v) = F_W\left(\frac{v+d}{c}\right)"]),
    (SCALED, r"f_V(v) = \frac{1}{c} f_W\left(\frac{v-d}{c}\right)", [r"f_V(v) = f_W\left(\frac{v-d}{c}\right)", r"f_V(v) = c f_W\left(\frac{v-d}{c}\right)"]),
    (SOME, r"F_Y(y) = \mathrm{Pr}(Y \leq y)", [r"F_Y(y) = \mathrm{Pr}(Y \geq y)"]),
    (SOME, r"\mathrm{Pr}(g(X) \leq y) = \mathrm{Pr}(X \leq g^{-1}(y))", [r"\mathrm{Pr}(g(X) \leq y) = \mathrm{Pr}(X \geq g^{-1}(y))", r"\mathrm{Pr}(g(X) \leq y) = \mathrm{Pr}(X \leq g(y))"]),
    (SOME, r"F_Y(y) = F_X(g^{-1}(y))", [r"F_Y(y) = F_X(g(y))", r"F_Y(y) = 1 - F_X(g^{-1}(y))"]),
    (SMOOTH, r"f_Y(y) = f_X(g^{-1}(y)) \frac{\mathrm{d}g^{-1}(y)}{\mathrm{d}y}", [r"f_Y(y) = f_X(g^{-1}(y)) g'(y)", r"f_Y(y) = f_X(g^{-1}(y))"]),
    (SMOOTH, r"\frac{\mathrm{d}}{\mathrm{d}y} F_X(g^{-1}(y)) = f_X(g^{-1}(y)) \frac{1}{g'(g^{-1}(y))}", [r"\frac{\mathrm{d}}{\mathrm{d}y} F_X(g^{-1}(y)) = f_X(g^{-1}(y)) g'(g^{-1}(y))"]),
    (FALLING, r"F_Y(y) = 1 - F_X(g^{-1}(y))", [r"F_Y(y) = F_X(g^{-1}(y))"]),
    (FALLING, r"f_Y(y) = - f_X(g^{-1}(y)) \frac{\mathrm{d}g^{-1}(y)}{\mathrm{d}y}", [r"f_Y(y) = f_X(g^{-1}(y)) \frac{\mathrm{d}g^{-1}(y)}{\mathrm{d}y}"]),
    (STEPS, r"\mathrm{Pr}(g(X) = y) = \mathrm{Pr}(X = g^{-1}(y))", [r"\mathrm{Pr}(g(X) = y) = -\mathrm{Pr}(X = g^{-1}(y))", r"\mathrm{Pr}(g(X) = y) = \mathrm{Pr}(X = y)"]),
    (STEPS, r"f_Y(y) = f_X(g^{-1}(y))", [r"f_Y(y) = f_X(y)", r"f_Y(y) = -f_X(g^{-1}(y))"]),
    ("Let $X$ be a continuous random variable and $Y = F_X(X)$.", r"F_Y(y) = y", [r"F_Y(y) = y^2", r"F_Y(y) = 1 - y"]),
    ("Let $X$ be a random variable.", r"P(a < X \le b) = F_X(b) - F_X(a)", [r"P(a \le X \le b) = F_X(b) - F_X(a)", r"P(X < a) = F_X(a)"]),
    ("Let $X$ be a continuous random variable.", r"P(a \le X \le b) = \int_a^b f_X(x) \, \mathrm{d}x", [r"P(a \le X \le b) = \int_a^b F_X(x) \, \mathrm{d}x"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "true"), [(words, true) for words, true, _ in NAMED + PUSHED])
def test_what_is_true_of_events_and_functions_holds(words: str, true: str) -> None:
    assert last_status(words, true) == "holds"


@pytest.mark.parametrize(("words", "twin"), [(words, twin) for words, _, twins in NAMED + PUSHED for twin in twins])
def test_a_wrong_twin_does_not_hold(words: str, twin: str) -> None:
    assert last_status(words, twin) != "holds"


@pytest.mark.parametrize("claim", [r"F_Y(y) = F_X(g^{-1}(y))", r"f_Y(y) = f_X(g^{-1}(y))"])
def test_what_is_true_of_one_kind_only_needs_the_words(claim: str) -> None:
    either = "Let $X$ be a random variable, let $g$ be an invertible function, and consider $Y = g(X)$."
    assert last_status(either, claim) != "holds"
    assert last_status(SOME, r"f_Y(y) = f_X(g^{-1}(y))") != "holds"


CASES = "Between $a$ and $b$ the load is continuous uniform: $$X \\sim \\mathcal{U}(a, b)$$"
PIECES = r"F_X(x) = \left\{ \begin{array}{rl} LOW, & \text{if} \; x < a \\ \frac{x-a}{b-a}, & \text{if} \; a \leq x \leq b \\ HIGH, & \text{if} \; x > b \end{array} \right."


@pytest.mark.parametrize(("low", "high", "holds"), [("0", "1", True), ("1", "1", False), ("0", "2", False)])
def test_a_claim_by_cases_is_tried_beyond_the_ends_too(low: str, high: str, holds: bool) -> None:
    assert (last_status(CASES, PIECES.replace("LOW", low).replace("HIGH", high)) == "holds") is holds


def test_an_integral_over_cases_is_cut_where_they_change() -> None:
    pieces = r"$$h(x) = \begin{cases} \frac{1}{w-v} & \text{if } v \le x \le w \\ 0 & \text{otherwise} \end{cases}$$ with $v < w$."
    assert last_status(pieces, r"\int_{-\infty}^{\infty} h(x) \, \mathrm{d}x = 1") == "holds"
    assert last_status(pieces, r"\int_{-\infty}^{\infty} h(x) \, \mathrm{d}x = 2") != "holds"


def test_setting_a_slope_to_zero_is_no_slip() -> None:
    text = "Let $f(x) = x^2 - 4 x$."
    assert last_status(text, "f'(x) = 0 = 2 x - 4") == "not-confirmed"


SCALE = "$$X \\sim \\mathrm{Gam}(a,b)$$ and $V = c X$ with $c > 0$. Write $$V = g(X) = c X$$"


def test_a_function_named_on_the_way_makes_of_one_variable_the_other() -> None:
    assert last_status("$$X \\sim \\mathrm{Gam}(a,b)$$ and $V = c X$.", r"V = g(X) = c X") == "holds"
    assert last_status("$$X \\sim \\mathrm{Gam}(a,b)$$ and $V = c X$.", r"V = g(X) = \frac{X}{c}") == "not-confirmed"
    assert last_status(SCALE, r"X = g^{-1}(V) = \frac{V}{c}") == "holds"
    assert last_status(SCALE, r"X = g^{-1}(V) = c V") == "not-confirmed"


def test_the_density_of_a_scaled_variable() -> None:
    density = r"f_V(v) = \frac{(b/c)^a}{\Gamma(a)} v^{a-1} \exp\left[-\frac{b}{c} v\right]"
    assert last_status(SCALE, density) == "holds"
    assert last_status(SCALE, density.replace("(b/c)^a", "(b/a)^a")) != "holds"
    assert last_status(SCALE, density.replace("(b/c)^a", "b^a")) != "holds"


STEEP = "$$X \\sim \\mathrm{Gam}(0.3, b)$$ and $V = c X$ with $c > 0$."


@pytest.mark.parametrize(
    "twin",
    [
        "V = b X",
        "V = -c X",
        r"f_X(x) = \frac{b^{0.3}}{\Gamma(0.3)} x^{-0.7}",
        r"f_X(x) = \frac{b^{0.3}}{\Gamma(0.3)} x^{-0.7} e^{-2 b x}",
    ],
)
def test_a_law_that_is_steep_at_its_end_is_not_judged_there_alone(twin: str) -> None:
    assert last_status(STEEP, twin) != "holds"


def test_a_bare_letter_says_of_which_variable_it_is_a_value():
    words = r"Let $X$ be a random variable and $Y = X^2$."
    claim = r"F_X(\sqrt y) - F_X(-\sqrt y) = F_Y(y)"
    assert last_status(words, claim) != "holds"  # P(X = -√y) is left out
    assert last_status(words.replace("a random", "a continuous random"), claim) == "holds"
