"""Run a lesson's cells once, keep what they show.

Outputs depend on the cells' programs alone, so both languages share one run (the English one), found again by a hash of the programs.
The committed file `outputs.json` beside a lesson lets pages be built with no kernel at all.
"""

import ast
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from glideslope.book.lesson import Cell, Lesson
from glideslope.errors import GlideslopeError

__all__ = ["cells_hash", "load_outputs", "run_lesson", "save_outputs"]

# The kernel listens on this computer only; its warning about plain text on that line is no news to somebody who builds a book.
QUIET = ["--IPKernelApp.log_level=ERROR"]

Outputs = dict[str, list[dict[str, Any]]]


def run_lesson(lesson: Lesson, timeout_s: int = 120) -> Outputs:
    """Execute the cells in a fresh kernel and return each cell's nbformat outputs by its name."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    notebook.cells = [nbformat.v4.new_code_cell(cell.source, metadata={"name": cell.name, "tags": list(cell.tags)}) for cell in lesson.cells]
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(notebook, timeout=timeout_s, resources={"metadata": {"path": folder}}, kernel_name="python3", extra_arguments=QUIET)
        try:
            client.execute(env=_environment())
        except CellExecutionError as failure:
            name = next((c.metadata.name for c in notebook.cells if any(o.output_type == "error" for o in c.outputs)), "?")
            raise GlideslopeError(f"{lesson.path}: the cell '{name}' failed as the lesson ran: {failure.ename}: {failure.evalue}") from failure
    return {cell.metadata.name: _joined([_clean(output) for output in cell.outputs]) for cell in notebook.cells}


def cells_hash(cells: Sequence[Cell]) -> str:
    """Hash of the programs: comments, blank space and the language they are told in do not count."""
    programs = [f"{cell.name}\n{sorted(cell.tags)}\n{_program(cell.source)}" for cell in cells]
    return hashlib.sha256("\n\n".join(programs).encode()).hexdigest()


def load_outputs(lesson: Lesson) -> Outputs | None:
    """The kept outputs of this lesson, or None where there are none for these programs."""
    path = _kept(lesson)
    if not path.exists():
        return None
    kept = json.loads(path.read_text("utf8"))
    return kept["outputs"] if kept["hash"] == cells_hash(lesson.cells) else None


def save_outputs(lesson: Lesson, outputs: Outputs) -> Path:
    """Write `outputs.json` beside the lesson."""
    path = _kept(lesson)
    text = json.dumps({"hash": cells_hash(lesson.cells), "outputs": outputs}, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", "utf8")
    return path


def _kept(lesson: Lesson) -> Path:
    return lesson.path.parent / "outputs.json"


def _environment() -> dict[str, str]:
    # Where pictures go is the kernel's own business, whatever the process around it chose.
    inherited = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    return {**inherited, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}


def _clean(output: Any) -> dict[str, Any]:
    kept = json.loads(json.dumps(output))
    kept.pop("execution_count", None)
    kept.pop("transient", None)
    return kept


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pieces of one stream as one: where a slow cell's printing was cut depends on the clock, not on the lesson."""
    joined: list[dict[str, Any]] = []
    for output in outputs:
        before = joined[-1] if joined else {}
        if output["output_type"] == "stream" == before.get("output_type") and output["name"] == before["name"]:
            before["text"] += output["text"]
        else:
            joined.append(output)
    return joined


class _WithoutWords(ast.NodeTransformer):
    """Strings shown to people may differ between languages; the program may not."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.copy_location(ast.Constant("…"), node) if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        values = [self.visit(part) for part in node.values if isinstance(part, ast.FormattedValue)]
        return ast.copy_location(ast.JoinedStr(values), node)


def _program(source: str) -> str:
    plain = "\n".join("pass" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
    return ast.dump(_WithoutWords().visit(ast.parse(plain)))
