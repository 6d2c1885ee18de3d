"""The way through the room: its docstring names every module, once."""

import re
from pathlib import Path

import glideslope.derive


def test_the_map_names_every_module_once() -> None:
    _, _, map_ = (glideslope.derive.__doc__ or "").partition("in the order of the pipe:")
    words = re.findall(r"[a-z_]+", map_)
    modules = {path.stem for path in Path(glideslope.derive.__file__).parent.glob("*.py")} - {"__init__"}
    assert {name: words.count(name) for name in modules} == dict.fromkeys(modules, 1)
