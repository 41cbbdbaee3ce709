"""The four kinds of people who sign in. Workers never do."""

from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person is; every permission is granted to a role, never to a person."""

    OWNER = "owner"
    BUYER = "buyer"
    NGO = "ngo"
    OPERATOR = "operator"
