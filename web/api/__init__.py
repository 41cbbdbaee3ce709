"""Where programs of organisations push data, each with a token of its own (docs/api.md)."""
