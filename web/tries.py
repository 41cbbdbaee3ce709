"""Under which names tries to sign in are counted: keyed hashes, so that the list holds no address of anybody."""

import hashlib
import hmac
import ipaddress

from flask import request

from data.state.accounts import normal_email
from web.wiring import wiring


def keys_of(email: str) -> tuple[str, str]:
    """The names of an account and of the source of this request."""
    return digest("account", normal_email(email)), digest("source", source(request.remote_addr))


def digest(kind: str, value: str) -> str:
    """A keyed hash, so that nobody who reads the store learns what was hashed."""
    key = wiring().home.secret("attempts").encode()
    return hmac.new(key, f"{kind}:{value}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def source(address: str | None) -> str:
    """Where a request came from: the address, or the network that a household has with IPv6."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        mapped = parsed.ipv4_mapped
        return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
