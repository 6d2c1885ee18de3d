"""The gradebook: submissions, results and overrides in SQLite (or PostgreSQL by URL), blobs in files beside it.

Results are keyed by (run, submission): grading twice adds nothing, a crash loses at most what was not yet committed.
Work is claimed by leases that run out, so that a dead worker's share is taken up by the living.
"""

import contextlib
import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError

from glideslope.errors import DataError, GlideslopeError
from glideslope.grade.blobs import Blobs
from glideslope.grade.database import address, open_engine, told
from glideslope.grade.late import ON_TIME, LatePolicy
from glideslope.grade.roster import Enrolled
from glideslope.grade.tables import item, lease, override, policy, result, roster, run, submission

__all__ = ["Grade", "Gradebook", "Item", "NewSubmission", "Pending"]

LEASE_SECONDS = 120.0
BATCH = 25


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What one learner handed in: its canonical bytes, where they came from, when (UTC, seconds since 1970)."""

    learner: str
    content: bytes
    origin: str
    handed_in_s: float


@dataclass(frozen=True, slots=True)
class Pending:
    """A submission that waits for this run."""

    id: int
    learner: str
    sha256: str


@dataclass(frozen=True, slots=True)
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

    def row(self) -> dict[str, Any]:
        """Return the values of its columns."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Grade:
    """The current grade of one learner: what counts after lateness, unless overridden; `judged` is what the judge gave."""

    learner: str
    submission: int
    run: int
    earned: float
    points: float
    judged: float
    late_days: int = 0
    overridden: str = ""


