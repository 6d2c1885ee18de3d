"""How the gradebook's tables came about, one step a file; Alembic walks them."""
