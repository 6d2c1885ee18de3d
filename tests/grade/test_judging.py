"""The judge of derivations and broken lines: right routes pass, slips are named where they happen."""

from typing import Any

import pytest

from glideslope.exercise import read_exercise
from glideslope.grade import judge
from glideslope.grade.derivation import derivation

LESSON = "softmax-cross-entropy"
CHAIN_RULE = (
    r"\frac{\partial C}{\partial z_i} = \sum_j \frac{\partial C}{\partial a_j} \frac{\partial a_j}{\partial z_i}"
)
CASES = r"= -\frac{y_i}{a_i} a_i (1 - a_i) + \sum_{j \ne i} \frac{y_j}{a_j} a_j a_i"


def derive(*lines: str) -> dict[str, Any]:
    return judge(LESSON, "derive-a-minus-y", {"lines": list(lines)})


def statuses(*lines: str) -> list[str]:
    return [line["status"] for line in derive(*lines)["lines"]]


def test_the_authors_way_reaches_the_goal() -> None:
    task = read_exercise(f"{LESSON}/derive-a-minus-y").derivation
    assert task is not None
    verdict = derive(*task.solution)
    assert verdict["passed"]
    assert [line["status"] for line in verdict["lines"]] == ["holds"] * 5 + ["goal"]
    assert verdict["after"]["en"].startswith("You used")


def test_an_editors_latex_and_other_letters_pass_too() -> None:
    assert statuses(
        r"\frac{\partial C}{\partial z_{m}}=\sum_{n}\frac{\partial C}{\partial a_{n}}\frac{\partial a_{n}}{\partial z_{m}}",
        r"=-y_{m}\left(1-a_{m}\right)+\sum_{n\neq m}y_{n}a_{m}",
        r"=-y_{m}+a_{m}",
    ) == ["holds", "holds", "goal"]


def test_the_cases_may_be_side_results() -> None:
    assert statuses(
        r"\frac{\partial a_i}{\partial z_i} = a_i (1 - a_i)",
        r"\frac{\partial a_j}{\partial z_i} = -a_j a_i \quad (j \ne i)",
        r"\frac{\partial C}{\partial z_i} = a_i \sum_j y_j - y_i",
        "= a_i - y_i",
    ) == ["holds", "holds", "holds", "goal"]


def test_the_last_line_alone_is_a_jump() -> None:
    verdict = derive("= a_i - y_i")
    assert not verdict["passed"]
    assert verdict["lines"][0]["status"] == "jump"
    assert verdict["message"]["en"] == (
        "Line 1: A step is missing: how does $a_j$ change with $z_i$? Write the chain rule with its sum over $j$ first."
    )


def test_the_cases_cannot_be_left_out() -> None:
    assert statuses(CHAIN_RULE, r"= a_i \sum_j y_j - y_i", "= a_i - y_i") == ["holds", "jump", "jump"]


def test_a_wrong_sign_is_found_where_it_happens_with_numbers() -> None:
    verdict = derive(CHAIN_RULE, CASES.replace("+", "-"), CASES, "= a_i - y_i")
    assert [line["status"] for line in verdict["lines"]] == ["holds", "error", "holds", "goal"]
    assert "≠" in verdict["lines"][1]["counterexample"]
    assert not verdict["passed"]
    assert verdict["message"]["en"].startswith("Line 2: ")


def test_a_missing_sum_is_an_index_clash() -> None:
    assert statuses(CHAIN_RULE.replace(r"\sum_j ", "")) == ["ill-formed"]


def test_a_new_symbol_cannot_stand_for_the_answer() -> None:
    assert statuses(r"\frac{\partial C}{\partial z_i} = Q_i")[0] != "holds"
    assert not derive(r"\frac{\partial C}{\partial z_i} = Q_i", "= a_i - y_i")["passed"]


@pytest.mark.parametrize("lines", [[], [""], ["  "]])
def test_nothing_written_is_told_where_to_begin(lines: list[str]) -> None:
    assert derive(*lines)["message"]["en"] == r"Begin with $\frac{\partial C}{\partial z_i} = \dots$"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        3,
        "x",
        {},
        {"lines": "x"},
        {"lines": [1]},
        {"lines": None},
        {"lines": ["a"] * 100},
        {"lines": ["a" * 10_000]},
    ],
)
def test_a_malformed_answer_is_a_sentence(answer: Any) -> None:
    verdict = judge(LESSON, "derive-a-minus-y", answer)
    assert verdict["status"] == "error"
    assert set(verdict["message"]) == {"en", "zh"}


