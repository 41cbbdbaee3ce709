"""The steps from one schema of the state store to the next; Alembic runs them when a State is opened."""
