"""Check in a real kernel: rich verdicts, a deleted cell, an interrupt that leaves the kernel working."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from glideslope.grade.verdict import MIME

manager_module = pytest.importorskip("jupyter_client.manager")

NAME = "softmax-cross-entropy/stable-softmax"
CHECK = f'from glideslope import check\ncheck("{NAME}", softmax)'


@pytest.fixture(scope="module")
def kernel() -> Iterator[Any]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")])}
    manager, client = manager_module.start_new_kernel(kernel_name="python3", env=environment)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def outputs(client: Any, code: str) -> list[dict[str, Any]]:
    """Run a cell and return what it displayed, as mime bundles; an error shows as {"error": name}."""
    client.execute(code)
    return collect(client)


def collect(client: Any) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    while True:
        message = client.get_iopub_msg(timeout=30)
        content = message["content"]
        if message["msg_type"] in ("execute_result", "display_data"):
            shown.append(content["data"])
        if message["msg_type"] == "error":
            shown.append({"error": content["ename"]})
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            return shown


@pytest.mark.slow
def test_a_verdict_carries_both_languages_to_the_page(kernel: Any) -> None:
    shown = outputs(kernel[1], f"def softmax(Z):\n    return -Z\n\n{CHECK}")
    assert len(shown) == 1
    assert shown[0][MIME]["exercise"] == NAME
    assert shown[0][MIME]["passed"] is False
    assert set(shown[0][MIME]["message"]) == {"en", "zh"}


@pytest.mark.slow
def test_a_deleted_function_is_a_verdict_and_other_errors_stay_errors(kernel: Any) -> None:
    shown = outputs(kernel[1], f"%reset -f\n{CHECK}")
    assert [set(bundle) for bundle in shown] == [{MIME, "text/html", "text/plain"}]
    assert shown[0][MIME]["message"]["en"].startswith("There is no `softmax` to check:")
    assert outputs(kernel[1], "undefined_name") == [{"error": "NameError"}]
    assert outputs(kernel[1], "1 / 0") == [{"error": "ZeroDivisionError"}]


LOOP = f"""def softmax(Z):
    get_ipython().display_pub.publish({{"text/plain": "started"}})
    while True:
        pass

{CHECK}"""


@pytest.mark.slow
def test_an_interrupt_stops_an_endless_loop_and_the_kernel_goes_on(kernel: Any) -> None:
    manager, client = kernel
    client.execute(LOOP)
    while client.get_iopub_msg(timeout=30)["msg_type"] != "display_data":
        pass
    manager.interrupt_kernel()
    shown = collect(client)
    assert shown[0][MIME]["message"]["en"] == "You stopped `softmax` while it was running."
    assert outputs(client, "1 + 1") == [{"text/plain": "2"}]
