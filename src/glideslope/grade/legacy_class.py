"""A class of nbgrader's notebooks through our sandbox and gradebook: take in, judge, keep.

The assignment is the source version of its notebook; submissions are the learners' notebooks (`submitted/<learner>/…`).
"""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from glideslope import __version__
from glideslope.errors import DataError, GlideslopeError, ParseError
from glideslope.grade.gradebook import Gradebook, Item, NewSubmission, Pending
from glideslope.grade.legacy import Assignment, assess_notebook, prepare
from glideslope.grade.nbgrader_format import Cell, Notebook, read_notebook
from glideslope.grade.sandbox.runner import InfraError, Sandbox
from glideslope.grade.submissions import MAX_CELLS, Refused, read_files, without_magics

__all__ = ["grade_notebooks", "take_in_notebooks"]

MAX_TRIES = 3


def take_in_notebooks(
    book: Gradebook, assignment: str, paths: Sequence[Path], received_s: float | None = None
) -> tuple[int, list[str]]:
    """Store the notebooks found at the paths; return how many are new, and what was refused."""
    new, refused = 0, []
    for found in read_files(paths, (".ipynb",)):
        if isinstance(found, Refused):
            refused.append(f"{found.origin}: {found.reason}")
            continue
        try:
            cells = len(read_notebook(found.text, found.origin).cells)
            if cells > MAX_CELLS:
                raise ParseError(f"{found.origin}: it has {cells} cells; at most {MAX_CELLS} are read.")
        except ParseError as error:
            refused.append(str(error))
            continue
        when = found.handed_in_s if received_s is None else received_s
        content = found.text.encode("utf-8", "surrogatepass")
        new += book.add_submissions(assignment, [NewSubmission(found.learner, content, found.origin, when)])
    return new, refused


def grade_notebooks(book: Gradebook, source: Path, mode: str) -> int:
    """Judge all that waits; return how many submissions the machinery failed on.

    Raises:
        DataError: the source notebook cannot be read.
        GlideslopeError: its own solution does not pass its tests.
    """
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"the notebook {source} could not be read ({error}); check the path.") from None
    name = source.stem
    run = book.open_run(name, hashlib.sha256(f"{__version__}\0nbgrader\0{text}".encode()).hexdigest())
    book.release(run)
    with Sandbox(mode) as sandbox:
        assignment = prepare(name, _for_python(read_notebook(text, str(source))), sandbox)
        converted, count = len(assignment.converted), len(assignment.notebook.tests)
        print(
            f"{converted} of {count} tests converted; the others run in the learner's own process and are marked as forgeable"
        )
        _work(book, run, mode, assignment, sandbox)
    done, total = book.progress(run)
    return total - done


def _work(book: Gradebook, run: int, mode: str, assignment: Assignment, sandbox: Sandbox) -> None:
    worker, last, tries = f"{os.uname().nodename}:{os.getpid()}", 0, dict[int, int]()
    try:
        while claimed := [p for p in book.claim(run, worker, after=last) if tries.get(p.id, 0) < MAX_TRIES]:
            last = claimed[-1].id
            graded: list[tuple[Pending, list[Item]]] = []
            failed: list[Pending] = []
            for pending in claimed:
                try:
                    handed_in = read_notebook(
                        book.content(pending.sha256).decode("utf-8", "surrogatepass"), pending.learner
                    )
                    graded.append((pending, assess_notebook(sandbox, assignment, _for_python(handed_in))))
                except InfraError:
                    tries[pending.id] = tries.get(pending.id, 0) + 1
                    failed.append(pending)
                    sandbox.stop()
                    sandbox.start()
                except GlideslopeError:  # its blob is gone or damaged: leave it, others go on
                    tries[pending.id] = MAX_TRIES
            book.finish(run, mode, graded, failed)
    finally:
        book.release(run, [worker])


def _for_python(notebook: Notebook) -> Notebook:
    """Leave out what only IPython understands."""
    return Notebook(
        tuple(
            Cell(c.kind, without_magics(c.source), c.grade_id, c.points, c.grade, c.solution, c.locked)
            if c.kind == "code"
            else c
            for c in notebook.cells
        )
    )
