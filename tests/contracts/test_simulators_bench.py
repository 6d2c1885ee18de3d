"""The reference table of the labs is made of the committed results, and the cards quote what stands in it."""

import importlib
import json
import re

import pytest
from bench import labs
from bench.labs_table import TABLE, shown, table_text
from bench.labs_trial import TRIAL, WHY

from glideslope.data import load


@pytest.fixture(scope="module")
def results():
    return json.loads(labs.RESULT.read_text(encoding="utf-8"))


def test_the_table_is_made_of_the_results(results):
    assert TABLE.read_text(encoding="utf-8") == table_text(results, labs.NAMES)


@pytest.mark.parametrize("name", labs.NAMES)
def test_each_experiment_can_be_called(name):
    assert callable(importlib.import_module(f"bench.labs_experiments.{name}").experiment)


def test_every_figure_of_the_trial_that_differs_is_explained():
    assert set(TRIAL) <= set(WHY)


def test_spreads_and_numbers_are_shown_as_they_are():
    assert shown([{"seed": 0, "a": 1.0}, {"seed": 1, "a": 3.0}]) == "a 2 ± 1"
    assert shown({"mean": 0.5, "std": 0.25}) == "0.5 ± 0.25"
    assert shown({"AUC": 0.5, "delay": None}) == "AUC 0.5; delay –"
    assert shown({"joint 1, 2 %": [1.5, 2.5], "std": [0.1, 0.2]}) == "joint 1, 2 % 1.5/2.5 ± 0.1/0.2"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (0, "majority"),
        (1, "rules, 1 s"),
        (2, "softmax, 10 s"),
        (3, "MLP 32-32, 10 s"),
        (4, "leak, 1-NN on 10 s windows"),
    ],
)
def test_the_card_of_the_sorties_quotes_the_table(line, row, results):
    """The first number on the card is the test accuracy measured last, to three decimals."""
    quoted = float(re.search(r"0\.\d+", load("c172_sorties").card["baselines"][line]["value"]).group())
    measured = results["phases"]["figures"][row]
    if isinstance(measured, list):
        measured = sum(seed["test"] for seed in measured) / len(measured)
    elif isinstance(measured, dict):
        measured = measured.get("test", measured.get("split by row"))
    assert quoted == pytest.approx(measured, abs=6e-4)
