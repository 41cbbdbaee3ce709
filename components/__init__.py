"""Pure functions from plain data to Dash components and figure dicts."""
