"""A slope inside a slope takes a step of its own, and many of them are paid for."""

import time

import pytest

from glideslope.derive import check_document


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("x + g'(x) = x + 9 x^2", "holds"),
        ("x + g'(x) = x + 6 x^2", "error"),
        ("x + g''(x) = 19 x", "holds"),
        ("x + f''(x) = 7 x", "holds"),
    ],
)
def test_the_slope_of_a_function_made_of_slopes(line: str, status: str) -> None:
    text = f"Let $x \\in \\mathbb{{R}}$, $f(x) = x^3$ and $g(x) = x f'(x)$.\n\n$$\n{line}\n$$\n"
    assert check_document(text).verdicts[-1].status == status


DAMAGED = r"""
A neuron has input $x \in \mathbb{R}$, weight $w \in \mathbb{R}$, bias $b \in \mathbb{R}$ and target $0 < y < 1$.

$$
\sigma(z) = \frac{1}{1 + e^{-z}}
$
\begin{aligned}
\sigma'(z) &= \frac{e^{-z}}{\left( 1 + e^{-z} \left(\right)^2} && \text{quotient rule} \\
&= \sigma(z) \left( 1 - \sigma(z) \right)
\end{aligned}
$$

$$
1 - \sigma(z) = \frac{e^{-z}}{1 + e^{-z}} = \sigma(-z)
$$

Two classes with logits $z$ and $0$:

$$
\frac{e^z}{e^z + e^0} = \frac{1}{1 + e^{-z}} = \sigma(z)
$$

## The quadratic cost

Now $z = w x + b$ and $a = \sigma(z)$, with the cost

$$
Q = \frac{(y - a)^2}{2}
$$

$$
\begin{aligned}
\frac{\partial Q}{\partial w} &= (a - y) \frac{\partial a}{\partial w} && \text{chain rule} \\
&= (a - y) \sigma'(z) x && \text{chain rule again} \\
&= (a - y) a (1 - a) x
\end{aligned}
$
"""


def test_slopes_that_define_one_another_end() -> None:
    """A damaged page of ours, found by fuzzing: σ is defined by σ′ and never closed."""
    start = time.process_time()
    check_document(DAMAGED)
    assert time.process_time() - start < 10
