"""gradcheck accepts right gradients and names the entry of a wrong one."""

from typing import Any

import numpy as np
import pytest

from glideslope.autograd import OPS, GradientError, Tensor, gradcheck, op

X = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.fixture
def wrong():  # type: ignore[no-untyped-def]
    """A square whose pullback forgets the factor 2 at one entry."""

    @op
    def forgetful(x: Any) -> Any:
        factor = np.full(np.shape(x), 2.0)
        factor[1, 0] = 1.0
        return x * x, lambda g: g * factor * x

    yield forgetful
    del OPS["forgetful"]


@pytest.mark.parametrize(("method", "word"), [("central", "central"), ("complex", "complex")])
def test_the_entry_that_is_off_is_named(wrong, method: Any, word: str) -> None:  # type: ignore[no-untyped-def]
    words = (
        rf"^The gradient of input 0 is off at entry \(1, 0\): backward gives -2\.9699775, the {word} difference -5\.939955 "
        r"\(error 5\.0e-01, allowed 1e-06; 1 of 4 entries are off\); check the pullback of that input\.$"
    )
    with pytest.raises(GradientError, match=words):
        gradcheck(wrong, X, method=method)


def test_the_input_that_is_off_is_named(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(GradientError, match=r"^The gradient of input 1 is off at entry \(1, 0\)"):
        gradcheck(lambda a, b: a * wrong(b), X, X)


def test_a_missing_gradient_is_off() -> None:
    with pytest.raises(GradientError, match=r"backward gives -?0, .*4 of 4"):
        gradcheck(lambda x: Tensor(x.value) * x.detach() + x * 0.0, X)


def test_a_nan_gradient_is_off() -> None:
    with pytest.raises(GradientError), np.errstate(all="ignore"):
        gradcheck(lambda x: (x * 0.0) ** 0.5, X)


def test_the_complex_step_is_exact_where_the_central_difference_is_not() -> None:
    f = lambda x: x**3  # noqa: E731
    exact, approximate = gradcheck(f, X, method="complex"), gradcheck(f, X, method="central")
    assert exact < 1e-15 < 1e-12 < approximate < 1e-8


def test_the_step_grows_with_the_entry() -> None:
    """At x = 10⁷ a step of 10⁻⁵ would drown in the rounding of x² (the quotient would be off by 10⁻⁴ and more)."""
    assert gradcheck(lambda x: x * x, np.array([1e7, -3e6])) < 1e-9
