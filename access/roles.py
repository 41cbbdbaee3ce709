"""The four kinds of people who sign in. Workers never do."""

from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person is; every permission is granted to a role, never to a person."""

    OWNER = "owner"
    BUYER = "buyer"
    NGO = "ngo"
    OPERATOR = "operator"


ROLE_NAMES = {
    Role.OWNER: "Factory owner",
    Role.BUYER: "Buyer",
    Role.NGO: "NGO",
    Role.OPERATOR: "Operator",
}
"""What people call the roles."""
