"""A Jupyter Server extension: the course's pages, the learner's progress, the judge's answers.

`glideslope learn` runs it alone; inside JupyterLab or JupyterHub the same extension stands under their address.
"""

from typing import Any

__all__ = ["GlideslopeApp"]


def __getattr__(name: str) -> Any:
    if name == "GlideslopeApp":
        from glideslope.serve.app import GlideslopeApp

        return GlideslopeApp
    raise AttributeError(f"module 'glideslope.serve' has no attribute '{name}'; it has {', '.join(__all__)}")


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    from glideslope.serve.app import GlideslopeApp

    return [{"module": "glideslope.serve", "app": GlideslopeApp}]
