r"""Events put together of others: $P(A \cup B)$, $P(B \setminus A)$, complements, the sure event and the empty one."""

import pytest

from .last import last_status

EVENTS = "Let $A$, $B$ and $C$ be events."

CLAIMS = [
    (r"P(A \cup B) = P(A) + P(B) - P(A \cap B)", [r"P(A \cup B) = P(A) + P(B)", r"P(A \cup B) = P(A) + P(B) + P(A \cap B)", r"P(A \cup B) = P(A) + P(B) - P(A) P(B)"]),
    (r"P(A \cup B) = P(A) + P(B \setminus A)", [r"P(A \cup B) = P(A) + P(A \setminus B)", r"P(A \cup B) = P(B) + P(B \setminus A)"]),
    (r"P(B \setminus [A \cap B]) = P(B) - P(A \cap B)", [r"P(B \setminus A) = P(B) - P(A)", r"P(B \setminus [A \cup B]) = P(B) - P(A \cap B)"]),
    (r"P((A \cup B)^c) = P(A^c \cap B^c)", [r"P((A \cup B)^c) = P(A^c \cup B^c)", r"P((A \cap B)^c) = P(A^c \cap B^c)"]),
    (r"P(A^\mathrm{c}) = 1 - P(A)", [r"P(A^\mathrm{c}) = P(A) - 1"]),
    (r"P(\emptyset) = 0", [r"P(\emptyset) = 1"]),
    (r"P(\Omega) = P(A) + P(A^\mathrm{c})", [r"P(\Omega) = P(A) + P(B^\mathrm{c})"]),
    (r"P(A \cup B \mid C) = P(A \mid C) + P(B \mid C) - P(A \cap B \mid C)", [r"P(A \cup B \mid C) = P(A \mid C) + P(B \mid C) - P(A \cap B)"]),
    (r"P(A \cup B \cup C) = P(A) + P(B) + P(C) - P(A \cap B) - P(A \cap C) - P(B \cap C) + P(A \cap B \cap C)", [r"P(A \cup B \cup C) = P(A) + P(B) + P(C) - P(A \cap B) - P(A \cap C) - P(B \cap C)"]),
    (r"P(A \cup B) \le P(A) + P(B)", [r"P(A \cup B) \ge P(A) + P(B)", r"P(A \cup B) \le P(A)"]),
    (r"P(A \cap B) \ge P(A) + P(B) - 1", [r"P(A \cap B) \ge P(A) P(B)", r"P(A \cap B) \ge P(A) + P(B) - \frac{1}{2}"]),
]  # fmt: skip


@pytest.mark.parametrize("true", [true for true, _ in CLAIMS])
def test_what_is_true_of_all_events_holds(true: str) -> None:
    assert last_status(EVENTS, true) == "holds"


@pytest.mark.parametrize("twin", [twin for _, twins in CLAIMS for twin in twins])
def test_a_wrong_twin_does_not_hold(twin: str) -> None:
    assert last_status(EVENTS, twin) in ("definition", "not-confirmed")


END = r"\lambda \left[ \left( -\frac{x}{\lambda} - \frac{1}{\lambda^2} \right) e^{-\lambda x} \right]_0^{\infty}"


def test_a_bracket_up_to_infinity_is_what_its_inside_approaches() -> None:
    assert last_status("Let $\\lambda > 0$.", END + r" = \frac{1}{\lambda}") == "holds"
    assert last_status("Let $\\lambda > 0$.", END + r" = -\frac{1}{\lambda}") != "holds"
    assert last_status("Let $\\lambda > 0$.", r"\left[ e^{\lambda x} \right]_0^{\infty} = 1") != "holds"


def test_one_value_of_any_variable_has_a_chance_or_none() -> None:
    some = "Let $X$ be a random variable."
    assert last_status(some, r"P(X < c) + P(X = c) = P(X \leq c)") == "holds"
    assert last_status(some, r"P(X \leq c) = P(X < c)") != "holds"
    assert last_status(some, r"f_X(c) = P(X = c)") != "holds"


def test_the_digamma_function_beside_a_gamma_law() -> None:
    law = "$$X \\sim \\mathrm{Gam}(a,b)$$"
    assert last_status(law, r"\mathrm{E}(\ln X) = \psi(a) - \ln(b)") == "holds"
    assert last_status(law, r"\mathrm{E}(\ln X) = \psi(b) - \ln(a)") != "holds"
