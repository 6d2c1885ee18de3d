"""The gradebook's tables: what was handed in, what each grader said about it, who changed a grade and why.

Nothing is overwritten: a new grader makes a new run, a changed mind makes a new override; the current grade is computed.
Times are UTC in seconds since 1970, so that SQLite and PostgreSQL agree.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = ["item", "lease", "metadata", "override", "policy", "result", "roster", "run", "submission"]

metadata = MetaData(
    naming_convention={
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

submission = Table(
    "submission",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", String(200), nullable=False),
    Column("learner", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("origin", Text, nullable=False),
    Column("handed_in_s", Float, nullable=False),
    UniqueConstraint("assignment", "learner", "sha256"),
)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", String(200), nullable=False),
    Column("grader_hash", String(64), nullable=False),
    Column("started_s", Float, nullable=False),
    UniqueConstraint("assignment", "grader_hash"),
)

result = Table(
    "result",
    metadata,
    Column("run", Integer, ForeignKey("run.id"), primary_key=True),
    Column("submission", Integer, ForeignKey("submission.id"), primary_key=True),
    Column("earned", Float, nullable=False),
    Column("points", Float, nullable=False),
    Column("mode", String(20), nullable=False),
    CheckConstraint("earned >= 0 AND earned <= points", name="ck_result_earned"),
)

item = Table(
    "item",
    metadata,
    Column("run", Integer, ForeignKey("run.id"), primary_key=True),
    Column("submission", Integer, ForeignKey("submission.id"), primary_key=True),
    Column("exercise", String(200), primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("earned", Float, nullable=False),
    Column("points", Float, nullable=False),
    Column("status", String(20), nullable=False),
    Column("title_en", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("message_en", Text, nullable=False),
    Column("message_zh", Text, nullable=False),
)

override = Table(
    "override",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", String(200), nullable=False),
    Column("learner", String(200), nullable=False),
    Column("earned", Float, nullable=False),
    Column("who", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Column("made_s", Float, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("run", Integer, ForeignKey("run.id"), primary_key=True),
    Column("submission", Integer, ForeignKey("submission.id"), primary_key=True),
    Column("worker", String(200), nullable=False),
    Column("until_s", Float, nullable=False),
)

roster = Table(
    "roster",
    metadata,
    Column("learner", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("section", String(200), nullable=False),
)

policy = Table(
    "policy",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", String(200), nullable=False),
    Column("learner", String(200), nullable=False),
    Column("due_s", Float, nullable=False),
    Column("grace_s", Float, nullable=False),
    Column("percent_a_day", Float, nullable=False),
    Column("cap_percent", Float, nullable=False),
    Column("made_s", Float, nullable=False),
)
"""Append-only: the newest row of an assignment counts, one that names a learner counts for that learner."""
