"""Where things are kept and how they get in. The only layer that speaks DuckDB or SQL."""
