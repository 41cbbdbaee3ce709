"""Closes answers into cells, and publishes what may be seen in immutable files."""
