"""`glideslope grade ASSIGNMENT SUBMISSIONS…`: take in, judge in the sandbox, keep in the gradebook, write reports.

Workers are processes, each with its own zygote; they claim work by leases and commit in batches.
Interrupt it and run it again: what is judged stays judged, the rest goes on, and the grades come out equal.
"""

import argparse
import multiprocessing
import os
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from glideslope.errors import GlideslopeError
from glideslope.grade.assess import assess, exercises_of, golden_gate, grader_hash
from glideslope.grade.gradebook import Gradebook, Item, Pending
from glideslope.grade.reports import write_reports
from glideslope.grade.sandbox.confine import MODES
from glideslope.grade.sandbox.probe import choose_mode
from glideslope.grade.sandbox.runner import InfraError, Sandbox
from glideslope.grade.submissions import HandedIn, pack, read_submissions, unpack

__all__ = ["Job", "grade", "main", "work"]

MAX_TRIES = 3


@dataclass(frozen=True)
class Job:
    """What a worker needs to know; it crosses to its process."""

    gradebook: str
    run: int
    assignment: str
    secret: str
    mode: str


def main(arguments: Sequence[str]) -> int:
    """Run the command; 0 when all is graded, 3 when the machinery left some ungraded."""
    options = _parser().parse_args(list(arguments))
    book = Gradebook(options.gradebook)
    taken, refused = take_in(book, options.assignment, options.submissions)
    print(f"{taken} new submissions taken in, {len(refused)} files refused")
    for reason in refused:
        print(f"  refused {reason}")
    secret = _secret(options.secret or Path(f"{options.gradebook}.secret"))
    mode = choose_mode(options.floor)
    left = grade(book, options.gradebook, options.assignment, secret, mode, options.jobs)
    folder = write_reports(book, options.assignment, options.out)
    print(f"reports are in {folder}")
    if left:
        print(f"{left} submissions could not be graded because the machinery failed; nobody is charged, run again.")
    return 3 if left else 0


def take_in(book: Gradebook, assignment: str, paths: Sequence[Path]) -> tuple[int, list[str]]:
    """Store all submissions found at the paths; return how many are new, and what was refused."""
    new, refused = 0, []
    for found in read_submissions(paths, assignment):
        if isinstance(found, HandedIn):
            new += book.add_submission(assignment, found.learner, pack(found), found.origin, found.handed_in_s)
        else:
            refused.append(f"{found.origin}: {found.reason}")
    return new, refused


def grade(book: Gradebook, where: str, assignment: str, secret: str, mode: str, jobs: int = 1) -> int:
    """Judge all that waits; return how many submissions the machinery failed on."""
    exercises = exercises_of(assignment)
    with Sandbox(mode) as sandbox:
        golden_gate(sandbox, exercises, secret)
    run = book.open_run(assignment, grader_hash(exercises, secret))
    book.release(run, [worker for worker in book.workers(run) if not _alive(worker)])
    job = Job(where, run, assignment, secret, mode)
    if jobs == 1:
        work(job, report=_Progress(book, run))
    else:
        _in_processes(job, jobs, _Progress(book, run))
    done, total = book.progress(run)
    return total - done


def work(job: Job, report: "_Progress | None" = None) -> None:
    """Claim, judge and commit until nothing waits; a submission the machinery fails on is tried again, then left."""
    book, exercises = Gradebook(job.gradebook), exercises_of(job.assignment)
    worker = f"{os.uname().nodename}:{os.getpid()}"
    tries: dict[int, int] = {}
    sandbox = Sandbox(job.mode)
    sandbox.start()
    try:
        while claimed := [p for p in book.claim(job.run, worker) if tries.get(p.id, 0) < MAX_TRIES]:
            graded: list[tuple[Pending, list[Item]]] = []
            failed: list[Pending] = []
            for pending in claimed:
                try:
                    sources, answers = unpack(book.content(pending.sha256))
                    graded.append((pending, assess(sandbox, exercises, pending.learner, job.secret, sources, answers)))
                except InfraError:
                    tries[pending.id] = tries.get(pending.id, 0) + 1
                    failed.append(pending)
                    sandbox.stop()
                    sandbox.start()
                except GlideslopeError:  # its blob is gone or damaged: leave it, others go on
                    tries[pending.id] = MAX_TRIES
            book.finish(job.run, job.mode, graded, failed)
            if report is not None:
                report.show()
    finally:
        sandbox.stop()
        book.release(job.run, [worker])
        book.close()


def _in_processes(job: Job, jobs: int, report: "_Progress") -> None:
    context = multiprocessing.get_context("spawn")  # a forked SQLite connection must not be used
    workers = [context.Process(target=work, args=(job,)) for _ in range(jobs)]
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
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    secret = path.read_text(encoding="utf-8").strip()
    if len(secret) < 16:
        raise GlideslopeError(
            f"expected a secret of at least 16 characters in {path} and got {len(secret)}; delete the file to have one made."
        )
    return secret


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="glideslope grade", description="Grade the submissions of a class in a sandbox."
    )
    parser.add_argument("assignment", help="a lesson, or lesson/slug")
    parser.add_argument(
        "submissions", nargs="*", type=Path, help="folders, zips, notebooks, .py files, exports of the page"
    )
    parser.add_argument(
        "--gradebook", default="gradebook.db", help="a file (SQLite) or a database URL; default gradebook.db"
    )
    parser.add_argument("--out", type=Path, default=Path("reports"), help="folder for the reports; default reports")
    parser.add_argument("--jobs", type=int, default=1, help="worker processes; default 1")
    parser.add_argument(
        "--floor", choices=MODES, default="seccomp", help="weakest sandbox mode to accept; default seccomp"
    )
    parser.add_argument(
        "--secret", type=Path, help="file with the secret that draws the inputs; default GRADEBOOK.secret"
    )
    return parser
