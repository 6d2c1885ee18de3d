"""The picture of a graph is valid SVG with every value and gradient in it."""

import xml.etree.ElementTree as ET

import numpy as np

from glideslope.autograd import Tensor, draw, ops

SVG = "{http://www.w3.org/2000/svg}"


def picture() -> ET.Element:
    w, x = Tensor(2.0, needs_grad=True, name="w<1>"), Tensor(np.full((4, 5), 3.0), needs_grad=True, name="x")
    y = (ops.tanh(w) * x * w).sum()
    y.backward(keep=True)
    return ET.fromstring(draw(y))


def test_every_operation_and_input_has_a_box() -> None:
    root = picture()
    names = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "op"]
    assert sorted(names) == ["multiply", "multiply", "sum", "tanh", "w<1>", "x"]
    assert len(list(root.iter(f"{SVG}rect"))) == 6


def test_every_use_of_a_value_has_an_arrow() -> None:
    assert len(list(picture().iter(f"{SVG}path"))) == 6  # w→tanh, tanh→·, x→·, ·→·, w→·, ·→sum


def test_gradients_are_shown_after_backward_with_keep() -> None:
    gradients = [t.text for t in picture().iter(f"{SVG}text") if t.get("class") == "grad"]
    assert len(gradients) == 6
    assert "grad 1." in gradients  # that of the sum
    assert "grad 4×5" in gradients


def test_arrows_point_to_the_right_and_boxes_do_not_overlap() -> None:
    root = picture()
    places = [(float(r.get("x")), float(r.get("y"))) for r in root.iter(f"{SVG}rect")]
    assert len(set(places)) == len(places)
    for path in root.iter(f"{SVG}path"):
        start, end = path.get("d")[1:].split("C")
        assert float(start.split()[0]) < float(end.split()[-2])


def test_a_notebook_shows_it_and_a_reader_hears_it() -> None:
    y = Tensor(1.0, needs_grad=True) * 2.0
    assert draw(y)._repr_svg_().startswith("<svg")
    assert "<title>Graph of 2 values" in draw(y)
