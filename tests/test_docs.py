"""What the papers say is true: links lead somewhere, commands exist, modules and budgets are kept."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMED = pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))


@NAMED
def test_links_lead_to_files(paper: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", paper.read_text("utf8"))
    assert [target for target in targets if not (paper.parent / target).exists()] == []


@NAMED
def test_commands_exist(paper: Path) -> None:
    text = paper.read_text("utf8")
    makefile = (ROOT / "Makefile").read_text()
    unknown = [word for word in re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", text, re.M) if f"\n{''.join(word)}:" not in makefile]
    assert unknown == []
    from glideslope.cli import COMMANDS

    assert [word for word in re.findall(r"`glideslope ([a-z]+)", text) if word not in COMMANDS and word != "new"] == []


def test_both_readmes_give_the_two_commands_and_a_picture() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text("utf8")
        assert "make learn" in text
        assert "make test" in text
        assert re.search(r"!\[.{20,}\]\(docs/images/\S+\.png\)", text)


def _tracked(*endings: str) -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name.endswith(endings) and (ROOT / name).is_file()]


LIBRARY = ("autograd", "data", "kernels", "learn", "nn", "sim")


def test_modules_stay_within_their_budget() -> None:
    """Library modules stop at 400 lines, tools and TypeScript at 500."""
    long = {}
    for path in _tracked(".py", ".ts"):
        parts = path.relative_to(ROOT).parts
        stop = 400 if parts[:2] == ("src", "glideslope") and parts[2] in LIBRARY else 500
        lines = path.read_text("utf8").count("\n")
        if parts[0] in ("src", "web") and lines > stop:
            long[str(path.relative_to(ROOT))] = lines
    assert long == {}


def test_functions_stop_at_sixty_lines() -> None:
    long = []
    for path in _tracked(".py"):
        if path.relative_to(ROOT).parts[0] != "src":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno > 60:
                long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert long == []
