r"""Named laws: what follows from $X \sim \mathrm{Bin}(n, p)$ holds, and its wrong twins (factor, sign, parameters swapped) do not."""

import pytest

from glideslope.derive import check_chain, check_document

#: (the law of X, what is true of it, wrong twins of that)
LAWS = [
    (r"\mathrm{Bern}(p)", r"\mathrm{E}(X) = p", [r"\mathrm{E}(X) = p^2", r"\mathrm{E}(X) = 1 - p"]),
    (r"\mathrm{Bern}(p)", r"\mathrm{Var}(X) = p(1-p)", [r"\mathrm{Var}(X) = p", r"\mathrm{Var}(X) = p(1+p)"]),
    (r"\mathrm{Bern}(p)", r"\mathrm{H}(X) = -p \ln p - (1-p) \ln (1-p)", [r"\mathrm{H}(X) = -p \ln p + (1-p) \ln (1-p)"]),
    (r"\mathrm{Bern}(p)", r"\mathrm{H}(X) = -p \log_2 p - (1-p) \log_2 (1-p)", [r"\mathrm{H}(X) = -p \log_2 p + (1-p) \log_2 (1-p)", r"\mathrm{H}(X) = -p \log_2 p - (1-p) \ln (1-p)"]),
    (r"\mathrm{Bern}(p)", r"\mathrm{H}(X) = - \sum_{x \in \mathcal{X}} p(x) \cdot \log_b p(x)", [r"\mathrm{H}(X) = \sum_{x \in \mathcal{X}} p(x) \cdot \log_b p(x)"]),
    (r"\mathrm{Bin}(n,p)", r"\mathrm{Var}(X) = \sum_{x=0}^n (x - \mathrm{E}(X))^2 \cdot \mathrm{Pr}(X = x)", [r"\mathrm{Var}(X) = \sum_{x=0}^n (x + \mathrm{E}(X))^2 \cdot \mathrm{Pr}(X = x)"]),
    (r"\mathrm{Bin}(n,p)", r"\mathrm{E}(X) = n p", [r"\mathrm{E}(X) = (n-1) p", r"\mathrm{E}(X) = \frac{n}{p}"]),
    (r"\mathrm{Bin}(n,p)", r"\mathrm{Var}(X) = n p (1-p)", [r"\mathrm{Var}(X) = n p", r"\mathrm{Var}(X) = n^2 p (1-p)"]),
    (r"\mathrm{Bin}(n,p)", r"f_X(x) = \binom{n}{x} p^x (1-p)^{n-x}", [r"f_X(x) = \binom{n}{x} p^{n-x} (1-p)^x"]),
    (r"\mathrm{Poiss}(\lambda)", r"\mathrm{E}(X) = \lambda", [r"\mathrm{E}(X) = \frac{1}{\lambda}"]),
    (r"\mathrm{Poiss}(\lambda)", r"\mathrm{E}(X^2) = \lambda^2 + \lambda", [r"\mathrm{E}(X^2) = \lambda^2", r"\mathrm{E}(X^2) = \lambda^2 - \lambda"]),
    (r"\mathrm{Poiss}(\lambda)", r"M_X(t) = \exp[\lambda (e^t - 1)]", [r"M_X(t) = \exp[\lambda (e^t + 1)]"]),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X^4) = \mu^4 + 6 \mu^2 \sigma^2 + 3 \sigma^4", [r"\mathrm{E}(X^4) = \mu^4 + 6 \mu^2 \sigma^2 + \sigma^4"]),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{Var}(X) = \sigma^2", [r"\mathrm{Var}(X) = \sigma", r"\mathrm{Var}(X) = \mu"]),
    (r"\mathcal{N}(\mu, \sigma^2)", r"M_X(t) = \exp[\mu t + \frac{1}{2} \sigma^2 t^2]", [r"M_X(t) = \exp[\mu t + \sigma^2 t^2]", r"M_X(t) = \exp[\mu t - \frac{1}{2} \sigma^2 t^2]"]),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{h}(X) = \frac{1}{2} \ln(2 \pi e \sigma^2)", [r"\mathrm{h}(X) = \frac{1}{2} \ln(2 \pi \sigma^2)"]),
    (r"\mathcal{N}(\mu, \sigma^2)", r"F_X(x) = \frac{1}{2} \left[1 + \mathrm{erf}\left(\frac{x-\mu}{\sqrt{2} \sigma}\right)\right]", [r"F_X(x) = \frac{1}{2} \left[1 + \mathrm{erf}\left(\frac{x-\mu}{\sigma}\right)\right]"]),
    (r"\mathcal{N}(\mu, \sigma^2)", r"f_X(x) = \frac{1}{\sqrt{2 \pi} \sigma} \exp\left[-\frac{1}{2} \left(\frac{x-\mu}{\sigma}\right)^2\right]", []),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = \int_{-\infty}^{\infty} x f_X(x) \, \mathrm{d}x", [r"\mathrm{E}(X) = \int_{-\infty}^{\infty} x^2 f_X(x) \, \mathrm{d}x"]),
    (r"\ln \mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X) = \exp(\mu + \frac{1}{2} \sigma^2)", [r"\mathrm{E}(X) = \exp(\mu)"]),
    (r"\mathrm{Gam}(a, b)", r"\mathrm{Var}(X) = \frac{a}{b^2}", [r"\mathrm{Var}(X) = \frac{a}{b}", r"\mathrm{Var}(X) = \frac{b}{a^2}"]),
    (r"\mathrm{Gam}(a, b)", r"f_X(x) = \frac{b^a}{\Gamma(a)} x^{a-1} \exp[-b x]", []),
    (r"\mathrm{Bet}(\alpha, \beta)", r"\mathrm{E}(X) = \frac{\alpha}{\alpha + \beta}", [r"\mathrm{E}(X) = \frac{\beta}{\alpha + \beta}"]),
    (r"\mathrm{Bet}(\alpha, \beta)", r"\mathrm{Var}(X) = \frac{\alpha \beta}{(\alpha + \beta)^2 (\alpha + \beta + 1)}", [r"\mathrm{Var}(X) = \frac{\alpha \beta}{(\alpha + \beta)^2 (\alpha + \beta)}"]),
    (r"\mathrm{Bet}(\alpha, \beta)", r"f_X(x) = \frac{1}{\mathrm{B}(\alpha, \beta)} x^{\alpha-1} (1-x)^{\beta-1}", []),
    (r"\mathrm{Bet}(\alpha, \beta)", r"\mathrm{E}(X) = \frac{\mathrm{B}(\alpha+1, \beta)}{\mathrm{B}(\alpha, \beta)}", [r"\mathrm{E}(X) = \frac{\mathrm{B}(\alpha, \beta+1)}{\mathrm{B}(\alpha, \beta)}"]),
    (r"\chi^2(k)", r"\mathrm{E}(X) = k", [r"\mathrm{E}(X) = k - 1"]),
    (r"\chi^2(k)", r"\mathrm{Var}(X) = 2 k", [r"\mathrm{Var}(X) = k"]),
    (r"\mathrm{Laplace}(m, b)", r"\mathrm{Var}(X) = 2 b^2", [r"\mathrm{Var}(X) = b^2"]),
    (r"\mathrm{Wald}(\gamma, \alpha)", r"\mathrm{E}(X) = \frac{\alpha}{\gamma}", [r"\mathrm{E}(X) = \frac{\gamma}{\alpha}"]),
    (r"t(\nu)", r"\mathrm{E}(X) = 0", [r"\mathrm{E}(X) = \nu"]),
]  # fmt: skip


