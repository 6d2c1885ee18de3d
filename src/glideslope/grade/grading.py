"""`glideslope grade ASSIGNMENT SUBMISSIONS…`: take in, judge in the sandbox, keep in the gradebook, write reports.

Workers are processes, each with its own zygote; they claim work by leases and commit in batches.
Interrupt it and run it again: what is judged stays judged, the rest goes on, and the grades come out equal.
"""

import argparse
import contextlib
import gc
import multiprocessing
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from glideslope.errors import DataError, GlideslopeError
from glideslope.grade.assess import assess, exercises_of, golden_gate, grader_hash
from glideslope.grade.gradebook import Gradebook, Item, NewSubmission, Pending
from glideslope.grade.late import parse_time
from glideslope.grade.legacy_class import grade_notebooks, take_in_notebooks
from glideslope.grade.reports import write_reports
from glideslope.grade.sandbox.confine import MODES
from glideslope.grade.sandbox.probe import choose_mode
from glideslope.grade.sandbox.runner import InfraError, Sandbox
from glideslope.grade.submissions import Refused, pack, read_submissions, unpack

__all__ = ["Job", "grade", "main", "work"]

MAX_TRIES = 3
PATIENCE = 3.0
"""How many times as long as the reference solutions a submission may take before it is asked with care."""
TAKEN_TOGETHER = 200


@dataclass(frozen=True)
class Job:
    """What a worker needs to know; it crosses to its process."""

    gradebook: str
    run: int
    assignment: str
    secret: str
    mode: str
    patience_s: float = 0.0


def main(arguments: Sequence[str]) -> int:
    """Run the command; 0 when all is graded, 3 when the machinery left some ungraded."""
    with _few_collections():
        return _run(_parser().parse_args(list(arguments)))


def _run(options: argparse.Namespace) -> int:
    if options.jobs < 1:
        raise GlideslopeError(f"expected --jobs to be 1 or more and got {options.jobs}; leave it out for one.")
    received_s = parse_time(options.received) if options.received else None
    with contextlib.closing(Gradebook(options.gradebook)) as book:
        return _grade_into(book, options, received_s)


