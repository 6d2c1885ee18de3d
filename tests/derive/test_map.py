"""The way through the room: its docstring names every folder and module, and a folder's docstring its modules, once."""

import ast
import re
from pathlib import Path

import pytest

import glideslope.derive

ROOM = Path(glideslope.derive.__file__).parent
FOLDERS = sorted(path.parent for path in ROOM.rglob("__init__.py"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_map_names_what_lies_in_a_folder_once(folder: Path) -> None:
    folders = {path.name for path in FOLDERS if path.parent == folder}
    here = {path.stem for path in folder.glob("*.py")} - {"__init__"} | folders
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    lines = re.findall(r"(?m)^\* (.*)", docstring)
    named = [word for line in lines for word in re.findall("[a-z_]+", listed(line, folder == ROOM))]
    assert len(here) > 2
    assert {name: named.count(name) for name in here} == dict.fromkeys(here, 1)


def listed(line: str, whole: bool) -> str:
    """What stands before the colon of a line; the room's own lines name folders in backticks or modules after it."""
    if not whole:
        return line.partition(":")[0]
    return " ".join(re.findall("`([a-z]+)`", line)) or line.partition(":")[2]