def statuses(law: str, latex: str) -> set[str]:
    return {v.status for v in check_chain(latex, f"$$X \\sim {law} \\; .$$")}


@pytest.mark.parametrize(("law", "latex"), [(law, true) for law, true, _ in LAWS])
def test_what_follows_from_a_named_law_holds(law: str, latex: str) -> None:
    assert statuses(law, latex) == {"holds"}


@pytest.mark.parametrize(("law", "latex"), [(law, twin) for law, _, twins in LAWS for twin in twins])
def test_a_wrong_twin_does_not_hold(law: str, latex: str) -> None:
    assert "holds" not in statuses(law, latex)


@pytest.mark.parametrize("latex", sorted({true for _, true, _ in LAWS if "E}" in true or "Var" in true}))
def test_without_the_name_of_the_law_nothing_is_confirmed(latex: str) -> None:
    if "f_X" not in latex:  # the mean as an integral over a density is true of every law
        assert {v.status for v in check_chain(latex)} <= {"definition", "not-confirmed", "not-understood"}


def test_uniform_laws_are_told_apart_by_words() -> None:
    said = "Let $X$ follow a {} uniform distribution: $$X \\sim \\mathcal{{U}}(a, b)$$"
    discrete, continuous = (check_chain(r"\mathrm{Var}(X) = \frac{(b-a+1)^2 - 1}{12}", said.format(kind))[0].status
                            for kind in ("discrete", "continuous"))  # fmt: skip
    assert (discrete, continuous) == ("holds", "not-confirmed")
    assert check_chain(r"\mathrm{Var}(X) = \frac{(b-a)^2}{12}", said.format("continuous"))[0].status == "holds"


