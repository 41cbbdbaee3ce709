"""Makes a demo home: the world, loaded and released, with accounts that only the one-click entry opens."""

import shutil
import tempfile
from pathlib import Path

from access.levels import Level
from data.demo.accounts import demo_accounts, demo_asker, demo_buyer, demo_factories, demo_grants, demo_owners
from data.demo.world import Plan, make_world
from data.home import Home
from data.release.publish import Released, release
from data.settings import Settings
from data.state.accounts import account_by_email, add_account
from data.state.grants import grant
from data.state.organisations import organisation_id, record_organisations
from data.state.remarks import add_remark, remarks_at
from data.state.requests import BUYER, add_request, requests_at
from data.state.store import Change, State
from data.vault.load import LoadRequest, load


class NotEmpty(Exception):
    """A demo world goes into an empty home only. The message says what to do."""


def make_demo(home: Home, settings: Settings, state: State, plan: Plan) -> Released:
    """The first release of a new demo home. Raises NotEmpty. What was cut off before is begun again."""
    if home.demo_begun:
        clear(home)
    if not home.is_empty:
        raise NotEmpty(
            f"{home.root} is not empty. The demo world needs a home of its own: set SEAMLINE_HOME to a new folder."
        )
    home.mark_demo(finished=False)
    with tempfile.TemporaryDirectory(dir=home.root, prefix="demo-") as made:
        folder = Path(made)
        make_world(folder, plan)
        load(home, settings, state, LoadRequest(folder))
        with state.change() as change:
            invite(change, folder)
    released = release(home, settings, state)
    home.mark_demo(finished=True)
    return released


def clear(home: Home) -> None:
    """Removes what a demo that was cut off has left; its accounts are kept, they are the same again."""
    for file in (home.vault, home.vault.with_suffix(".duckdb.wal")):
        file.unlink(missing_ok=True)
    for folder in (home.releases, home.effects, home.quarantine):
        shutil.rmtree(folder, ignore_errors=True)
    for leftover in home.root.glob("demo-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    home.prepare()


def invite(change: Change, folder: Path) -> None:
    """Names the owners, makes one account a role, and gives the demo buyer its factories' consent."""
    owners = [{"kind": "owner", "external_id": owner, "name": name} for owner, name in demo_owners(folder)]
    record_organisations(change, owners)
    for account in demo_accounts(folder):
        if account_by_email(change, account.email) is None:
            add_account(
                change, email=account.email, role=account.role, organisation=account.org_id,
                organisation_name=account.org_name,
            )  # fmt: skip
    organisation = organisation_id(change, "buyer", demo_buyer(folder))
    if organisation is not None:
        for given in demo_grants(folder):
            grant(change, given.factory_id, organisation, level=given.level)
    ask(change, folder)
    answer(change, folder)


def ask(change: Change, folder: Path) -> None:
    """Nothing; another buyer of the first factory asks to see its themes, once."""
    asker = demo_asker(folder)
    organisation = organisation_id(change, "buyer", asker[1]) if asker else None
    if asker is None or organisation is None or requests_at(change, asker[0]):
        return
    add_request(
        change, factory_id=asker[0], organisation=organisation, asked_by=BUYER, user_id=None, level=Level.THEMES,
        note="We plan next season’s orders and would like to see how it goes.", most=1,
    )  # fmt: skip


def answer(change: Change, folder: Path) -> None:
    """Nothing; the owner of the first factory has answered what workers say about hours, once."""
    owner, showcase = demo_accounts(folder)[0], demo_factories(folder)[0]
    organisation = organisation_id(change, str(owner.role), owner.org_id)
    if organisation is None or remarks_at(change, showcase, topics=("row",)):
        return
    add_remark(
        change, factory_id=showcase, action_id="HRS", organisation=organisation, user_id=None, kind="note", topic="row",
        text="We moved the start of the night shift by half an hour, and take no order below twelve days.", most=1,
    )  # fmt: skip
