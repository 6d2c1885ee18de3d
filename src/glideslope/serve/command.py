"""`glideslope learn`: one server, one address, the browser opened where there is one."""

import argparse
import os
import secrets
import socket
from collections.abc import Sequence

__all__ = ["main"]

PORT = 8765


def main(arguments: Sequence[str]) -> int:
    """Run `glideslope learn`."""
    parser = argparse.ArgumentParser(prog="glideslope learn", description="Open the course: pages, kernels and judge on this computer.")
    parser.add_argument("--port", type=int, default=PORT, help=f"port to listen on (default {PORT}; the next free one is taken)")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument("--ip", default="localhost", help="address to listen on (default localhost)")
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65536:
        parser.error(f"expected a port between 1 and 65535, got {options.port}")
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    from glideslope.serve.app import GlideslopeApp, lab_installed, work_dir

    port = _free_port(options.ip, options.port)
    if port != options.port:
        print(f"Port {options.port} is taken; using {port}.")
    token = secrets.token_hex(16)
    config = [
        f"--ServerApp.ip={options.ip}",
        f"--ServerApp.port={port}",
        f"--ServerApp.root_dir={work_dir()}",
        f"--ServerApp.open_browser={not options.no_browser}",
        f"--IdentityProvider.token={token}",
        "--ServerApp.log_level=WARN",
        "--LabApp.log_level=WARN",
        # Nothing asks another computer, JupyterLab's news and updates included.
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--ServerApp.quit_button=False",
        "--ServerApp.tornado_settings={'compress_response': True}",
        "--MappingKernelManager.cull_idle_timeout=7200",
        "--MappingKernelManager.cull_interval=300",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        config.append("--allow-root")
    # JupyterLab is an extension beside ours; it is let in where it is installed, so that "open in JupyterLab" works.
    GlideslopeApp.load_other_extensions = lab_installed()
    server = GlideslopeApp.initialize_server(argv=config)
    host = "localhost" if options.ip in ("localhost", "127.0.0.1", "") else options.ip
    print(f"\n  Glideslope is open at  http://{host}:{server.port}/learn/index.html?token={token}\n\n  Ctrl-C stops it; your progress is kept.\n", flush=True)
    for notice in server.web_app.settings["glideslope_progress"].notices:
        print(f"  {notice['en']}\n  {notice['zh']}\n", flush=True)
    server.start()
    return 0


def _free_port(ip: str, wanted: int) -> int:
    """The wanted port or the next free one."""
    for port in range(wanted, min(wanted + 100, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((ip, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"glideslope learn: no free port from {wanted} to {wanted + 99}; name another with --port.")