@pytest.mark.parametrize(("family", "mean"), [("Exp", r"\frac{1}{\lambda}"), ("Exp", r"\lambda")])
def test_either_convention_is_accepted(family: str, mean: str) -> None:
    assert statuses(rf"\mathrm{{{family}}}(\lambda)", rf"\mathrm{{E}}(X) = {mean}") == {"holds"}


def test_two_steps_in_two_conventions_are_not_confirmed() -> None:
    text = (
        "$$X \\sim \\mathrm{Exp}(\\lambda)$$ has the mean $$\\mathrm{E}(X) = \\lambda$$ and the variance"
        " $$\\mathrm{Var}(X) = SPREAD$$"
    )
    one, two = (
        [v.status for v in check_document(text.replace("SPREAD", spread)).verdicts][1:]
        for spread in (r"\lambda^2", r"\frac{1}{\lambda^2}")
    )
    assert one == ["holds", "holds"]
    assert two == ["not-confirmed", "not-confirmed"]


def test_the_density_in_the_text_wins_over_the_name() -> None:
    text = (
        "$$X \\sim \\mathrm{Gam}(a, b)$$ with $$f_X(x) = 2 x, \\quad 0 < x < 1$$ has $$\\mathrm{E}(X) = \\frac{a}{b}$$"
    )
    assert "holds" not in {v.status for v in check_document(text).verdicts}


TWO = "Let $X$ and $Y$ {} random variables with $$X \\sim \\mathcal{{N}}(\\mu, \\sigma^2)$$ and $$Y \\sim \\mathrm{{Poiss}}(\\lambda)$$"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("latex", "needs"),
    [
        (r"\mathrm{E}(X + Y) = \mu + \lambda", False),
        (r"\mathrm{Var}(X + Y) = \sigma^2 + \lambda", True),
        (r"\mathrm{E}(X Y) = \mu \lambda", True),
    ],
)
def test_laws_of_two_variables_leave_their_dependence_open(latex: str, needs: bool) -> None:
    alone = check_chain(latex, TWO.format("be"))[-1].status
    said = check_chain(latex, "Let $Y$ be independent. " + TWO.format("be independent"))[-1].status
    assert said == "holds"
    assert alone == ("not-confirmed" if needs else "holds")


