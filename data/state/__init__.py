"""State: accounts, sessions, organisations, grants, relations, orders, actions and loads.

Ordinary relational data, in SQLite or PostgreSQL. `State.open` gives the store; inside `look()` (reading) or
`change()` (one transaction) the functions of the sister modules answer with plain values, so that no row or
session of the database library leaves this package. Instants are aware UTC datetimes everywhere in Python.
"""

from data.state import consent_models as consent_models  # its tables are of the same metadata
from data.state import import_models as import_models  # and so are these
from data.state import measure_models as measure_models  # and these
from data.state import registry_models as registry_models  # and this
from data.state import token_models as token_models  # and this
from data.state.engines import StateNotOpen
from data.state.store import Change, Look, NewerState, State

__all__ = ["Change", "Look", "NewerState", "State", "StateNotOpen"]
