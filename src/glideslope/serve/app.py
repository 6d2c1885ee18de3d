"""The extension itself: addresses, the store, sensible settings for kernels."""

import hashlib
import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from jupyter_server.utils import url_path_join

from glideslope.errors import GlideslopeError
from glideslope.serve.api import HANDLERS
from glideslope.serve.pages import DoorHandler, PageHandler
from glideslope.serve.progress import Progress, data_dir

__all__ = ["SITE", "GlideslopeApp", "lab_installed", "work_dir"]

SITE = Path(__file__).resolve().parents[1] / "_built" / "site"


class GlideslopeApp(ExtensionApp):
    """Serves the course under `/learn`."""

    name = "glideslope"
    extension_url = "/learn/index.html"
    load_other_extensions = False

    @classmethod
    def get_extension_package(cls) -> str:
        """The room, not the distribution: `import glideslope` stays empty-handed."""
        return "glideslope.serve"

    def initialize_settings(self) -> None:
        """Open the progress file once."""
        if not (SITE / "index.html").exists():
            raise GlideslopeError(f"expected the course's pages in {SITE} and found none; install again with `pip install .` in the repository.")
        assert self.serverapp is not None
        self.settings.update(
            glideslope_progress=Progress(data_dir()),
            glideslope_lab=lab_installed() and (Path(self.serverapp.root_dir) / "notebooks").is_dir(),
        )

    def initialize_handlers(self) -> None:
        """Addresses: the API before the files."""
        self.handlers.extend((url_path_join("/", route), handler) for route, handler in HANDLERS)
        self.handlers.extend([(r"/learn/?", DoorHandler), (r"/learn/(.*)", PageHandler, {"path": str(SITE)})])

    def current_activity(self) -> Any:
        """Nothing of ours keeps a hub's server awake."""
        return None

    async def stop_extension(self) -> None:
        """Close the progress file."""
        self.settings["glideslope_progress"].close()


def lab_installed() -> bool:
    """Whether JupyterLab stands beside us."""
    return importlib.util.find_spec("jupyterlab") is not None


def work_dir() -> Path:
    """Where kernels start and notebooks are opened; the course's notebooks are laid there for JupyterLab."""
    folder = data_dir() / "work"
    try:
        (folder / "notebooks").mkdir(parents=True, exist_ok=True)
        _lay_notebooks(folder / "notebooks")
    except OSError:
        return Path.home()
    return folder


def _lay_notebooks(folder: Path) -> None:
    """Bring in what is new; a notebook the learner has written in is his, whatever the course says by now."""
    record = folder / ".laid.json"
    try:
        laid = dict(json.loads(record.read_text("utf8")))
    except (OSError, ValueError, TypeError):  # none yet, or damaged: then every notebook there is the learner's
        laid = {}
    for notebook in (SITE / "notebooks").glob("*.ipynb"):
        target, new = folder / notebook.name, _digest(notebook)
        if not target.exists() or _digest(target) == laid.get(notebook.name) != new:
            shutil.copyfile(notebook, target)
            laid[notebook.name] = new
    record.write_text(json.dumps(laid, indent=1, sort_keys=True) + "\n", "utf8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