@pytest.mark.slow
def test_observations_of_one_law() -> None:
    given = (
        "Let $y = \\{ y_1, \\ldots, y_n \\}$ be independent observations: $$y_i \\sim \\mathcal{N}(\\mu, \\sigma^2),"
        " \\quad i = 1, \\ldots, n$$ with mean $$\\bar{y} = \\frac{1}{n} \\sum_{i=1}^n y_i$$"
    )
    true = r"\mathrm{E}\left[ \frac{1}{n} \sum_{i=1}^{n} (y_i - \bar{y})^2 \right] = \frac{n-1}{n} \sigma^2"
    assert check_chain(true, given)[-1].status == "holds"
    for twin in (true.replace("n-1", "n"), true.replace("n-1", "n+1"), true.replace("\\sigma^2", "\\sigma")):
        assert check_chain(twin, given)[-1].status != "holds"


VECTOR = "Let $A \\in \\mathbb{R}^{n \\times n}$. $$X \\sim \\mathcal{N}(\\mu, \\Sigma)$$ with $\\mu \\in \\mathbb{R}^n$ and $X \\in \\mathbb{R}^n$."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("latex", "holds"),
    [
        (r"\mathrm{Cov}(A X) = A \Sigma A^\mathrm{T}", True),
        (r"\mathrm{Cov}(A X) = A^\mathrm{T} \Sigma A", False),
        (r"\mathrm{E}(X^\mathrm{T} A X) = \mu^\mathrm{T} A \mu + \mathrm{tr}(A \Sigma)", True),
        (r"\mathrm{E}(X^\mathrm{T} A X) = \mu^\mathrm{T} A \mu", False),
    ],
)
def test_vectors_with_a_normal_law(latex: str, holds: bool) -> None:
    assert (check_chain(latex, VECTOR)[-1].status == "holds") is holds


def test_moments_that_are_given_count_for_every_law() -> None:
    given = "Let $X$ be a random variable with $\\mathrm{E}(X) = \\mu$ and $\\mathrm{Var}(X) = \\sigma^2$."
    assert check_chain(r"\mathrm{E}\left[(X - a)^2\right] = \sigma^2 + (\mu - a)^2", given)[-1].status == "holds"
    for twin in (r"\mathrm{E}\left[(X - a)^2\right] = \sigma^2 - (\mu - a)^2", r"\mathrm{E}\left[X^3\right] = \mu^3 + 3 \mu \sigma^2"):  # fmt: skip
        assert check_chain(twin, given)[-1].status != "holds"


NAMED = [
    (r"\mathcal{N}(x; \mu, \sigma^2)", r"\frac{1}{\sqrt{2 \pi \sigma^2}} \exp\left[-\frac{(x-\mu)^2}{2 \sigma^2}\right]", r"\frac{1}{\sqrt{2 \pi} \sigma^2} \exp\left[-\frac{(x-\mu)^2}{2 \sigma^2}\right]"),
    (r"\mathrm{Gam}(x; a, b)", r"\frac{b^a}{\Gamma(a)} x^{a-1} \exp[-b x]", r"\frac{a^b}{\Gamma(b)} x^{b-1} \exp[-a x]"),
    (r"\mathrm{Bet}(x; a, b)", r"\frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} x^{a-1} (1-x)^{b-1}", r"\frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} x^{b-1} (1-x)^{a-1}"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "formula", "twin"), NAMED)
def test_a_density_under_the_name_of_its_law(name: str, formula: str, twin: str) -> None:
    given = r"Let $0 < x < 1$ and $\sigma > 0$, $a > 0$, $b > 0$."
    assert check_chain(f"1 + {name} = 1 + {formula}", given)[-1].status == "holds"
    assert check_chain(f"1 + {name} = 1 + {twin}", given)[-1].status != "holds"


def test_an_integral_along_a_function() -> None:
    true = r"\int_{-\infty}^{\infty} (\sigma x)^2 e^{-x^2} \, \mathrm{d}(\sigma x) = \sigma^3 \frac{\sqrt{\pi}}{2}"
    assert check_chain(true, r"Let $\sigma > 0$.")[-1].status == "holds"
    assert check_chain(true.replace("^3", "^2"), r"Let $\sigma > 0$.")[-1].status != "holds"


