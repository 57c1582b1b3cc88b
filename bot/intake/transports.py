"""Who sent this: the secret a request presents, and whether it is a live one."""

import base64
import binascii
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request says about its sender; `name` is None where only a secret is given."""

    name: str | None
    secret: str = field(repr=False)

    def is_for(self, integration: str) -> bool:
        """Say whether this may speak for `integration`: a name, if given, must be its name."""
        return self.name is None or self.name == integration


def presented(headers: Mapping[str, str]) -> Presented | None:
    """Read `Authorization: Bearer …` or `Basic …`; None if absent, empty or unreadable.

    `headers` is a case-insensitive mapping, or has the name in its usual or lower-case form.
    """
    header = headers.get("authorization") or headers.get("Authorization") or ""
    scheme, _, credentials = header.strip().partition(" ")
    credentials = credentials.strip()
    match scheme.lower():
        case "bearer":
            return _bearer(credentials)
        case "basic":
            return _basic(credentials)
    return None


def matches(secret: str, hashes: Sequence[str]) -> bool:
    """Say whether `secret` has one of the live `hashes`; takes as long whichever it is."""
    given = hash_secret(secret).encode()
    found = False
    for known in hashes:
        found |= hmac.compare_digest(given, known.encode())
    return found


def hash_secret(secret: str) -> str:
    """Return the sha256 of a secret in hex; secrets are long and random, so no salt is needed."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _bearer(token: str) -> Presented | None:
    try:
        # Servers hand headers over as Latin-1, whatever the sender meant.
        secret = token.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
    return Presented(None, secret) if secret else None


def _basic(credentials: str) -> Presented | None:
    try:
        text = base64.b64decode(credentials, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    name, colon, secret = text.partition(":")
    return Presented(name or None, secret) if colon and secret else None
