"""The server for real: a token or nothing, pages that know they are live, a hub's address, a taken port."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]


class Server:
    """A running `glideslope learn`."""

    def __init__(self, folder: Path, *arguments: str, command: tuple[str, ...] = ("-m", "glideslope.cli", "learn", "--no-browser")) -> None:
        environment = {**os.environ, "GLIDESLOPE_DATA_DIR": str(folder)}
        self.process = subprocess.Popen([sys.executable, *command, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said, deadline = "", time.monotonic() + 60
        assert self.process.stdout is not None
        while "token=" not in self.said and time.monotonic() < deadline:
            line = self.process.stdout.readline()
            assert line, f"the server stopped: {self.said}"
            self.said += line
        address = re.search(r"(http://\S+?)learn/index.html\?token=(\w+)", self.said) or re.search(r"(http://\S+?)\?token=(\w+)", self.said)
        assert address is not None
        self.base, self.token = address[1], address[2]

    def ask(self, path: str, token: bool = True, method: str = "GET", body: object = None) -> tuple[int, bytes]:
        request = urllib.request.Request(self.base + path, method=method, data=None if body is None else json.dumps(body).encode())
        if token:
            request.add_header("Authorization", f"token {self.token}")
        for _ in range(50):
            try:
                with urllib.request.build_opener(_Stay()).open(request, timeout=20) as answer:
                    return answer.status, answer.read()
            except urllib.error.HTTPError as refusal:
                with refusal:
                    return refusal.code, refusal.read()
            except urllib.error.URLError:
                time.sleep(0.1)  # the socket is not listening yet
        raise AssertionError("the server did not answer")

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer, not a way to go."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("learner"), "--port", "8930")
    yield running
    running.stop()


@pytest.mark.parametrize("path", ["learn/index.html", "learn/en/softmax-cross-entropy.html", "learn/assets/reader.js", "learn/pagefind/pagefind.js", "learn/notebooks/softmax-cross-entropy.en.ipynb"])
def test_without_the_token_nothing_is_served(server: Server, path: str) -> None:
    status, body = server.ask(path, token=False)
    assert status == 302
    assert b"Glideslope" not in body
    assert server.ask(path)[0] == 200


@pytest.mark.parametrize("path", ["status", "progress", "progress/softmax-cross-entropy"])
def test_without_the_token_nothing_is_answered(server: Server, path: str) -> None:
    assert server.ask(f"learn/api/{path}", token=False)[0] == 403
    assert server.ask(f"learn/api/{path}")[0] == 200


def test_a_served_page_knows_it_is_live(server: Server) -> None:
    page = server.ask("learn/zh/softmax-cross-entropy.html")[1].decode()
    assert 'lang="zh-Hans"' in page
    assert 'data-live="yes"' in page


@pytest.mark.parametrize("path", ["learn/../../../etc/passwd", "learn/%2e%2e/%2e%2e/__init__.py", "learn/..%2f..%2f__init__.py", "learn/%2e%2e/stamp"])
def test_nothing_outside_the_site_is_served(server: Server, path: str) -> None:
    assert server.ask(path)[0] in (403, 404)


def test_progress_is_kept_and_answered(server: Server) -> None:
    lesson = "learn/api/progress/softmax-cross-entropy"
    assert server.ask(f"{lesson}/cells/hardmax", method="PUT", body={"source": "z = 1"})[0] == 204
    assert server.ask(f"{lesson}/visited", method="POST", body={})[0] == 204
    assert json.loads(server.ask(f"{lesson}/exercises/stable-softmax", method="POST", body={"passed": True})[1]) == {"passed": True, "attempts": 1}
    assert json.loads(server.ask(lesson)[1])["cells"]["hardmax"] == "z = 1"
    assert server.ask(f"{lesson}/cells/hardmax", method="DELETE")[0] == 204
    assert json.loads(server.ask(lesson)[1])["cells"] == {}


@pytest.mark.parametrize(
    ("path", "method", "body", "status", "sentence"),
    [
        ("progress/l/cells/c", "PUT", {"text": 1}, 400, "expected a JSON object with source"),
        ("progress/l/cells/c", "PUT", {"source": 1}, 400, "expected text of at most 200000 characters"),
        ("judge/softmax-cross-entropy/no-such", "POST", {"lines": []}, 400, 'found no exercise "softmax-cross-entropy/no-such"'),
    ],
)
def test_what_cannot_be_done_is_said_in_both_languages(server: Server, path: str, method: str, body: object, status: int, sentence: str) -> None:
    code, answer = server.ask(f"learn/api/{path}", method=method, body=body)
    assert code == status
    message = json.loads(answer)["message"]
    assert sentence in message["en"]
    assert message["zh"].startswith("请求未能完成")


def test_a_taken_port_gives_the_next_free_one_and_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 8950))
        taken.listen()
        running = Server(tmp_path, "--port", "8950")
        running.stop()
    assert "Port 8950 is taken; using 8951." in running.said
    assert running.base == "http://localhost:8951/"


def test_a_damaged_progress_file_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "progress.sqlite").write_bytes(b"no database" * 500)
    running = Server(tmp_path, "--port", "8960")
    notices = json.loads(running.ask("learn/api/status")[1])["notices"]
    running.stop()
    assert "was damaged; it is kept as" in notices[0]["en"]


def test_the_extension_lives_under_a_hubs_address(tmp_path: Path) -> None:
    command = ("-m", "jupyter_server", "--ServerApp.jpserver_extensions={'glideslope.serve': True}", "--ServerApp.base_url=/user/alice/", "--no-browser", "--port=8970", f"--ServerApp.root_dir={tmp_path}", "--allow-root")
    running = Server(tmp_path, command=command)
    base = running.base if running.base.endswith("/user/alice/") else running.base + "user/alice/"
    running.base = re.sub(r"(tree|lab|learn.*)$", "", base)
    status, page = running.ask("learn/en/index.html")
    running.stop()
    assert status == 200
    assert b'data-live="yes"' in page
