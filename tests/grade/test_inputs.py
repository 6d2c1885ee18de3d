"""Inputs: drawn in their domain, repeatable, made smaller without leaving it."""

import numpy as np
import pytest

from glideslope.grade.inputs import Case, Inputs, floats, inputs, labels, number, one_hot, probabilities

EVERYTHING = inputs(
    {"N": (1, 4), "K": (2, 5)},
    Z=floats("N K"),
    Y=one_hot("N K"),
    y=labels("N", below="K"),
    P=probabilities("N K"),
    eta=number(0.1, 2.0),
    steps=number(1, 9),
)


def is_lawful(case: Case) -> bool:
    """Whether a case lies in the domain of EVERYTHING."""
    values, rows, classes = case.values, case.sizes["N"], case.sizes["K"]
    return bool(
        values["Z"].shape == values["Y"].shape == values["P"].shape == (rows, classes)
        and values["y"].shape == (rows,)
        and (values["Y"].sum(axis=1) == 1).all()
        and ((values["y"] >= 0) & (values["y"] < classes)).all()
        and np.allclose(values["P"].sum(axis=1), 1)
        and 0.1 <= values["eta"] <= 2.0
        and isinstance(values["steps"], int)
        and 1 <= values["steps"] <= 9
    )


@pytest.mark.parametrize("seed", range(20))
def test_a_case_and_all_its_simpler_ones_stay_in_the_domain(seed: int) -> None:
    case = EVERYTHING.draw(np.random.default_rng(seed))
    assert is_lawful(case)
    assert all(is_lawful(smaller) for smaller in EVERYTHING.simpler(case))


def test_one_seed_draws_one_case() -> None:
    first, second = (EVERYTHING.draw(np.random.default_rng(7)).values for _ in range(2))
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_sizes_differ_where_the_ranges_allow() -> None:
    """A square matrix would hide a transposed answer."""
    rng = np.random.default_rng(0)
    cases = [EVERYTHING.draw(rng) for _ in range(200)]
    assert all(case.sizes["N"] != case.sizes["K"] for case in cases)


def simplify(declared: Inputs, case: Case, fails: object) -> Case:
    while True:
        for smaller in declared.simpler(case):
            if fails(smaller):  # type: ignore[operator]
                case = smaller
                break
        else:
            return case


@pytest.mark.parametrize("seed", range(5))
def test_shrinking_ends_at_the_smallest_case(seed: int) -> None:
    case = simplify(EVERYTHING, EVERYTHING.draw(np.random.default_rng(seed)), lambda _case: True)
    assert dict(case.sizes) == {"N": 1, "K": 2}
    assert not case.values["Z"].any()
    assert case.values["y"].tolist() == [0]


def test_bisection_finds_where_an_exponential_overflows() -> None:
    declared = inputs(Z=floats("N K"))
    case = declared.example({"Z": [[1000.0, 0.0]]})
    with np.errstate(over="ignore"):
        smallest = simplify(declared, case, lambda case: np.isinf(np.exp(case.values["Z"])).any())
    assert smallest.values["Z"].tolist() == [[710.0, 0.0]]


def test_removing_a_class_keeps_the_labels_consistent() -> None:
    declared = inputs({"N": (1, 4)}, Z=floats("N K"), y=labels("N", below="K"))
    case = declared.example({"Z": [[1.0, 2.0, 3.0]], "y": [2]})
    smaller = [case for case in declared.simpler(case) if case.sizes["K"] == 2]
    assert [(case.values["Z"].tolist(), case.values["y"].tolist()) for case in smaller] == [
        ([[1.0, 3.0]], [1]),
        ([[2.0, 3.0]], [1]),
    ]


def test_arguments_are_copies() -> None:
    case = EVERYTHING.draw(np.random.default_rng(0))
    case.arguments()[0][:] = 99
    assert not (case.values["Z"] == 99).any()


def test_labels_below_a_whole_number_are_yes_and_no() -> None:
    drawn = inputs({"N": (40, 40)}, y=labels("N", below=2)).draw(np.random.default_rng(0)).values["y"]
    assert set(drawn.tolist()) == {0, 1}


def test_a_written_example_is_computed_once_and_a_drawn_case_each_time() -> None:
    asked: list[float] = []

    def model(x: float) -> float:
        asked.append(x)
        return 2 * x

    declared = inputs(x=number(1, 9))
    written, drawn = declared.example({"x": 3}), declared.draw(np.random.default_rng(1))
    assert [written.given_to(model), written.given_to(model)] == [6, 6]
    assert len(asked) == 1
    assert drawn.given_to(model) == drawn.given_to(model)
    assert len(asked) == 3


def test_what_is_kept_of_an_example_is_kept_for_each_function() -> None:
    written = inputs(x=number(1, 9)).example({"x": 3})
    assert [written.given_to(abs), written.given_to(float), written.given_to(abs)] == [3, 3.0, 3]
