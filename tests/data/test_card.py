"""Data cards: complete in both languages, and honest about simulation."""

import pytest

from glideslope.data import load, names
from glideslope.data.card import card_text
from glideslope.errors import DataError


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_card_has_its_parts_in_both_languages(name, lang):
    card = load(name).card
    for part in ("title", "what", "how", "limits"):
        assert card[part][lang].strip()
    assert all(channel[lang] for channel in card.get("channels", ()))
    assert all(line[lang] and line["value"] for line in card["baselines"])
    if card.get("classes"):
        assert len(card["classes_zh"]) == len(card["classes"])
        assert card["labels"][lang].strip()


@pytest.mark.parametrize("name", names())
def test_each_card_says_that_the_data_are_simulated_and_how_to_make_them(name):
    card = load(name).card
    assert "imulated" in card["title"]["en"] + card["what"]["en"]
    assert "仿真" in card["title"]["zh"] + card["what"]["zh"]
    assert f"python -m glideslope.sim.make {name}" in card["how"]["en"]
    assert f"python -m glideslope.sim.make {name}" in card["how"]["zh"]


def test_describe_prints_the_card(capsys):
    data = load("c172_sorties")
    data.describe("zh")
    assert capsys.readouterr().out.strip() == card_text(data, "zh")


def test_an_unknown_language_is_refused():
    with pytest.raises(DataError) as caught:
        load("c172_sorties").describe("fr")
    assert str(caught.value) == 'describe knows the languages "en" and "zh", not \'fr\'; choose one of the two.'