def _grade_into(book: Gradebook, options: argparse.Namespace, received_s: float | None) -> int:
    of_nbgrader = options.assignment.endswith(".ipynb")
    name = Path(options.assignment).stem if of_nbgrader else options.assignment
    take = take_in_notebooks if of_nbgrader else take_in
    taken, refused = take(book, name, options.submissions, received_s)
    print(f"{taken} new submissions taken in, {len(refused)} files refused")
    for reason in refused:
        print(f"  refused {reason}")
    mode = choose_mode(options.floor)
    if of_nbgrader:
        left = grade_notebooks(book, Path(options.assignment), mode)
    else:
        secret = _secret(options.secret or Path(f"{book.url.database}.secret"))
        left = grade(book, options.gradebook, name, secret, mode, options.jobs)
    folder = write_reports(book, name, options.out, options.language)
    print(f"reports are in {folder}")
    if left:
        print(f"{left} submissions could not be graded because the machinery failed; nobody is charged, run again.")
    return 3 if left else 0


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """Leave what is loaded out of garbage collection, and collect seldom: the command makes many objects and few cycles."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def take_in(
    book: Gradebook, assignment: str, paths: Sequence[Path], received_s: float | None = None
) -> tuple[int, list[str]]:
    """Store all submissions found at the paths; return how many are new, and what was refused.

    `received_s` says when they were handed in; without it the files' own times do.
    """
    new, refused = 0, []
    waiting: list[NewSubmission] = []
    for found in read_submissions(paths, assignment):
        if isinstance(found, Refused):
            refused.append(f"{found.origin}: {found.reason}")
            continue
        when = found.handed_in_s if received_s is None else received_s
        waiting.append(NewSubmission(found.learner, pack(found), found.origin, when))
        if len(waiting) == TAKEN_TOGETHER:
            new += book.add_submissions(assignment, waiting)
            waiting.clear()
    return new + book.add_submissions(assignment, waiting), refused


def grade(book: Gradebook, where: str, assignment: str, secret: str, mode: str, jobs: int = 1) -> int:
    """Judge all that waits; return how many submissions the machinery failed on."""
    exercises = exercises_of(assignment)
    with Sandbox(mode) as sandbox:
        patience_s = PATIENCE * golden_gate(sandbox, exercises, secret)
    patience_s = min(patience_s, max(one.limits.seconds for one in exercises))  # the gate may have met a busy moment
    run = book.open_run(assignment, grader_hash(exercises, secret))
    book.release(run, [worker for worker in book.workers(run) if not _alive(worker)])
    job = Job(where, run, assignment, secret, mode, patience_s)
    if jobs == 1:
        work(job, report=_Progress(book, run))
    else:
        _in_processes(job, jobs, _Progress(book, run))
    done, total = book.progress(run)
    return total - done


def work(job: Job, report: "_Progress | None" = None, wanted: Callable[[], bool] = lambda: True) -> None:
    """Claim, judge and commit until nothing waits; a submission the machinery fails on is tried again, then left.

    `wanted` is asked before each batch: a worker ends when its judge has died.
    """
    book, exercises = Gradebook(job.gradebook), exercises_of(job.assignment)
    worker = f"{os.uname().nodename}:{os.getpid()}"
    tries: dict[int, int] = {}
    last = 0
    sandbox = Sandbox(job.mode)
    sandbox.start()
    try:
        while wanted() and (
            claimed := [p for p in book.claim(job.run, worker, after=last) if tries.get(p.id, 0) < MAX_TRIES]
        ):
            last = claimed[-1].id
            graded: list[tuple[Pending, list[Item]]] = []
            failed: list[Pending] = []
            for pending in claimed:
                try:
                    sources, answers = unpack(book.content(pending.sha256))
                    items = assess(sandbox, exercises, pending.learner, job.secret, sources, answers, job.patience_s)
                    graded.append((pending, items))
                except InfraError:
                    tries[pending.id] = tries.get(pending.id, 0) + 1
                    failed.append(pending)
                    _start_again(sandbox)
                except GlideslopeError:  # its blob is gone or damaged: leave it, others go on
                    tries[pending.id] = MAX_TRIES
            book.finish(job.run, job.mode, graded, failed)
            if report is not None:
                report.show()
    finally:
        sandbox.stop()
        book.release(job.run, [worker])
        book.close()


def _start_again(sandbox: Sandbox) -> None:
    """Give the worker a fresh zygote; one that is killed while it starts is started once more, at most thrice."""
    for attempt in range(MAX_TRIES):
        sandbox.stop()
        try:
            return sandbox.start()
        except InfraError:
            if attempt == MAX_TRIES - 1:
                raise


def _work_apart(job: Job) -> None:
    """Work in a process of its own: a failure is a sentence and an exit code, what was committed stays."""
    judge = multiprocessing.parent_process()
    try:
        with _few_collections():
            work(job, wanted=lambda: judge is None or judge.is_alive())
    except GlideslopeError as error:
        print(f"glideslope grade: a worker stopped: {error}", file=sys.stderr)
        sys.exit(3)
    except KeyboardInterrupt:
        sys.exit(130)


def _in_processes(job: Job, jobs: int, report: "_Progress") -> None:
    context = multiprocessing.get_context("spawn")  # a forked SQLite connection must not be used
    workers = [context.Process(target=_work_apart, args=(job,)) for _ in range(jobs)]
    for worker in workers:
        worker.start()
    try:
        while any(worker.is_alive() for worker in workers):
            for worker in workers:
                worker.join(timeout=0.2)
            report.show()
    except KeyboardInterrupt:
        for worker in workers:
            worker.terminate()
        raise
    finally:
        for worker in workers:
            worker.join()


class _Progress:
    """A line with the rate and the remaining time, on a terminal only."""

    def __init__(self, book: Gradebook, run: int) -> None:
        self.book, self.run = book, run
        self.start_s = time.monotonic()
        self.before, _ = book.progress(run)

    def show(self) -> None:
        if not sys.stderr.isatty():
            return
        done, total = self.book.progress(self.run)
        rate = (done - self.before) / max(time.monotonic() - self.start_s, 1e-3)
        left = f"{(total - done) / rate:.0f} s left" if rate else "…"
        sys.stderr.write(
            f"\r{done} of {total} graded, {rate:.0f} a second, {left}   " + ("\n" if done == total else "")
        )


def _alive(worker: str) -> bool:
    """Whether a worker of this machine still runs; workers elsewhere are believed until their lease runs out."""
    node, _, process = worker.rpartition(":")
    if node != os.uname().nodename:
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return int(process) != os.getpid()


def _secret(path: Path) -> str:
    """Return the secret that draws everybody's inputs, made on first use and readable by the owner only."""
    if not path.exists():
        _make_secret(path)
    secret = path.read_text(encoding="utf-8").strip()
    if len(secret) < 16:
        raise GlideslopeError(
            f"expected a secret of at least 16 characters in {path} and got {len(secret)}; delete the file to have one made."
        )
    return secret


def _make_secret(path: Path) -> None:
    """Write all of it or nothing; when two start at once, the first one's stays."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    except OSError as error:
        raise DataError(f"the secret could not be written to {path} ({error.strerror}); nothing was graded.") from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="glideslope grade", description="Grade the submissions of a class in a sandbox."
    )
    parser.add_argument("assignment", help="a lesson, lesson/slug, or the source notebook of an nbgrader assignment")
    parser.add_argument(
        "submissions", nargs="*", type=Path, help="folders, zips, notebooks, .py files, exports of the page"
    )
    parser.add_argument(
        "--gradebook", default="gradebook.db", help="a file (SQLite) or a database URL; default gradebook.db"
    )
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for the reports; default reports")
    parser.add_argument(
        "--received",
        metavar="TIME",
        help="when these were handed in, such as 2026-11-22T18:00+01:00; default the files' times",
    )
    parser.add_argument(
        "--language",
        choices=("en", "zh"),
        default="en",
        help="the language the pages open in; both are inside; default en",
    )
    parser.add_argument("--jobs", type=int, default=1, help="worker processes; default 1")
    parser.add_argument(
        "--floor", choices=MODES, default="seccomp", help="weakest sandbox mode to accept; default seccomp"
    )
    parser.add_argument(
        "--secret", type=Path, help="file with the secret that draws the inputs; default GRADEBOOK.secret"
    )
    return parser
