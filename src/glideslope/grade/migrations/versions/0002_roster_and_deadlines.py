"""The list of the class, and deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "roster",
        sa.Column("learner", sa.String(200), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("section", sa.String(200), nullable=False),
    )
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("assignment", sa.String(200), nullable=False),
        sa.Column("learner", sa.String(200), nullable=False),
        *(
            sa.Column(name, sa.Float, nullable=False)
            for name in ("due_s", "grace_s", "percent_a_day", "cap_percent", "made_s")
        ),
    )


def downgrade() -> None:
    """Drop them again."""
    for name in ("policy", "roster"):
        op.drop_table(name)
