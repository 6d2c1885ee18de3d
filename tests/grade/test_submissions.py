"""Reading what a class hands in: every form of it, and every bad file refused with a sentence."""

import ast
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from glideslope.grade import submissions
from glideslope.grade.submissions import HandedIn, Refused, pack, read_submissions, unpack

NAME = "softmax-cross-entropy/stable-softmax"
ANSWER = (
    f'import numpy as np\n\n\ndef softmax(Z):\n    return Z\n\nfrom glideslope import check\ncheck("{NAME}", softmax)\n'
)


def read(*paths: Path) -> list[HandedIn | Refused]:
    return list(read_submissions(paths, "softmax-cross-entropy"))


def notebook(*cells: str) -> str:
    code = [{"cell_type": "code", "source": cell.splitlines(keepends=True), "metadata": {}} for cell in cells]
    return json.dumps({"cells": code, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


def sources_of(path: Path) -> dict[str, str]:
    (found,) = read(path)
    assert isinstance(found, HandedIn), found
    return found.sources


def run(source: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(source, "answer", "exec"), names)
    return names


def test_a_program_keeps_its_lines_and_loses_its_check(tmp_path: Path) -> None:
    path = tmp_path / "ada.py"
    path.write_text(ANSWER, encoding="utf-8")
    (found,) = read(path)
    assert isinstance(found, HandedIn)
    assert found.learner == "ada"
    assert "check" not in found.sources[NAME]
    assert found.sources[NAME].splitlines()[3] == "def softmax(Z):"


def test_a_notebook_brings_what_its_cell_needs_and_runs_nothing_else(tmp_path: Path) -> None:
    cells = (
        "import math\nprint('side effect')\nraise SystemExit",
        "%matplotlib inline\ndef helper(Z):\n    return math.pi",
        ANSWER.replace("return Z", "return helper(Z)"),
    )
    path = tmp_path / "bo.ipynb"
    path.write_text(notebook(*cells), encoding="utf-8")
    source = sources_of(path)[NAME]
    assert "side effect" not in source
    assert run(source)["softmax"](None) == pytest.approx(3.14159, rel=1e-5)


def test_a_cell_that_does_not_parse_spoils_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "cy.ipynb"
    path.write_text(notebook("def broken(:", ANSWER), encoding="utf-8")
    assert run(sources_of(path)[NAME])["softmax"](5) == 5


def test_the_pages_export_names_its_learner_and_brings_typed_answers(tmp_path: Path) -> None:
    path = tmp_path / "anything.json"
    export = {
        "learner": "dee",
        "lesson": "softmax-cross-entropy",
        "cells": {"exercise-stable-softmax": ANSWER},
        "answers": {"derive-a-minus-y": {"lines": ["="]}},
    }
    path.write_text(json.dumps(export), encoding="utf-8")
    (found,) = read(path)
    assert isinstance(found, HandedIn)
    assert found.learner == "dee"
    assert set(found.sources) == {NAME}
    assert found.answers == {"softmax-cross-entropy/derive-a-minus-y": {"lines": ["="]}}


def test_folders_and_zips_name_the_learner_by_folder_or_file(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    (folder / "eve").mkdir(parents=True)
    (folder / "eve" / "work.py").write_text(ANSWER, encoding="utf-8")
    (folder / "fay.py").write_text(ANSWER, encoding="utf-8")
    (folder / "notes.txt").write_text("ignored", encoding="utf-8")
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*")):
            file.write(path, path.relative_to(folder))
    for found in (read(folder), read(archive)):
        assert [submission.learner for submission in found if isinstance(submission, HandedIn)] == ["eve", "fay"]


def test_other_assignments_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "ada.py"
    path.write_text(ANSWER.replace("softmax-cross-entropy/", "convolution/"), encoding="utf-8")
    assert sources_of(path) == {}


def test_equal_content_packs_to_equal_bytes() -> None:
    one = HandedIn("ada", "here", 1.0, {"a": "x\ud800", "b": "y"}, {"c": [1]})
    two = HandedIn("bo", "there", 2.0, {"b": "y", "a": "x\ud800"}, {"c": [1]})
    assert pack(one) == pack(two)
    assert unpack(pack(one)) == (one.sources, one.answers)


def test_each_bad_file_is_refused_with_a_sentence(tmp_path: Path) -> None:
    bad = {
        "latin.py": ("def f(): return 'é'".encode("latin-1"), "it is not UTF-8 text (byte 17); save it again with that encoding."),
        "big.py": (b"#" * (2 * 2**20 + 1), "it has 2097153 bytes; at most 2097152 are read."),
        "text.ipynb": (b"hello", "it is no valid JSON (Expecting value: line 1 column 1 (char 0))."),
        "deep.ipynb": (b"[" * 100_000, "it is no valid JSON (maximum recursion depth exceeded while decoding a JSON array from a unicode string)."),
        "list.ipynb": (b"[]", "expected a notebook or the page's export, and got another kind of JSON."),
        "empty.ipynb": (b"{}", "expected a notebook of format 4 with a list of cells, and found none."),
        "many.ipynb": (json.dumps({"cells": [0] * 2001}).encode(), "it has 2001 cells; at most 2000 are read."),
        "export.json": (b'{"learner": ""}', 'expected the page\'s export with "learner", "lesson" and "cells".'),
        "fake.zip": (b"no zip", "it is no zip that can be read (File is not a zip file)."),
    }  # fmt: skip
    for name, (content, reason) in bad.items():
        (tmp_path / name).write_bytes(content)
        assert read(tmp_path / name) == [Refused(str(tmp_path / name), reason)], name


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    (found,) = read(tmp_path / "gone")
    assert found == Refused(
        str(tmp_path / "gone"), "expected a folder, a zip or a file (.py, .ipynb, .json), and found none there."
    )


@pytest.mark.parametrize("entry", ["../evil.py", "/etc/evil.py", "a/../../evil.py", "..\\evil.py", "C:evil.py"])
def test_a_zip_that_leads_outside_is_refused(tmp_path: Path, entry: str) -> None:
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(entry, ANSWER)
    (found,) = read(archive)
    assert isinstance(found, Refused)
    assert found.reason.endswith("leads outside the archive.")


def test_a_zip_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.py", b"0" * 30_000_000)
    (found,) = read(archive)
    assert isinstance(found, Refused)
    assert found.reason.endswith("like a zip bomb.")


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text(ANSWER, encoding="utf-8")
    folder = tmp_path / "class"
    folder.mkdir()
    os.symlink(outside, folder / "gil.py")
    assert read(folder) == [
        Refused(str(folder / "gil.py"), "it is a link to a place outside the folder of submissions.")
    ]


def test_a_link_to_a_folder_whose_name_begins_alike_leads_outside(tmp_path: Path) -> None:
    for name in ("class", "class-of-others"):
        (tmp_path / name).mkdir()
    (tmp_path / "class-of-others" / "ada.py").write_text(ANSWER, encoding="utf-8")
    os.symlink(tmp_path / "class-of-others" / "ada.py", tmp_path / "class" / "gil.py")
    (found,) = read(tmp_path / "class")
    assert isinstance(found, Refused)


def test_a_link_within_the_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ada.py").write_text(ANSWER, encoding="utf-8")
    os.symlink(folder / "ada.py", folder / "bo.py")
    os.symlink(folder, tmp_path / "the-same-class")
    for place in (folder, tmp_path / "the-same-class"):
        assert [found.learner for found in read(place) if isinstance(found, HandedIn)] == ["ada", "bo"]


@pytest.mark.parametrize("path", sorted(Path(submissions.__file__).parent.glob("*.py")), ids=lambda path: path.stem)
def test_names_are_found_as_ast_walk_finds_them(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert submissions._reads(tree) == {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w") as file:
        info = zipfile.ZipInfo("link.py")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    assert read(archive) == [Refused(str(archive), "its entry 'link.py' is a link.")]


def test_imports_an_answer_does_not_use_are_left_out(tmp_path: Path) -> None:
    """A lesson's plots import what a child of the sandbox does not have: an honest answer must not fail by them."""
    cells = (
        "import matplotlib.pyplot as plt\nimport glideslope.learn\nimport math",
        "def draw(x):\n    plt.plot(x)",
        "@property\ndef decorated(x):\n    return x",
        "def helper(Z):\n    return scale(Z)\ndef scale(Z):\n    return math.pi",
        ANSWER.replace("return Z", "return helper(Z)"),
    )
    path = tmp_path / "bo.ipynb"
    path.write_text(notebook(*cells), encoding="utf-8")
    source = sources_of(path)[NAME]
    assert "matplotlib" not in source
    assert "learn" not in source
    assert "draw" not in source
    assert run(source)["softmax"](None) == pytest.approx(3.14159, rel=1e-5)


def test_a_definition_keeps_its_decorators(tmp_path: Path) -> None:
    cells = (
        "import functools\n\n@functools.cache\n@functools.wraps(len)\ndef helper(Z): return 7",
        ANSWER.replace("return Z", "return helper(Z), helper"),
    )
    path = tmp_path / "bo.ipynb"
    path.write_text(notebook(*cells), encoding="utf-8")
    value, helper = run(sources_of(path)[NAME])["softmax"](5)
    assert value == 7
    assert hasattr(helper, "cache_info")


def test_two_statements_on_a_line_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "bo.ipynb"
    path.write_text(
        notebook("import math; raise SystemExit", ANSWER.replace("return Z", "return math.pi")), encoding="utf-8"
    )
    assert "SystemExit" not in sources_of(path)[NAME]


def test_what_is_no_ordinary_file_is_refused_and_not_read(tmp_path: Path) -> None:
    """A pipe would keep the reader waiting for ever; a circle of links has no end."""
    os.mkfifo(tmp_path / "pipe.py")
    os.symlink("loop.py", tmp_path / "loop.py")
    os.symlink("gone", tmp_path / "dangling.ipynb")
    reasons = {Path(found.origin).name: found.reason for found in read(tmp_path) if isinstance(found, Refused)}
    assert set(reasons) == {"pipe.py", "loop.py", "dangling.ipynb"}
    assert reasons["pipe.py"] == "it is no ordinary file."
    assert all(reasons[name].startswith("it could not be read (") for name in ("loop.py", "dangling.ipynb"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "gb18030", "shift-jis"])
def test_other_encodings_are_refused_by_name_of_the_right_one(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "ada.py"
    path.write_bytes(ANSWER.replace("return Z", "return Z  # 中文表").encode(encoding))
    (found,) = read(path)
    assert isinstance(found, Refused)
    assert found.reason.startswith("it is not UTF-8 text (byte ")


def test_a_mark_at_the_start_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "ada.py"
    path.write_bytes(b"\xef\xbb\xbf" + ANSWER.encode())
    assert run(sources_of(path)[NAME])["softmax"](3) == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"learner": "x" * 201}, "the learner's name has 201 characters; 1 to 200 are read."),
        ({"learner": "  "}, "the learner's name has 0 characters; 1 to 200 are read."),
        ({"cells": {str(n): "" for n in range(2001)}}, "it has 2001 cells; at most 2000 are read."),
        ({"cells": []}, 'expected the page\'s export with "learner", "lesson" and "cells".'),
    ],
)
def test_each_bad_export_is_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = tmp_path / "export.json"
    export = {"learner": "ada", "lesson": "softmax-cross-entropy", "cells": {}, "answers": {}} | change
    path.write_text(json.dumps(export), encoding="utf-8")
    assert read(path) == [Refused(str(path), reason)]


def test_a_zip_with_too_many_files_and_one_with_nested_bombs_are_refused(tmp_path: Path) -> None:
    many, nested = tmp_path / "many.zip", tmp_path / "nested.zip"
    with zipfile.ZipFile(many, "w") as file:
        for number in range(20_001):
            file.writestr(f"{number}.txt", b"")
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("inner.zip", b"\0" * 50_000_000)
    assert [found.reason for found in read(many) if isinstance(found, Refused)] == [
        "it holds 20001 files; at most 20000 are read."
    ]
    (found,) = read(nested)
    assert isinstance(found, Refused)
    assert found.reason.endswith("like a zip bomb.")


def test_a_zip_that_lies_about_a_size_is_cut_off(tmp_path: Path) -> None:
    """The directory says one byte; what comes out is limited all the same, and its checksum betrays it."""
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ada.py", ANSWER)
    data = bytearray(archive.read_bytes())
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = (1).to_bytes(4, "little")
    archive.write_bytes(bytes(data))
    found = read(archive)
    assert all(isinstance(one, Refused) for one in found) or all(
        not one.sources for one in found if isinstance(one, HandedIn)
    )


def test_a_zip_tells_when_a_file_was_made(tmp_path: Path) -> None:
    archive = tmp_path / "class.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(zipfile.ZipInfo("ada.py", (2026, 11, 22, 18, 0, 0)), ANSWER)
        file.writestr(zipfile.ZipInfo("bo.py", (2026, 0, 0, 0, 0, 0)), ANSWER)
    times = [found.handed_in_s for found in read(archive) if isinstance(found, HandedIn)]
    assert times == [1795370400.0, pytest.approx(archive.stat().st_mtime)]