@pytest.mark.parametrize(
    "line", [r"\frac{", "}{", "=", "= =", r"\sum_j", "=" * 50, r"\foo{\bar}", "你好", r"= 9^{9^{9^9}}", "(" * 500]
)
def test_no_line_breaks_the_judge(line: str) -> None:
    assert derive(CHAIN_RULE, line)["passed"] is False


def mend(*answers: tuple[str, int, str]) -> dict[str, Any]:
    return judge(
        LESSON, "find-the-broken-line", {"answers": [{"chain": c, "row": r, "repair": text} for c, r, text in answers]}
    )


def test_one_repair_is_right_and_the_exercise_goes_on() -> None:
    verdict = judge(LESSON, "find-the-broken-line", {"chain": "quotient-rule", "row": 2, "repair": r"= a_i (1 - a_i)"})
    assert verdict["lines"][0]["status"] == "holds"
    assert verdict["message"]["en"] == "Repaired. 3 of 4 to go."
    assert not verdict["passed"]


def test_all_repairs_pass() -> None:
    chains = read_exercise(f"{LESSON}/find-the-broken-line").chains
    assert mend(*((chain.id, chain.broken, chain.repair) for chain in chains))["passed"]


def test_one_chain_four_times_is_not_four_chains() -> None:
    chain = read_exercise(f"{LESSON}/find-the-broken-line").chains[0]
    assert not mend(*[(chain.id, chain.broken, chain.repair)] * 4)["passed"]


@pytest.mark.parametrize(
    ("row", "repair", "message"),
    [
        (1, "", "Line 1 is where the chain starts."),
        (3, "", "Line 3 is true: it equals line 1. Which line does not?"),
        (2, "", "This is the line. Write it as it should read."),
        (
            2,
            r"= \frac{\partial C}{\partial a_j}\frac{\partial a_j}{\partial z_i}",
            "This is the broken line as it was.",
        ),
        (2, r"\frac{\partial C}{\partial z_i}", "True, but it repeats line 1: write the step that stood here."),
        (9, "", "Mark a line between 2 and 3."),
    ],
)
def test_each_wrong_repair_has_its_sentence(row: int, repair: str, message: str) -> None:
    assert mend(("chain-rule", row, repair))["message"]["en"] == message


def test_a_repair_that_is_still_wrong_shows_numbers() -> None:
    line = mend(("quotient-rule", 2, r"= a_i (1 + a_i)"))["lines"][0]
    assert line["status"] == "error"
    assert "≠" in line["counterexample"]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"chain": "x"},
        {"answers": []},
        {"answers": [1]},
        {"chain": "chain-rule", "row": "2"},
        {"chain": "chain-rule", "row": True, "repair": "x"},
    ],
)
def test_a_malformed_repair_is_a_sentence(answer: Any) -> None:
    verdict = judge(LESSON, "find-the-broken-line", answer)
    assert not verdict["passed"]
    assert set(verdict["message"]) == {"en", "zh"}


def test_a_code_exercise_is_sent_to_its_cell() -> None:
    assert (
        judge(LESSON, "stable-softmax", {})["message"]["en"]
        == "This exercise is answered in its cell: press Check there."
    )


def test_the_box_shows_the_task_and_judges_in_plain_jupyter() -> None:
    box = derivation(f"{LESSON}/derive-a-minus-y")
    assert set(box._repr_mimebundle_()) == {"text/html", "text/plain"}
    assert str(box).splitlines()[:2] == [r"from \frac{\partial C}{\partial z_i}", "to a_i - y_i"]
    assert box.check(CHAIN_RULE).lines[0].status == "holds"


def test_the_box_of_a_broken_line_shows_every_row_and_judges_a_repair() -> None:
    box = derivation(f"{LESSON}/find-the-broken-line")
    assert len(str(box).splitlines()) == sum(len(chain["rows"]) for chain in box.exercise.box["chains"])
    chain = box.exercise.chains[0]
    assert box.repair(chain.id, chain.broken, chain.repair).lines[0].status == "holds"
    assert box.repair(chain.id, chain.broken, chain.rows[chain.broken - 1]).lines[0].status == "error"