def test_a_product_ends_with_its_bracket() -> None:
    given = r"Let $\lambda > 0$ and $y \in \mathbb{R}^n$."
    true = r"\prod_{i=1}^n \left(1 + y_i^2\right) \lambda^{n} = \lambda^n \prod_{i=1}^n \left(1 + y_i^2\right)"
    assert check_chain(true, given)[-1].status == "holds"
    assert check_chain(true.replace(r"\lambda^n \prod", r"\lambda \prod"), given)[-1].status != "holds"


def test_multinomial_coefficients() -> None:
    given = "Let $n$ be an integer and $x_1 > 0$, $a > 0$, $b > 0$."
    for true, twin in (
        (r"{n \choose {x_1, n - x_1}} = {n \choose x_1}", r"{n \choose {x_1, n + x_1}} = {n \choose x_1}"),
        (r"\binom{n}{a, b, n-a-b} = \binom{n}{a} \binom{n-a}{b}", r"\binom{n}{a, b, n-a-b} = \binom{n}{a} \binom{n}{b}"),
        (r"{n \choose {x_1, \ldots, x_k}} = \frac{n!}{\prod_{i=1}^k x_i!}", r"{n \choose {x_1, \ldots, x_k}} = \frac{n!}{\sum_{i=1}^k x_i!}"),
    ):  # fmt: skip
        assert check_chain("1 + " + true.replace("=", "= 1 +", 1), given)[-1].status == "holds"
        assert check_chain("1 + " + twin.replace("=", "= 1 +", 1), given)[-1].status != "holds"


def test_an_identity_written_with_dots() -> None:
    matrix = r"\begin{bmatrix} 1 & \cdots & 0 \\ \vdots & \ddots & \vdots \\ 0 & \cdots & 1 \end{bmatrix}"
    given = r"Let $A \in \mathbb{R}^{n \times n}$."
    assert check_chain(f"A {matrix} + A = 2 A", given)[-1].status == "holds"
    assert check_chain(f"A {matrix} + A = A", given)[-1].status != "holds"


def test_words_give_moments() -> None:
    given = "Let $X_1, \\ldots, X_n$ be independent and identically distributed random variables with mean $\\mu$ and variance $\\sigma^2$."
    true = r"\mathrm{Var}\left( \frac{1}{n} \sum_{i=1}^n X_i \right) = \frac{\sigma^2}{n}"
    assert check_chain(true, given)[-1].status == "holds"
    assert check_chain(true.replace(r"\frac{\sigma^2}{n}", r"\sigma^2"), given)[-1].status != "holds"
    assert check_chain(true, given.replace("independent and identically distributed ", ""))[-1].status != "holds"
    assert check_chain(true, given.replace("variance", "deviation"))[-1].status != "holds"


def test_an_inline_identity_of_probability_defines_nothing() -> None:
    given = "By the law of marginal probability, $p(x) = \\int p(x, y) \\, dy$, we have the following."
    true = r"\int p(y) \int p(x|y) \log p(x|y) \, dx \, dy = \int \int p(x, y) \log \frac{p(x, y)}{p(y)} \, dx \, dy"
    assert check_chain(true, given)[-1].status == "holds"
    assert check_chain(true.replace(r"}{p(y)}", r"}{p(x)}"), given)[-1].status != "holds"


def test_a_mean_in_angle_brackets() -> None:
    true = r"\left\langle \log p(y|\theta) \right\rangle_{p(\theta|y)} = \int p(\theta|y) \log p(y|\theta) \, d\theta"
    assert check_chain(true)[-1].status == "holds"
    assert check_chain(true.replace(r"\rangle_{p(\theta|y)}", r"\rangle_{p(\theta)}"))[-1].status != "holds"


BETWEEN = [
    (r"\int_{0}^{x} \lambda e^{-\lambda z} \, \mathrm{d}z", r"\left[ -e^{-\lambda z} \right]_{0}^{x}", r"\left[ e^{-\lambda z} \right]_{0}^{x}"),
    (r"\int_a^b x^2 \, \mathrm{d}x", r"\left[ \frac{1}{3} x^3 \right]_a^b", r"\left[ \frac{1}{2} x^3 \right]_a^b"),
]  # fmt: skip


