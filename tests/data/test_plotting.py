"""Every set can be drawn, with words and units on its axes."""

import pytest

from glideslope.data import load, names
from glideslope.errors import DataError

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_each_set_draws_something(name):
    figure = load(name).plot()
    assert any(axis.has_data() for axis in figure.axes)
    matplotlib.pyplot.close(figure)


@pytest.mark.slow
def test_ribbons_cover_the_flight_once():
    data = load("c172_sorties")
    figure = data.plot(31)
    axis = figure.axes[0]
    assert sum(patch.get_width() for patch in axis.patches) == (data.group == 31).sum()
    matplotlib.pyplot.close(figure)


def test_an_unknown_group_is_refused():
    with pytest.raises(DataError) as caught:
        load("c172_sorties").plot(77)
    assert str(caught.value) == "c172_sorties has no group 77 to plot; its group_ids hold the 48 it has."
