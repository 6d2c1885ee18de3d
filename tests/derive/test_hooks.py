"""The pre-commit hook, the GitHub Action, `--watch` and `--annotate`, each run for real on a small repository with a wrong formula."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from glideslope.derive.command import main

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
RIGHT = "Let $a, b \\in \\mathbb{R}$.\n\n$$\n(a + b)^2 = a^2 + 2 a b + b^2\n$$\n"
WRONG = RIGHT.replace("2 a b", "a b")


@pytest.fixture
def path_with_glideslope(tmp_path: Path) -> dict[str, str]:
    """An environment in which `glideslope` is the one of this tree, whether or not it is installed."""
    command = tmp_path / "bin" / "glideslope"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m glideslope.cli "$@"\n')
    command.chmod(0o755)
    source = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return {
        **os.environ,
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": source,
        "GLIDESLOPE_DATA_DIR": str(tmp_path / "data"),
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def _repository(folder: Path, **files: str) -> Path:
    folder.mkdir()
    _git(folder, "init", "--quiet")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "-m", "one")
    return folder


def test_the_hook_stops_a_commit_with_a_wrong_formula(
    tmp_path: Path, path_with_glideslope: dict[str, str], needs: Any
) -> None:
    pre_commit = shutil.which("pre-commit", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if pre_commit is None:
        needs("the hook is tested with pre-commit: pip install pre-commit")
    # Our hooks file in a repository of its own: cloning the whole tree would test git.
    hooks = _repository(
        tmp_path / "hooks", **{"__pre-commit-hooks__yaml": (ROOT / ".pre-commit-hooks.yaml").read_text()}
    )
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=hooks, check=True, capture_output=True, text=True
    ).stdout.strip()
    config = {"repos": [{"repo": str(hooks), "rev": head, "hooks": [{"id": "glideslope-proof-system"}]}]}
    notes = _repository(
        tmp_path / "notes",
        **{"__pre-commit-config__yaml": yaml.safe_dump(config), "notes__md": RIGHT, "other__txt": WRONG},
    )

    def run() -> subprocess.CompletedProcess[str]:
        _git(notes, "add", "--all")
        return subprocess.run(
            [pre_commit, "run", "--all-files"], cwd=notes, env=path_with_glideslope, capture_output=True, text=True
        )

    assert (done := run()).returncode == 0, done.stdout + done.stderr
    (notes / "notes.md").write_text(WRONG)
    done = run()
    assert done.returncode == 1
    assert "notes.md:4:" in done.stdout
    assert "other.txt" not in done.stdout


def test_both_hooks_name_a_command_that_exists() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["language"] for hook in hooks] == ["python", "system"]
    for hook in hooks:
        assert hook["entry"] == "glideslope proof"
        for name in ("a.md", "a.tex", "a.ipynb", "a.markdown", "a.myst"):
            assert re.search(hook["files"], name)
        assert not re.search(hook["files"], "a.py")


def _action(files: str, folder: Path, environment: dict[str, str], **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the action's last step as a runner does: the inputs in its variables, its script in bash."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    given = {name: about["default"] for name, about in action["inputs"].items()} | {"files": files} | inputs
    step = action["runs"]["steps"][-1]
    filled = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
        for name, value in step["env"].items()
    }
    assert "${{" not in step["run"]  # inputs never become part of the script
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**environment, **filled},
        capture_output=True,
        text=True,
    )


def test_the_action_marks_the_line_and_fails(tmp_path: Path, path_with_glideslope: dict[str, str]) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "right.md").write_text(RIGHT)
    assert _action("right.md", notes, path_with_glideslope).returncode == 0
    (notes / "wrong.md").write_text(WRONG)
    done = _action(".", notes, path_with_glideslope)
    assert done.returncode == 1
    assert re.search(r"^::error file=wrong\.md,line=4,col=\d+,title=proof error::", done.stdout, re.MULTILINE)
    assert "coverage: 2 of 2 claims decided" in done.stdout
    (notes / "wrong.md").write_text("$$\\alpha = \\beta + \\rho = 2 \\beta + \\omega$$\n")
    assert _action(".", notes, path_with_glideslope).returncode == 0
    assert _action(".", notes, path_with_glideslope, strict="true").returncode == 1


def test_a_file_name_of_the_action_never_becomes_a_command(
    tmp_path: Path, path_with_glideslope: dict[str, str]
) -> None:
    (tmp_path / "right.md").write_text(RIGHT)
    done = _action("right.md $(touch harm) ; touch harm", tmp_path, path_with_glideslope)
    assert done.returncode == 2
    assert not (tmp_path / "harm").exists()


@pytest.fixture
def watching(tmp_path: Path, path_with_glideslope: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "notes.md").write_text(RIGHT)
    command = [sys.executable, "-u", "-m", "glideslope.cli", "proof", "--watch", "notes.md"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=path_with_glideslope, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        guard = threading.Timer(120, process.kill)  # a watcher that says nothing must not keep the tests
        guard.start()
        yield process
        guard.cancel()
        process.kill()


def _until(process: subprocess.Popen[str], word: str) -> str:
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if word in line:
            return "".join(said)
    raise AssertionError("ended before it said '" + word + "':\n" + "".join(said))


def test_watch_checks_again_when_the_file_changes(tmp_path: Path, watching: subprocess.Popen[str]) -> None:
    assert "error" not in _until(watching, "coverage:")
    (tmp_path / "notes.md").write_text(WRONG)
    assert "notes.md:4:" in _until(watching, "coverage:")
    (tmp_path / "notes.md").write_text(RIGHT + "\n")
    assert "error" not in _until(watching, "coverage:")


def test_annotate_proposes_what_makes_a_real_file_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own case without the sentence that states the condition: the proposal, pasted where it says, restores the verdict."""
    monkeypatch.setenv("GLIDESLOPE_DATA_DIR", str(tmp_path / "data"))
    text = "# Rotations\n\nLet $R \\in \\mathbb{R}^{n \\times n}$ and $x, y \\in \\mathbb{R}^n$.\nA rotation keeps inner products:\n\n$$\n(R x)^\\top (R y) = x^\\top y\n$$\n"
    path = tmp_path / "rotations.md"
    path.write_text(text)
    assert main([str(path)]) == 1
    assert main([str(path), "--annotate"]) == 0
    proposed = re.search(r"line (\d+): (<!-- proof: assume .* -->)", capsys.readouterr().out)
    assert proposed is not None
    lines = text.splitlines(keepends=True)
    place = int(proposed[1]) - 2  # before the display that the line stands in
    path.write_text("".join([*lines[:place], proposed[2], "\n\n", *lines[place:]]))
    assert main([str(path), "--strict"]) == 0