@pytest.mark.parametrize(("integral", "true", "twin"), BETWEEN)
def test_a_difference_between_two_ends(integral: str, true: str, twin: str) -> None:
    assert check_chain(f"{integral} = {true}", r"Let $\lambda > 0$.")[-1].status == "holds"
    assert check_chain(f"{integral} = {twin}", r"Let $\lambda > 0$.")[-1].status != "holds"


def test_cases_in_an_array() -> None:
    text = "$$X \\sim \\mathrm{Exp}(\\lambda)$$ has $$f_X(x) = \\left\\{ \\begin{array}{rl} 0 \\; , & \\text{if} \\; x < 0 \\\\ FORMULA \\; , & \\text{if} \\; x \\geq 0 \\; . \\end{array} \\right.$$"
    assert check_document(text.replace("FORMULA", r"\lambda \exp[-\lambda x]")).verdicts[1].status == "holds"
    assert check_document(text.replace("FORMULA", r"\lambda \exp[\lambda x]")).verdicts[1].status != "holds"


KL = r"\mathrm{KL}[P\,||\,Q] = \frac{1}{2} \left[ \frac{(\mu_2 - \mu_1)^2}{\sigma_2^2} + \frac{\sigma_1^2}{\sigma_2^2} - \ln \frac{\sigma_1^2}{\sigma_2^2} - 1 \right]"


@pytest.mark.parametrize(
    ("latex", "holds"),
    [
        (KL, True),
        (KL.replace("- 1", "+ 1"), False),
        (KL.replace(r"[P\,||\,Q]", r"[Q\,||\,P]"), False),
        (r"\mathrm{KL}[P\,||\,Q] = \int p(x) \ln \frac{p(x)}{q(x)} \, \mathrm{d}x", True),
        (r"\mathrm{KL}[P\,||\,Q] = \int q(x) \ln \frac{p(x)}{q(x)} \, \mathrm{d}x", False),
    ],
)
def test_two_laws_of_one_variable(latex: str, holds: bool) -> None:
    given = (
        "$$ P: \\; X \\sim \\mathcal{N}(\\mu_1, \\sigma_1^2) $$ $$ Q: \\; X \\sim \\mathcal{N}(\\mu_2, \\sigma_2^2) $$"
    )
    assert (check_chain(latex, given)[-1].status == "holds") is holds


def test_a_function_of_a_discrete_variable() -> None:
    given = "$$V \\sim \\mathrm{Bern}(p)$$ and $$W = 2 V - 1$$"
    assert check_chain(r"0 + p(W=-1) = 1 - p", given)[-1].status == "holds"
    assert check_chain(r"0 + p(W=-1) = p", given)[-1].status != "holds"


