"""`glideslope proof`: exit codes, formats, the coverage line."""

import json
import xml.etree.ElementTree as ET

import pytest

from glideslope.derive.command import main

GOOD = "Let $a, b \\in \\mathbb{R}$.\n\n$$(a + b)^2 = a^2 + 2 a b + b^2$$\n"
BAD = "Let $a, b \\in \\mathbb{R}$.\n\n$$(a + b)^2 = a^2 + b^2$$\n"
OPEN = "$$\\alpha = \\beta + \\rho = 2 \\beta + \\omega$$\n"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GLIDESLOPE_DATA_DIR", str(tmp_path / "data"))


def run(tmp_path, text, *options, name="notes.md"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return main([str(path), *options])


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [(GOOD, (), 0), (BAD, (), 1), (OPEN, (), 0), (OPEN, ("--strict",), 1), (GOOD, ("--nonsense",), 2)],
)
def test_exit_codes(tmp_path, text, options, code, capsys):
    assert run(tmp_path, text, *options) == code


def test_a_missing_file_is_said(capsys):
    assert main(["no-such-file.md"]) == 2
    assert (
        capsys.readouterr().err
        == "glideslope proof: expected a file, a folder or a glob, found nothing at no-such-file.md; check the path\n"
    )


def test_the_report_names_line_repair_and_coverage(tmp_path, capsys):
    run(tmp_path, BAD)
    out = capsys.readouterr().out
    assert "notes.md:3:" in out
    assert "error:" in out
    assert "coverage: 1 of 1 claims decided (100 %) in 1 displays of 1 file: 1 error" in out


def test_the_machine_formats_parse(tmp_path, capsys):
    run(tmp_path, BAD, "--format", "json")
    verdict = json.loads(capsys.readouterr().out)["files"][0]["verdicts"][0]
    assert (verdict["line"], verdict["status"], sorted(verdict["reason"])) == (3, "error", ["en", "zh"])
    run(tmp_path, BAD, "--format", "sarif")
    result = json.loads(capsys.readouterr().out)["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    run(tmp_path, BAD, "--format", "junit")
    assert ET.fromstring(capsys.readouterr().out).find("testsuite").get("failures") == "1"
    run(tmp_path, BAD, "--format", "github")
    assert capsys.readouterr().out.startswith("::error file=")


def test_a_folder_is_searched_and_a_second_run_reads_the_cache(tmp_path, capsys):
    (tmp_path / "notes").mkdir()
    for k in range(3):
        (tmp_path / "notes" / f"{k}.md").write_text(GOOD, encoding="utf-8")
    assert main([str(tmp_path / "notes")]) == 0
    first = capsys.readouterr().out
    assert "of 3 files" in first
    assert len(list((tmp_path / "data" / "cache" / "proof").iterdir())) == 3
    assert main([str(tmp_path / "notes")]) == 0
    assert capsys.readouterr().out == first


def test_a_damaged_cache_is_ignored(tmp_path, capsys):
    assert run(tmp_path, BAD) == 1
    for path in (tmp_path / "data" / "cache" / "proof").iterdir():
        path.write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    assert run(tmp_path, BAD) == 1


def test_annotate_proposes_the_missing_condition(tmp_path, capsys):
    text = "Let $Q \\in \\mathbb{R}^{n \\times n}$, $x \\in \\mathbb{R}^n$.\n$$x^\\top Q = (Q x)^\\top$$\n"
    assert run(tmp_path, text, "--annotate") == 0
    assert "<!-- proof: assume $Q = Q^\\top$ -->" in capsys.readouterr().out


def test_a_notebook_that_is_none_exits_with_two(tmp_path, capsys):
    assert run(tmp_path, "{}", name="x.ipynb") == 2
