"""Codes of an authenticator app (RFC 6238: six digits, half a minute), and the codes that stand in for it once."""

import hmac
import secrets
from datetime import datetime

import pyotp
import segno

from web.errors import ALPHABET

ISSUER = "Seamline"
RECOVERY_CODES = 8
GROUPS, GROUP = 6, 4
"""24 signs of 30: 117 bits, too many to be guessed even by somebody who has the hashes."""


def new_secret() -> str:
    """A new random secret for an app, in base 32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: the running one, or the one before or after it; None for another code."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdigit()):
        return None
    app = pyotp.TOTP(secret)
    running = int(now.timestamp()) // app.interval
    steps = (running - 1, running, running + 1)
    return max((step for step in steps if hmac.compare_digest(app.generate_otp(step), digits)), default=None)


def app_address(secret: str, email: str) -> str:
    """What an app reads to know the account: an `otpauth:` address."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def picture(address: str) -> str:
    """The address as a QR code: a `data:` address of an SVG, black on white in every theme so that cameras read it."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def in_groups(secret: str) -> str:
    """The secret in groups of four, to be typed."""
    return " ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))


def new_recovery_codes() -> tuple[str, ...]:
    """New codes for when the app is lost, each in groups joined by hyphens."""

    def group() -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))

    return tuple("-".join(group() for _ in range(GROUPS)) for _ in range(RECOVERY_CODES))
