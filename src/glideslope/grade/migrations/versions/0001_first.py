"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assignment", sa.String(200), nullable=False),
        sa.Column("learner", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("handed_in_s", sa.Float, nullable=False),
        sa.UniqueConstraint("assignment", "learner", "sha256", name="uq_submission_assignment"),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assignment", sa.String(200), nullable=False),
        sa.Column("grader_hash", sa.String(64), nullable=False),
        sa.Column("started_s", sa.Float, nullable=False),
        sa.UniqueConstraint("assignment", "grader_hash", name="uq_run_assignment"),
    )
    op.create_table(
        "result",
        *_keys(),
        sa.Column("earned", sa.Float, nullable=False),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.CheckConstraint("earned >= 0 AND earned <= points", name="ck_result_earned"),
    )
    op.create_table(
        "item",
        *_keys(),
        sa.Column("exercise", sa.String(200), primary_key=True),
        sa.Column("question", sa.Integer, primary_key=True),
        sa.Column("earned", sa.Float, nullable=False),
        sa.Column("points", sa.Float, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("title_en", "title_zh", "message_en", "message_zh")),
    )
    op.create_table(
        "override",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assignment", sa.String(200), nullable=False),
        sa.Column("learner", sa.String(200), nullable=False),
        sa.Column("earned", sa.Float, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("made_s", sa.Float, nullable=False),
    )
    op.create_table(
        "lease",
        *_keys(),
        sa.Column("worker", sa.String(200), nullable=False),
        sa.Column("until_s", sa.Float, nullable=False),
    )


def _keys() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column("run", sa.Integer, sa.ForeignKey("run.id"), primary_key=True),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submission.id"), primary_key=True),
    )


def downgrade() -> None:
    """Drop all tables."""
    for name in ("lease", "override", "item", "result", "run", "submission"):
        op.drop_table(name)
