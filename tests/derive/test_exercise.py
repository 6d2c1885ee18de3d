r"""The judge of the learner's derivation of ∂C/∂z_i = a_i − y_i."""

import json

import pytest

from glideslope.derive import Derivation, State, hint, judge_line

A_MINUS_Y = Derivation.from_json(
    {
        "given": "Let $z \\in \\mathbb{R}^n$ and $y \\in \\mathbb{R}^n$.\n$$a_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}$$\n$$C = -\\sum_i y_i \\ln a_i$$",
        "start": r"\frac{\partial C}{\partial z_i}",
        "goals": ["a_i - y_i", "a - y"],
        "assumptions": [r"\sum_j y_j = 1"],
        "waypoints": [
            {
                "quantity": r"\frac{\partial a_j}{\partial z_i}",
                "cases": ["i = j", r"i \ne j"],
                "matrix": r"\frac{\partial a}{\partial z}",
            }
        ],
        "hints": [{"en": "one", "zh": "一"}, {"en": "two", "zh": "二"}, {"en": "three", "zh": "三"}],
    }
)


def judge(*lines):
    """The verdicts on the lines in turn; the state goes through JSON each time."""
    state, found = State(), []
    for line in lines:
        verdict = judge_line(A_MINUS_Y, state, line)
        found.append(verdict)
        state = State.from_json(json.loads(json.dumps(verdict.state.to_json())))
    return found


BY_CASES = (
    r"\frac{\partial C}{\partial z_{i}}=\sum_{j}\frac{\partial C}{\partial a_{j}}\frac{\partial a_{j}}{\partial z_{i}}",
    r"=-\sum_{j}\frac{y_{j}}{a_{j}}\frac{\partial a_{j}}{\partial z_{i}}",
    r"i=j:\ \frac{\partial a_{i}}{\partial z_{i}}=a_{i}\left(1-a_{i}\right)",
    r"\frac{\partial a_j}{\partial z_i}=-a_i a_j,\quad i\ne j",
    r"=-y_i(1-a_i)+\sum_{j\ne i}y_j a_i",
    r"=a_i\sum_j y_j-y_i",
    r"\sum_j y_j=1",
    r"=a_i-y_i",
)
BY_DELTA = (
    r"\frac{\partial a_m}{\partial z_k}=a_m(\delta_{mk}-a_k)",
    r"\frac{\partial C}{\partial z_k}=-\sum_m y_m(\delta_{mk}-a_k)",
    r"\sum_m y_m=1",
    r"\frac{\partial C}{\partial z_k}=a_k-y_k",
)
BY_MATRIX = (
    r"\frac{\partial a}{\partial z}=\mathrm{diag}(a)-aa^{\top}",
    r"\frac{\partial C}{\partial z}=\left(\frac{\partial a}{\partial z}\right)^{\top}\frac{\partial C}{\partial a}",
    r"=a\sum_j y_j-y",
    r"\sum_i y_i = 1",
    r"=a-y",
)


@pytest.mark.parametrize("route", [BY_CASES, BY_DELTA, BY_MATRIX], ids=["cases", "delta", "matrix"])
@pytest.mark.slow
def test_every_correct_route_reaches_the_goal(route):
    verdicts = judge(*route)
    assert [v.status for v in verdicts] == ["holds"] * len(route)
    assert [v.goal for v in verdicts] == [False] * (len(route) - 1) + [True]


def test_a_missing_sum_is_an_index_clash():
    (verdict,) = judge(
        r"\frac{\partial C}{\partial z_i}=\frac{\partial C}{\partial a_j}\frac{\partial a_j}{\partial z_i}"
    )
    assert verdict.status == "index-clash"
    assert verdict.reason["en"] == "The index j is free on one side only. Is a sum over j missing?"
    assert verdict.reason["zh"] == "下标 j 只在一边出现。是不是少了对 j 的求和？"


def test_summing_over_a_letter_in_use_is_an_index_clash():
    (verdict,) = judge(r"=\sum_i \frac{\partial C}{\partial a_i}\frac{\partial a_i}{\partial z_i}")
    assert verdict.status == "index-clash"
    assert "stands for two things" in verdict.reason["en"]


def test_a_wrong_line_gets_small_numbers():
    (verdict,) = judge("=y_i - a_i")
    assert verdict.status == "does-not-hold"
    assert "-0.5 ≠ 1.5" in verdict.counterexample


def test_no_jump_from_the_first_line_to_the_last():
    verdicts = judge(r"\sum_j y_j=1", r"\frac{\partial C}{\partial z_i}=a_i-y_i")
    assert [v.status for v in verdicts] == ["holds", "jump-too-large"]
    assert not verdicts[-1].goal
    assert verdicts[-1].state.last == ""


def test_the_condition_must_be_said():
    verdict = judge(*BY_CASES[:6], r"=a_i-y_i")[-1]
    assert (verdict.status, verdict.assumption) == ("needs-assumption", r"\sum_j y_j = 1")


@pytest.mark.parametrize(
    "line", ["", "=", r"=\placeholder{}", r"=\frac{", "=)(", r"=\oint h", "日本", "=" + "{" * 500]
)
def test_nonsense_is_not_understood(line):
    (verdict,) = judge(line)
    assert verdict.status == "not-understood"
    assert verdict.reason["zh"]


def test_the_ladder_has_three_hints():
    state, words = State(), []
    for _ in range(4):
        said, state = hint(A_MINUS_Y, state)
        words.append(said and said["en"])
    assert words == ["one", "two", "three", None]


def test_a_verdict_is_plain_data():
    (verdict,) = judge("=y_i - a_i")
    assert json.loads(json.dumps(verdict.to_json(), ensure_ascii=False)) == verdict.to_json()
