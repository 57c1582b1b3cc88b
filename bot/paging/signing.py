"""Sign what is sent as Standard Webhooks ask (https://www.standardwebhooks.com)."""

import base64
import binascii
import hashlib
import hmac

_PREFIX = "whsec_"


def headers(secret: str, mid: str, moment: int, body: bytes) -> dict[str, str]:
    """Return the three headers for a body sent at `moment` (seconds since 1970) under an id.

    The id stays the same however often it is tried, so that a receiver can leave repeats out.
    """
    signed = b".".join((mid.encode(), str(moment).encode(), body))
    digest = hmac.new(key(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": mid,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def key(secret: str) -> bytes:
    """Return the bytes of a secret: `whsec_` and base64; whatever else it is, as it is written."""
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            return secret.encode()
    return secret.encode()