class Gradebook:
    """Open a gradebook at a path (SQLite) or a database URL; tables are brought up to date."""

    def __init__(self, where: str | Path) -> None:
        self.url = address(where)
        self.blobs = Blobs(Path(str(self.url.database)).with_suffix(".blobs"))  # with a server: where one works
        self.engine = open_engine(self.url)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together or not at all.

        Raises:
            DataError: the database is locked by another program, or its disk is full.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except OperationalError as error:
            raise DataError(told(str(error.orig), self.url)) from None

    def add_submission(self, assignment: str, learner: str, content: bytes, origin: str, handed_in_s: float) -> bool:
        """Store what was handed in; return whether it is new. The same bytes again change nothing."""
        return self.add_submissions(assignment, [NewSubmission(learner, content, origin, handed_in_s)]) == 1

    def add_submissions(self, assignment: str, handed_in: Sequence[NewSubmission]) -> int:
        """Store a batch; return how many are new."""
        digests = self.blobs.add(one.content for one in handed_in)
        rows = [
            {
                "assignment": assignment,
                "learner": one.learner,
                "sha256": digest,
                "origin": one.origin,
                "handed_in_s": one.handed_in_s,
            }
            for one, digest in zip(handed_in, digests, strict=True)
        ]
        if not rows:
            return 0
        count = select(func.count()).select_from(submission)
        with self.transaction() as connection:
            before = connection.scalar(count) or 0
            _insert_new(connection, submission, rows)
            return int(connection.scalar(count) or 0) - int(before)

    def content(self, sha256: str) -> bytes:
        """Return the bytes of a submission.

        Raises:
            DataError: the blob is gone or damaged.
        """
        return self.blobs.read(sha256)

    def open_run(self, assignment: str, grader_hash: str) -> int:
        """Return the run of this grader for the assignment, made when it is the first time."""
        chosen = select(run.c.id).where(run.c.assignment == assignment, run.c.grader_hash == grader_hash)
        try:
            with self.transaction() as connection:
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

    def claim(self, run_id: int, worker: str, count: int = BATCH, after: int = 0) -> list[Pending]:
        """Lease up to `count` submissions that have no result and no living lease, in one transaction.

        Args:
            run_id: the run.
            worker: who claims.
            count: at most so many.
            after: look behind this submission first, so that a long run does not walk past all that is done again and again.
        """
        now = time.time()
        # Far beyond: made by a clock that has been set back. Twice, for another may have looked at the clock after us.
        living = lease.c.until_s.between(now, now + 2 * LEASE_SECONDS)
        with self.transaction() as connection:
            connection.execute(delete(lease).where(lease.c.run == run_id, ~living))
            assignment = select(run.c.assignment).where(run.c.id == run_id).scalar_subquery()
            done = select(result.c.submission).where(result.c.run == run_id, result.c.submission == submission.c.id)
            held = select(lease.c.submission).where(lease.c.run == run_id, lease.c.submission == submission.c.id)
            waiting = (
                select(submission.c.id, submission.c.learner, submission.c.sha256)
                .where(submission.c.assignment == assignment, ~done.exists(), ~held.exists())
                .order_by(submission.c.id)
                .limit(count)
                .with_for_update(skip_locked=True)
            )
            claimed = [Pending(*row) for row in connection.execute(waiting.where(submission.c.id > after))]
            if not claimed and after:
                claimed = [Pending(*row) for row in connection.execute(waiting)]
            if claimed:
                until = now + LEASE_SECONDS
                rows = [{"run": run_id, "submission": p.id, "worker": worker, "until_s": until} for p in claimed]
                mine = set(connection.scalars(_insert(connection, lease).values(rows).returning(lease.c.submission)))
                claimed = [p for p in claimed if p.id in mine]  # the others were leased since our snapshot was taken
        return claimed

    def finish(
        self, run_id: int, mode: str, graded: Iterable[tuple[Pending, Sequence[Item]]], failed: Iterable[Pending] = ()
    ) -> None:
        """Store results and remove their leases in one transaction.

        A result that is there already stays as it is; a submission that was erased meanwhile is passed over.
        """
        kept = {pending.id: items for pending, items in graded}
        ids = [*kept, *(pending.id for pending in failed)]
        with self.transaction() as connection:
            there = select(submission.c.id).where(submission.c.id.in_(list(kept))).with_for_update(read=True)
            done = select(result.c.submission).where(result.c.run == run_id, result.c.submission.in_(list(kept)))
            new = set(connection.scalars(there)) - set(connection.scalars(done))
            rows = [_result(run_id, mode, number, items) for number, items in kept.items() if number in new]
            said = [
                {"run": run_id, "submission": number, **one.row()}
                for number, items in kept.items()
                if number in new
                for one in items
            ]
            for table, values in ((result, rows), (item, said)):
                if values:
                    _insert_new(connection, table, values)
            connection.execute(delete(lease).where(lease.c.run == run_id, lease.c.submission.in_(ids)))

    def release(self, run_id: int, workers: Iterable[str] | None = None) -> None:
        """Remove the leases of dead workers (all, when None), so that their share is taken up at once."""
        chosen = delete(lease).where(lease.c.run == run_id)
        with self.transaction() as connection:
            connection.execute(chosen if workers is None else chosen.where(lease.c.worker.in_(list(workers))))

    def workers(self, run_id: int) -> list[str]:
        """Return the names of workers that hold leases."""
        with self.transaction() as connection:
            return list(connection.scalars(select(lease.c.worker).where(lease.c.run == run_id).distinct()))

    def progress(self, run_id: int) -> tuple[int, int]:
        """Return how many submissions of the run's assignment are judged, and how many there are."""
        assignment = select(run.c.assignment).where(run.c.id == run_id).scalar_subquery()
        with self.transaction() as connection:
            done = connection.scalar(select(func.count()).select_from(result).where(result.c.run == run_id))
            total = connection.scalar(
                select(func.count()).select_from(submission).where(submission.c.assignment == assignment)
            )
        return int(done or 0), int(total or 0)

    def items(self, run_id: int, submissions: Iterable[int] | None = None) -> list[tuple[int, Item]]:
        """Return judged questions of a run with their submission."""
        names = [column for column in item.c if column.name not in ("run", "submission")]
        chosen = select(item.c.submission, *names).where(item.c.run == run_id)
        if submissions is not None:
            chosen = chosen.where(item.c.submission.in_(list(submissions)))
        with self.transaction() as connection:
            rows = connection.execute(chosen.order_by(item.c.submission, item.c.exercise, item.c.question)).all()
        return [(row[0], Item(*row[1:])) for row in rows]

    def grades(self, assignment: str) -> list[Grade]:
        """Return the current grade of each learner, in the order of their names.

        The newest submission handed in on time counts, judged by the newest run; a late one instead when it is worth more
        after its deduction. An override is final.
        """
        chosen = (
            select(
                submission.c.learner,
                submission.c.id,
                result.c.run,
                result.c.earned,
                result.c.points,
                submission.c.handed_in_s,
            )
            .join(result, result.c.submission == submission.c.id)
            .where(submission.c.assignment == assignment)
            .order_by(submission.c.learner, submission.c.handed_in_s, submission.c.id, result.c.run)
        )
        changed = select(override).where(override.c.assignment == assignment).order_by(override.c.id)
        with self.transaction() as connection:
            rules = self._policies(connection, assignment)
            by_hand = {row.learner: row for row in connection.execute(changed)}
            rows = groupby(connection.execute(chosen), key=lambda row: str(row[0]))
            grades = [_counting(list(found), rules.get(learner, rules[""])) for learner, found in rows]
        return sorted(
            (_by_hand(grade, by_hand.get(grade.learner)) for grade in grades), key=lambda grade: grade.learner
        )

    def exercises(self, assignment: str) -> list[str]:
        """Return the names of all exercises judged for an assignment."""
        chosen = select(item.c.exercise).join(run, run.c.id == item.c.run).where(run.c.assignment == assignment)
        with self.transaction() as connection:
            return sorted(connection.scalars(chosen.distinct()))

    def set_policy(self, assignment: str, late: LatePolicy, learner: str = "") -> None:
        """Set the deadline of an assignment, for all or for one learner (an extension); earlier ones stay on record."""
        values = {"due_s": late.due_s, "grace_s": late.grace_s, "percent_a_day": late.percent_a_day, "cap_percent": late.cap_percent}  # fmt: skip
        late.check()
        with self.transaction() as connection:
            connection.execute(
                insert(policy).values(assignment=assignment, learner=learner, made_s=time.time(), **values)
            )

    def policy(self, assignment: str, learner: str = "") -> LatePolicy:
        """Return the deadline that counts for a learner."""
        with self.transaction() as connection:
            rules = self._policies(connection, assignment)
        return rules.get(learner, rules[""])

    def enrol(self, learners: Sequence[Enrolled]) -> tuple[int, int]:
        """Put learners on the roster, or correct their names; return how many are new and how many are changed."""
        with self.transaction() as connection:
            before = {row.learner: Enrolled(*row) for row in connection.execute(select(roster))}
            new = [one for one in learners if one.learner not in before]
            changed = [one for one in learners if one.learner in before and before[one.learner] != one]
            if changed:
                connection.execute(delete(roster).where(roster.c.learner.in_([one.learner for one in changed])))
            if rows := [vars(one) for one in (*new, *changed)]:
                connection.execute(insert(roster), rows)
        return len(new), len(changed)

    def enrolled(self) -> list[Enrolled]:
        """Return the roster in the order of the learners' keys."""
        with self.transaction() as connection:
            return [Enrolled(*row) for row in connection.execute(select(roster).order_by(roster.c.learner))]

    def _policies(self, connection: Connection, assignment: str) -> dict[str, LatePolicy]:
        chosen = select(policy).where(policy.c.assignment == assignment).order_by(policy.c.id)
        rules = {"": ON_TIME}
        for row in connection.execute(chosen):
            rules[row.learner] = LatePolicy(row.due_s, row.grace_s, row.percent_a_day, row.cap_percent)
        return rules

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
        with self.transaction() as connection:
            connection.execute(insert(override).values(values))

    def export_learner(self, learner: str) -> dict[str, Any]:
        """Return all that is stored about one learner, the contents of their submissions included (as text)."""
        with self.transaction() as connection:
            handed_in = connection.execute(select(submission).where(submission.c.learner == learner)).mappings().all()
            ids = [row["id"] for row in handed_in]
            found = {"submission": [dict(row) for row in handed_in]}
            for table in (result, item):
                rows = connection.execute(select(table).where(table.c.submission.in_(ids))).mappings()
                found[table.name] = [dict(row) for row in rows]
            for table in (override, policy, roster):
                rows = connection.execute(select(table).where(table.c.learner == learner)).mappings()
                found[table.name] = [dict(row) for row in rows]
        for row in found["submission"]:
            with contextlib.suppress(DataError):
                row["content"] = self.content(row["sha256"]).decode("utf-8", "replace")
        return found

    def erase_learner(self, learner: str) -> int:
        """Delete all that is stored about one learner, blobs included; return the number of submissions erased.

        In SQLite the freed pages are overwritten and the write-ahead log is emptied: the name is in no file afterwards.
        """
        with self.transaction() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            mine = select(submission.c.id, submission.c.sha256).where(submission.c.learner == learner)
            rows = connection.execute(mine.with_for_update()).all()  # a judge that is writing comes first
            ids, digests = [row.id for row in rows], {row.sha256 for row in rows}
            for table in (item, result, lease):
                connection.execute(delete(table).where(table.c.submission.in_(ids)))
            for table in (submission, override, policy, roster):
                connection.execute(delete(table).where(table.c.learner == learner))
            others = select(submission.c.sha256).where(submission.c.sha256.in_(digests))
            shared = set(connection.scalars(others))
        for digest in digests - shared:
            self.blobs.remove(digest)
        if self.engine.dialect.name == "sqlite":
            with contextlib.closing(self.engine.raw_connection()) as raw:  # outside any transaction
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return len(rows)


