"""What an organisation may bring, and which factories exist for what it brings."""

from data.home import Home
from data.readers.formats import Unreadable
from data.readers.mapping import Mapping
from data.settings import Settings
from data.state.imports import Import
from data.state.store import State
from data.state.trade import factories_of
from data.vault.store import vault

OWN_KINDS = ("answers", "headcount", "orders", "buyer_actions", "measures")
"""What an organisation that owns factories may bring; all else is the operator's."""


def reachable(home: Home, settings: Settings, state: State, job: Import) -> frozenset[str] | None:
    """The factories that exist for an import: an owner's own, those where the data names a buyer. None: all."""
    if job.organisation_kind == "buyer":
        with state.look() as look:
            return factories_of(look, job.organisation)
    if job.organisation_kind != "owner":
        return None
    with vault(home, settings, "look up factories") as engine:
        engine.do("known_factories")
        return frozenset(row[0] for row in engine.rows("factories_owned", owner=job.organisation))


def refused(kind: str, mapping: Mapping | None) -> None:
    """Nothing. Raises Unreadable where an owner's file would say what only the operator may."""
    if kind not in OWN_KINDS:
        raise Unreadable(f"Files of {kind.replace('_', ' ')} are loaded by the operator alone.")
    if mapping is not None and (mapping.factories or mapping.buyers or mapping.link):
        raise Unreadable(
            "This mapping declares factories or buyers, which the operator alone does. Take that part out of it."
        )