def test_the_median_of_a_law() -> None:
    assert statuses(r"\mathrm{Exp}(\lambda)", r"\mathrm{median}(X) = \frac{\ln 2}{\lambda}") == {"holds"}
    assert "holds" not in statuses(r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{median}(X) = \sigma")


@pytest.mark.slow
def test_mean_and_variance_of_a_sum_of_lawful_variables() -> None:
    given = "Let $X_1, \\ldots, X_n$ be independent random variables: $$X_i \\sim \\mathcal{N}(\\mu_i, \\sigma_i^2), \\quad i = 1, \\ldots, n$$ and $$Y = \\sum_{i=1}^n a_i X_i \\; .$$"
    assert check_chain(r"\mathrm{Var}(Y) = \sum_{i=1}^{n} a_i^2 \sigma_i^2", given)[-1].status == "holds"
    assert check_chain(r"\mathrm{Var}(Y) = \sum_{i=1}^{n} a_i \sigma_i^2", given)[-1].status != "holds"


@pytest.mark.parametrize(
    ("given", "latex"),
    [
        (r"$$X \sim \mathcal{N}(0, 1)$$", r"\mathrm{E}(X Y) = 0"),
        (r"$$X \sim \mathcal{N}(0, 1)$$", r"\mathrm{E}(X^2 Y) = \mathrm{E}(Y)"),
        (r"$$X \sim \mathcal{N}(0, 1)$$", r"\mathrm{Var}(X + Y) = 1 + \mathrm{Var}(Y)"),
        (r"$$y \sim \mathrm{Bin}(n, p)$$ and $$p \sim \mathrm{Bet}(\alpha, \beta)$$", r"\mathrm{E}(y) = n p"),
        (r"$$m_0: \; X \sim \mathrm{Bern}(p)$$", r"\mathrm{E}(X) = p"),
        (r"$$X \overset{d}{\sim} \mathcal{N}(0, 1)$$", r"\mathrm{E}(X^4) = 3"),
        (r"$$X \sim \mathcal{N}(\mu, \sigma^2)$$", r"(x - \mu)^2 \leq 9 \sigma^2"),
        (r"$$X \sim \mathcal{D}(\mu, \sigma^2)$$", r"\mathrm{Var}(X) = \sigma^2"),
    ],
)
def test_what_the_text_does_not_say_is_not_confirmed(given: str, latex: str) -> None:
    assert check_chain(latex, given)[-1].status != "holds"


def test_a_function_of_the_variable_that_is_averaged() -> None:
    given = (
        "$$\\mathrm{MSE}(\\hat{\\theta}) = \\mathrm{Var}(\\hat{\\theta}) + \\mathrm{Bias}(\\hat{\\theta}, \\theta)^2$$ where the bias is"
        " $$\\mathrm{Bias}(\\hat{\\theta}, \\theta) = \\mathrm{E}_{\\hat{\\theta}}(\\hat{\\theta}) - \\theta \\; .$$"
    )
    true = r"\mathrm{MSE}(\hat{\theta}) = \mathrm{E}_{\hat{\theta}}\left[ (\hat{\theta} - \theta)^2 \right]"
    assert check_chain(true, given)[-1].status == "holds"
    assert check_chain(true.replace("- \\theta)", "+ \\theta)"), given)[-1].status != "holds"
    assert check_chain(true.replace(")^2 \\right]", ") \\right]"), given)[-1].status != "holds"


@pytest.mark.parametrize(
    ("words", "true", "false"),
    [
        (r"Let $X \sim \mathrm{Exp}(\lambda)$, so $f_X(x) = \lambda e^{-\lambda x}$ for $x \ge 0$.", r"\mathrm{E}(X) = \frac{1}{\lambda}", r"\mathrm{E}(X) = \lambda"),
        (r"Let $X \sim \mathrm{Exp}(\lambda)$, so $f_X(x) = \lambda e^{-\lambda x}$ for $x \ge 0$.", r"\mathrm{Var}(X) = \frac{1}{\lambda^2}", r"\mathrm{Var}(X) = \lambda^2"),
        (r"Let $X \sim \mathrm{Exp}(b)$, so $f_X(x) = \frac{1}{b} e^{-x/b}$ for $x \ge 0$.", r"\mathrm{E}(X) = b", r"\mathrm{E}(X) = \frac{1}{b}"),
        (r"Let $X \sim \mathcal{N}(2, 9)$.", r"\mathrm{Var}(X) = 9", r"\mathrm{Var}(X) = 81"),
        (r"Let $X \sim \mathcal{N}(2, 9)$.", r"\mathrm{E}(X^2) = 13", r"\mathrm{E}(X^2) = 85"),
    ],
)  # fmt: skip
def test_the_text_itself_says_which_convention(words: str, true: str, false: str) -> None:
    """A density in running words, or a number for a variance, leaves one convention only."""
    assert [v.status for v in check_document(f"{words}\n\n$${true}$$\n").verdicts] == ["holds"]
    assert [v.status for v in check_document(f"{words}\n\n$${false}$$\n").verdicts] == ["not-confirmed"]
