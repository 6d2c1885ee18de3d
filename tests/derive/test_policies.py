"""Values under a policy: the π above V, Q and the matrix of transitions is a mark, never a power."""

from tests.derive.last import last_status

CHAIN = """The matrix $P^\\pi \\in \\mathbb{R}^{n \\times n}$ and the vectors $V^\\pi, R^\\pi \\in \\mathbb{R}^n$ satisfy
$$
V^\\pi = R^\\pi + \\gamma P^\\pi V^\\pi
$$
and therefore"""


def test_the_value_of_a_policy_is_no_power() -> None:
    """Bellman's equation solved for the values."""
    claim = r"V^\pi = (I - \gamma P^\pi)^{-1} R^\pi"
    assert last_status(CHAIN, claim) == "holds"
    assert last_status(CHAIN, claim.replace("I -", "I +")) != "holds"
    assert last_status(CHAIN, claim.replace("P^", "(P^\\pi)^\\top P^")) != "holds"


def test_no_alarm_about_an_operator_with_a_policy() -> None:
    """V = T V says that V is a fixed point."""
    assert (
        last_status("The vector $\\mathbf{V}^\\pi \\in \\mathbb{R}^n$ has the fixed point", r"V^\pi = T^\pi V^\pi")
        == "skipped"
    )


def test_expectations_over_the_next_state() -> None:
    """Sums of values under a policy."""
    words = "With the policy $\\pi(a|s)$,"
    claim = r"\sum_a \pi(a|s) [r(s,a) + \gamma \sum_{s'} P(s'|s,a) V^\pi(s')] = \sum_a \pi(a|s) r(s,a) + \gamma \sum_a \pi(a|s) \sum_{s'} P(s'|s,a) V^\pi(s')"
    assert last_status(words, claim) == "holds"
    assert (
        last_status(
            words, claim.replace("= \\sum_a \\pi(a|s) r(s,a) + \\gamma", "= \\sum_a \\pi(a|s) r(s,a) - \\gamma")
        )
        != "holds"
    )
