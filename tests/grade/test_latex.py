r"""LaTeX as tokens: what an editor writes meets what an author wrote."""

import pytest

from glideslope.grade.latex import plain_latex, same_terms, split_equation, tokens_match, tokens_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\frac{\partial a_{j}}{\partial z_{i}}", r"\dfrac{\partial a_j}{\partial z_i}"),
        (r"\sum\limits_{j\neq i} y_j", r"\sum_{j \ne i}\, y_j"),
        (r"a_i\left(1-a_i\right)", r"a_i (1 - a_i)"),
        (r"\exponentialE^{z_k}", "e^{z_k}"),
        (r"\mathrm{diag}(a)", r"\operatorname{diag}(a)"),
    ],
)
def test_synonyms_have_the_same_tokens(left: str, right: str) -> None:
    assert tokens_of(left) == tokens_of(right)


@pytest.mark.parametrize(
    ("pattern", "row", "found"),
    [
        (r"\frac{\partial a_j}{\partial z_i}", r"= \sum_n \frac{\partial C}{\partial a_n}\frac{\partial a_n}{\partial z_m}", True),
        (r"\frac{\partial a_j}{\partial z_i}", r"\frac{\partial a_i}{\partial z_i} = a_i(1-a_i)", False),
        (r"\frac{\partial a_j}{\partial z_i}", r"\frac{\partial C}{\partial z_i} = a_i - y_i", False),
        (r"j \ne i", r"+ \sum_{k \neq m} y_k a_m", True),
        (r"\delta_{ij}", r"a_n (\delta_{mn} - a_m)", True),
        (r"\ln \sum_k e^{z_k}", r"y_j \log\sum_{l} e^{z_{l}}", True),
        (r"\ln \sum_k e^{z_k}", r"\ln \sum_k e^{z_j}", False),
    ],
)  # fmt: skip
def test_patterns_leave_index_letters_free_but_distinct(pattern: str, row: str, found: bool) -> None:
    assert tokens_match(pattern, row) is found


@pytest.mark.parametrize(
    ("goal", "row", "same"),
    [
        ("a_i - y_i", "a_m-y_m", True),
        ("a_i - y_i", "-y_i + a_i", True),
        ("a_i - y_i", r"\left(a_{i} - y_{i}\right)", True),
        ("a_i - y_i", "a_i - y_j", False),
        ("a_i - y_i", "a_i + y_i", False),
        ("a_i - y_i", r"a_i \sum_j y_j - y_i", False),
        ("a_i - y_i", "y_i - a_i", False),
    ],
)
def test_the_goal_is_recognised_in_any_order(goal: str, row: str, same: bool) -> None:
    assert same_terms(goal, row) is same


@pytest.mark.parametrize(
    ("row", "sides"),
    [
        ("= a_i", ["", "a_i"]),
        ("a = b = c", ["a", "b", "c"]),
        (r"\sum_{j=1}^n a_j = 1", [r"\sum_{j=1}^n a_j", "1"]),
        (r"x \quad (i = j) = y", [r"x \quad (i = j)", "y"]),
        ("a_i", ["a_i"]),
    ],
)
def test_a_row_is_split_at_outer_equal_signs(row: str, sides: list[str]) -> None:
    assert split_equation(row) == sides


def test_an_editors_own_commands_become_ordinary_latex() -> None:
    assert plain_latex(r" \mleft(\exponentialE^{z}\mright) ") == r"\left(e^{z}\right)"
