"""Answer a deleted cell with a sentence: `check("…/stable-softmax", softmax)` when `softmax` does not exist.

Python evaluates the name before `check` is called, so in a notebook a NameError in such a line is caught here
and shown as a verdict. Everything else goes to the notebook's ordinary traceback.
"""

import linecache
import re
import sys
from typing import Any

from glideslope.exercise import Text
from glideslope.grade.verdict import Verdict

__all__ = ["missing_verdict", "name_missing_functions"]

_CALL = re.compile(r"""\bcheck\(\s*["']([a-z0-9/-]+)["']\s*,\s*([A-Za-z_]\w*)\s*\)""")


def missing_verdict(source: str, name: str) -> Verdict | None:
    """Return the verdict for a line of source that checks the undefined `name`, or None for any other line."""
    found = _CALL.search(source)
    if found is None or found[2] != name:
        return None
    return Verdict(
        found[1],
        "error",
        Text(
            f"There is no `{name}` to check: run the cell that defines it, or press Reset to get its first lines back.",
            f"没有可以检查的 `{name}`：请先运行定义它的单元格，或者按“还原”找回开头几行。",
        ),
    )


def name_missing_functions() -> None:
    """Teach the running notebook, if there is one, to answer an undefined name in a check with a verdict."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        shell.set_custom_exc((NameError,), _show)


def _show(
    shell: Any, kind: type[BaseException], error: BaseException, trace: Any, tb_offset: int | None = None
) -> None:
    verdict = missing_verdict(_line(trace), getattr(error, "name", None) or "") if trace is not None else None
    if verdict is None:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
        return
    bundle = verdict._repr_mimebundle_()
    sys.modules["IPython.display"].display(bundle, raw=True)


def _line(trace: Any) -> str:
    while trace.tb_next is not None:
        trace = trace.tb_next
    return linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