def _counting(rows: Sequence[Any], late: LatePolicy) -> Grade:
    """The grade of one learner: the newest on time, or the late one that is worth most, whichever is worth more."""
    newest = {row.id: row for row in rows}  # one a submission: the rows come in the order of runs
    grades = [
        Grade(row.learner, row.id, row.run, row.earned * late.kept(row.handed_in_s), row.points, row.earned, late.days(row.handed_in_s))
        for row in newest.values()
    ]  # fmt: skip
    on_time = [grade for grade in grades if not grade.late_days]
    best_late = max((grade for grade in grades if grade.late_days), key=lambda grade: grade.earned, default=None)
    if not on_time or (best_late is not None and best_late.earned > on_time[-1].earned):
        assert best_late is not None
        return best_late
    return on_time[-1]


def _by_hand(grade: Grade, row: Any) -> Grade:
    if row is None:
        return grade
    told = f"{row.who}: {row.why}"
    return Grade(
        grade.learner, grade.submission, grade.run, row.earned, grade.points, grade.judged, grade.late_days, told
    )


def _result(run_id: int, mode: str, number: int, items: Sequence[Item]) -> dict[str, Any]:
    points = math.fsum(one.points for one in items)
    earned = min(math.fsum(one.earned for one in items), points)
    return {"run": run_id, "submission": number, "earned": earned, "points": points, "mode": mode}


def _insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(_insert(connection, table), [{name: _storable(v) for name, v in row.items()} for row in rows])


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insertion in which a row whose key is there already changes nothing, whoever wrote it."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _storable(value: Any) -> Any:
    """A text that every database takes: PostgreSQL knows no NUL, and no encoding knows half a surrogate pair."""
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return value.replace("\0", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode()
