"""The command line: help without NumPy, clear words for what is missing or misspelt."""

import subprocess
import sys

import pytest

from glideslope.cli import COMMANDS, main


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [word for word in COMMANDS if f"  {word} " not in said] == []


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lern"]) == 2
    assert capsys.readouterr().err == f"glideslope: expected one of {', '.join(COMMANDS)}, got 'lern'; `glideslope --help` says what each does.\n"


@pytest.mark.slow
@pytest.mark.parametrize("word", COMMANDS)
def test_every_command_explains_itself(word: str) -> None:
    done = subprocess.run([sys.executable, "-m", "glideslope.cli", word, "--help"], capture_output=True, text=True)
    assert done.returncode in (0, 2)
    assert f"usage: glideslope {word}" in done.stdout + done.stderr


@pytest.mark.slow
def test_help_and_proof_need_no_numpy() -> None:
    program = (
        "import sys\nclass Refuse:\n    def find_spec(self, name, *_):\n        assert name.split('.')[0] not in ('numpy', 'sphinx', 'jupyter_server'), name\n"
        "sys.meta_path.insert(0, Refuse())\nfrom glideslope.cli import main\nmain(['--help'])\nsys.exit(main(['proof', '--help']))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True).returncode == 0


def test_a_missing_package_gives_the_install_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_name: str) -> None:
        raise ModuleNotFoundError("No module named 'sphinx'", name="sphinx")

    monkeypatch.setattr("glideslope.cli.importlib.import_module", refuse)
    assert main(["build"]) == 2
    assert capsys.readouterr().err == "glideslope build: needs the package 'sphinx', which is not installed; run: pip install \"glideslope[course]\"\n"
