"""The gradebook: submissions, results and overrides in SQLite (or PostgreSQL by URL), blobs in files beside it.

Results are keyed by (run, submission): grading twice adds nothing, a crash loses at most what was not yet committed.
Work is claimed by leases that run out, so that a dead worker's share is taken up by the living.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from glideslope.errors import DataError, GlideslopeError
from glideslope.grade.tables import item, lease, override, result, run, submission

__all__ = ["Grade", "Gradebook", "Item", "Pending"]

LEASE_SECONDS = 120.0
BATCH = 25
BUSY_SECONDS = 30


@dataclass(frozen=True)
class Pending:
    """A submission that waits for this run."""

    id: int
    learner: str
    sha256: str


@dataclass(frozen=True)
class Item:
    """One judged question."""

    exercise: str
    question: int
    earned: float
    points: float
    status: str
    title_en: str
    title_zh: str
    message_en: str
    message_zh: str


@dataclass(frozen=True)
class Grade:
    """The current grade of one learner: the newest submission, judged by the newest run, unless overridden."""

    learner: str
    submission: int
    run: int
    earned: float
    points: float
    overridden: str = ""


class Gradebook:
    """Open a gradebook at a path (SQLite) or a database URL; tables are brought up to date."""

    def __init__(self, where: str | Path) -> None:
        self.url = str(where) if "://" in str(where) else f"sqlite:///{Path(where).absolute()}"
        self.blobs = (
            Path(str(where).partition("://")[2].partition("?")[0] or where).with_suffix(".blobs")
            if "://" not in str(where)
            else Path("gradebook.blobs")
        )
        self.engine = _engine(self.url)
        try:
            with self.engine.begin() as connection:
                _upgrade(connection)
        except OperationalError as error:
            raise DataError(
                f"the gradebook {where} cannot be opened: {error.orig}; check the path, its rights and the free space."
            ) from None

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def add_submission(self, assignment: str, learner: str, content: bytes, origin: str, handed_in_s: float) -> bool:
        """Store what was handed in; return whether it is new. The same bytes again change nothing."""
        digest = hashlib.sha256(content).hexdigest()
        self._write_blob(digest, content)
        values = {
            "assignment": assignment,
            "learner": learner,
            "sha256": digest,
            "origin": origin,
            "handed_in_s": handed_in_s,
        }
        try:
            with self.engine.begin() as connection:
                connection.execute(insert(submission).values(values))
        except IntegrityError:
            return False
        return True

    def content(self, sha256: str) -> bytes:
        """Return the bytes of a submission.

        Raises:
            DataError: the blob is gone or damaged.
        """
        path = self._blob_path(sha256)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise DataError(f"the blob {path} is gone; hand the submission in again to restore it.") from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DataError(f"the blob {path} is damaged; hand the submission in again to restore it.")
        return data

    def open_run(self, assignment: str, grader_hash: str) -> int:
        """Return the run of this grader for the assignment, made when it is the first time."""
        chosen = select(run.c.id).where(run.c.assignment == assignment, run.c.grader_hash == grader_hash)
        try:
            with self.engine.begin() as connection:
                found = connection.scalar(chosen)
                if found is None:
                    values = {"assignment": assignment, "grader_hash": grader_hash, "started_s": time.time()}
                    connection.execute(insert(run).values(values))
                    found = connection.scalar(chosen)
        except IntegrityError:  # another judge made it in between
            with self.engine.connect() as connection:
                found = connection.scalar(chosen)
        assert found is not None
        return int(found)

    def claim(self, run_id: int, worker: str, count: int = BATCH) -> list[Pending]:
        """Lease up to `count` submissions that have no result and no living lease, in one transaction."""
        now = time.time()
        with self.engine.begin() as connection:
            connection.execute(delete(lease).where(lease.c.run == run_id, lease.c.until_s < now))
            assignment = select(run.c.assignment).where(run.c.id == run_id).scalar_subquery()
            done = select(result.c.submission).where(result.c.run == run_id)
            held = select(lease.c.submission).where(lease.c.run == run_id)
            waiting = (
                select(submission.c.id, submission.c.learner, submission.c.sha256)
                .where(
                    submission.c.assignment == assignment, submission.c.id.not_in(done), submission.c.id.not_in(held)
                )
                .order_by(submission.c.id)
                .limit(count)
                .with_for_update(skip_locked=True)
            )
            claimed = [Pending(*row) for row in connection.execute(waiting)]
            if claimed:
                until = now + LEASE_SECONDS
                rows = [{"run": run_id, "submission": p.id, "worker": worker, "until_s": until} for p in claimed]
                connection.execute(insert(lease), rows)
        return claimed

    def finish(
        self, run_id: int, mode: str, graded: Iterable[tuple[Pending, Sequence[Item]]], failed: Iterable[Pending] = ()
    ) -> None:
        """Store results and remove their leases in one transaction; a result that is there already stays as it is."""
        with self.engine.begin() as connection:
            for pending, items in graded:
                self._store(connection, run_id, mode, pending, items)
            for pending in failed:
                connection.execute(delete(lease).where(lease.c.run == run_id, lease.c.submission == pending.id))

    def release(self, run_id: int, workers: Iterable[str] | None = None) -> None:
        """Remove the leases of dead workers (all, when None), so that their share is taken up at once."""
        chosen = delete(lease).where(lease.c.run == run_id)
        with self.engine.begin() as connection:
            connection.execute(chosen if workers is None else chosen.where(lease.c.worker.in_(list(workers))))

    def workers(self, run_id: int) -> list[str]:
        """Return the names of workers that hold leases."""
        with self.engine.connect() as connection:
            return list(connection.scalars(select(lease.c.worker).where(lease.c.run == run_id).distinct()))

    def progress(self, run_id: int) -> tuple[int, int]:
        """Return how many submissions of the run's assignment are judged, and how many there are."""
        assignment = select(run.c.assignment).where(run.c.id == run_id).scalar_subquery()
        with self.engine.connect() as connection:
            done = connection.scalar(select(func.count()).select_from(result).where(result.c.run == run_id))
            total = connection.scalar(
                select(func.count()).select_from(submission).where(submission.c.assignment == assignment)
            )
        return int(done or 0), int(total or 0)

    def items(self, run_id: int, submission_id: int | None = None) -> list[tuple[int, Item]]:
        """Return judged questions of a run with their submission."""
        names = [column for column in item.c if column.name not in ("run", "submission")]
        chosen = select(item.c.submission, *names).where(item.c.run == run_id)
        if submission_id is not None:
            chosen = chosen.where(item.c.submission == submission_id)
        with self.engine.connect() as connection:
            rows = connection.execute(chosen.order_by(item.c.submission, item.c.exercise, item.c.question)).all()
        return [(row[0], Item(*row[1:])) for row in rows]

    def grades(self, assignment: str) -> list[Grade]:
        """Return the current grade of each learner, in the order of their names."""
        newest: dict[str, Grade] = {}
        chosen = (
            select(submission.c.learner, submission.c.id, result.c.run, result.c.earned, result.c.points)
            .join(result, result.c.submission == submission.c.id)
            .where(submission.c.assignment == assignment)
            .order_by(submission.c.handed_in_s, submission.c.id, result.c.run)
        )
        with self.engine.connect() as connection:
            for row in connection.execute(chosen):
                newest[row[0]] = Grade(*row)
            for row in connection.execute(
                select(override).where(override.c.assignment == assignment).order_by(override.c.id)
            ):
                if row.learner in newest:
                    old = newest[row.learner]
                    newest[row.learner] = Grade(
                        old.learner, old.submission, old.run, row.earned, old.points, f"{row.who}: {row.why}"
                    )
        return [newest[learner] for learner in sorted(newest)]

    def override(self, assignment: str, learner: str, earned: float, who: str, why: str) -> None:
        """Record a changed grade; who and why are required, and nothing is ever overwritten."""
        if not who.strip() or not why.strip():
            raise GlideslopeError("expected who changes the grade and why, and got an empty text; say both.")
        known = {grade.learner: grade for grade in self.grades(assignment)}
        if learner not in known or not 0 <= earned <= known[learner].points:
            limit = (
                f"between 0 and {known[learner].points:g}"
                if learner in known
                else f"of a graded learner of {assignment}"
            )
            raise GlideslopeError(f"expected points {limit} and got {earned:g} for {learner!r}; correct the override.")
        values = {
            "assignment": assignment,
            "learner": learner,
            "earned": earned,
            "who": who,
            "why": why,
            "made_s": time.time(),
        }
        with self.engine.begin() as connection:
            connection.execute(insert(override).values(values))

    def export_learner(self, learner: str) -> dict[str, Any]:
        """Return all that is stored about one learner."""
        with self.engine.connect() as connection:
            handed_in = connection.execute(select(submission).where(submission.c.learner == learner)).mappings().all()
            ids = [row["id"] for row in handed_in]
            tables = {
                table.name: connection.execute(select(table).where(table.c.submission.in_(ids))).mappings().all()
                for table in (result, item)
            }
            changed = connection.execute(select(override).where(override.c.learner == learner)).mappings().all()
        found = {"submission": handed_in, **tables, "override": changed}
        return {name: [dict(row) for row in rows] for name, rows in found.items()}

    def erase_learner(self, learner: str) -> int:
        """Delete all that is stored about one learner, blobs included; return the number of submissions erased."""
        with self.engine.begin() as connection:
            rows = connection.execute(
                select(submission.c.id, submission.c.sha256).where(submission.c.learner == learner)
            ).all()
            ids = [row.id for row in rows]
            for table in (item, result, lease):
                connection.execute(delete(table).where(table.c.submission.in_(ids)))
            connection.execute(delete(submission).where(submission.c.id.in_(ids)))
            connection.execute(delete(override).where(override.c.learner == learner))
            shared = set(
                connection.scalars(
                    select(submission.c.sha256).where(submission.c.sha256.in_([row.sha256 for row in rows]))
                )
            )
        for row in rows:
            if row.sha256 not in shared:
                self._blob_path(row.sha256).unlink(missing_ok=True)
        return len(rows)

    def _store(self, connection: Connection, run_id: int, mode: str, pending: Pending, items: Sequence[Item]) -> None:
        key = {"run": run_id, "submission": pending.id}
        there = select(result.c.run).where(result.c.run == run_id, result.c.submission == pending.id)
        if connection.scalar(there) is None:
            earned, points = sum(i.earned for i in items), sum(i.points for i in items)
            connection.execute(insert(result).values(**key, earned=min(earned, points), points=points, mode=mode))
            if items:
                connection.execute(insert(item), [key | vars(i) for i in items])
        connection.execute(delete(lease).where(lease.c.run == run_id, lease.c.submission == pending.id))

    def _blob_path(self, sha256: str) -> Path:
        return self.blobs / sha256[:2] / sha256

    def _write_blob(self, sha256: str, content: bytes) -> None:
        """Write to a temporary name, sync, rename: a reader sees all or nothing, also after a crash."""
        path = self._blob_path(sha256)
        if path.exists() and path.stat().st_size == len(content):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{sha256}.{os.getpid()}")
        try:
            with open(temporary, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise DataError(
                f"the submission could not be stored in {path.parent} ({error.strerror}); free some space and run again."
            ) from None


def _engine(url: str) -> Engine:
    options: dict[str, Any] = (
        {"connect_args": {"timeout": BUSY_SECONDS}} if url.startswith("sqlite") else {"pool_pre_ping": True}
    )
    engine = create_engine(url, **options)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _on_connect(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # we say BEGIN ourselves: the driver's own begin is too late to claim leases safely
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=NORMAL")
    raw.execute("PRAGMA foreign_keys=ON")


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
