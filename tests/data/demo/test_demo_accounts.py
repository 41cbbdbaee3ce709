"""The demo accounts stand for organisations of the world, and consents come from its owners."""

from access.levels import Level
from access.roles import Role
from data.demo.accounts import demo_accounts, demo_asker, demo_grants, demo_owners


def test_one_account_a_role_at_an_example_domain(small_world):
    accounts = demo_accounts(small_world.folder)
    assert sorted(account.role for account in accounts) == sorted(Role)
    assert all(account.email.rpartition("@")[2].endswith(".example") for account in accounts)
    assert len({account.email for account in accounts}) == len(accounts)
    assert all(account.name == account.org_name for account in accounts)


def test_the_owner_owns_the_showcase_and_the_buyer_acted_there(small_world):
    accounts = {account.role: account for account in demo_accounts(small_world.folder)}
    factories, actions = small_world.table("factories"), small_world.table("buyer_actions")
    assert accounts[Role.OWNER].org_id == factories.owner_id[0]
    assert accounts[Role.OWNER].org_name == dict(demo_owners(small_world.folder))[factories.owner_id[0]]
    assert accounts[Role.BUYER].org_id in set(actions.buyer_id[actions.factory_id == factories.factory_id[0]])
    named = small_world.table("buyers").set_index("buyer_id").name
    assert accounts[Role.BUYER].org_name == named[accounts[Role.BUYER].org_id]


def test_consents_are_for_the_demo_buyer_where_it_still_buys(small_world):
    buyer = {account.role: account.org_id for account in demo_accounts(small_world.folder)}[Role.BUYER]
    relations = small_world.table("relations")
    current = relations[(relations.buyer_id == buyer) & (relations.until == "")]
    grants = demo_grants(small_world.folder)
    assert {one.factory_id for one in grants} == set(current.factory_id)
    assert next(one.level for one in grants if one.factory_id == "F001") is Level.ACTIONS
    asker = demo_asker(small_world.folder)
    assert asker is not None
    assert asker[0] == "F001"
    assert asker[1] != buyer


def test_every_owner_has_a_name_of_its_own(small_world):
    owners = demo_owners(small_world.folder)
    assert {identifier for identifier, _ in owners} == set(small_world.table("factories").owner_id)
    assert len({name for _, name in owners}) == len(owners)
