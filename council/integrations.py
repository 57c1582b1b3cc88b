"""Configured senders and API tokens: made, rotated, revoked; secrets are kept as hashes only."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any

from council import ledger
from council.desk import Desk
from council.errors import Conflict, Invalid, NotFound
from council.signal import SIGNAL_CLASSES
from council.tables import ApiToken, Integration, IntegrationSecret

KINDS = ("alertmanager",)
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
# During this time after a rotation the secret from before is good as well.
OVERLAP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sender:
    """What the door needs to know of an integration to let a request in and read it."""

    id: str
    name: str
    kind: str
    hashes: tuple[str, ...]
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """An integration in a line; `troubles` maps a code to its count."""

    name: str
    kind: str
    path: str
    secrets: int
    created_at: datetime
    troubles: Mapping[str, int]


def hash_secret(secret: str) -> str:
    """Return the sha256 of a secret; our secrets hold 256 random bits, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def path_of(name: str) -> str:
    """Return where an integration's requests go."""
    return f"/hooks/{name}"


def add(
    desk: Desk, actor: str, kind: str, name: str, metric_classes: Mapping[str, str] | None = None
) -> str:
    """Make an integration and return its secret, which is shown this once.

    `metric_classes` maps a metric's name to the signal class that it stands for.
    """
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1, cutoff=0.4)
        raise Invalid("kind", kind, "not_one_of", tuple(near) or KINDS)
    if not NAME.fullmatch(name):
        raise Invalid("name", name, "integration_name")
    if desk.books.integrations.by_name(name):
        raise Conflict(f"integration {name}", "taken")
    for metric, signal_class in (metric_classes or {}).items():
        if signal_class not in SIGNAL_CLASSES:
            near = get_close_matches(signal_class, SIGNAL_CLASSES, n=1, cutoff=0.4)
            raise Invalid(
                f"class of {metric}", signal_class, "not_one_of", (*near, *SIGNAL_CLASSES)
            )
    row = Integration(
        id=desk.ids.new(),
        council_id=desk.council_id,
        name=name,
        kind=kind,
        settings={"metric_classes": dict(metric_classes or {})},
        created_at=desk.now(),
    )
    desk.books.add(row)
    _log(desk, actor, "integration.added", row)
    return _new_secret(desk, row)


def rotate(desk: Desk, actor: str, name: str) -> str:
    """Return a new secret; the newest old one stays good for OVERLAP, older ones end now."""
    row = _get(desk, name)
    for place, secret in enumerate(desk.books.integrations.secrets(row.id)):
        end = desk.now() + OVERLAP if place == 0 else desk.now()
        secret.expires_at = min(secret.expires_at or end, end)
        desk.books.add(secret)
    _log(desk, actor, "integration.rotated", row)
    return _new_secret(desk, row)


def sender(desk: Desk, name: str) -> Sender | None:
    """Return what the door needs of the integration of this name."""
    row = desk.books.integrations.by_name(name)
    if row is None:
        return None
    hashes = desk.books.integrations.live_hashes(row.id, desk.now())
    return Sender(row.id, row.name, row.kind, hashes, dict(row.settings))


def listing(desk: Desk) -> list[Listed]:
    """Return every integration with the state of its secrets and its troubles."""
    return [
        Listed(
            row.name,
            row.kind,
            path_of(row.name),
            len(desk.books.integrations.live_hashes(row.id, desk.now())),
            row.created_at,
            {each.code: each.count for each in desk.books.integrations.troubles(row.id)},
        )
        for row in desk.books.integrations.all()
    ]


def create_token(desk: Desk, actor: str, name: str) -> str:
    """Make a token for the read and command API and return it; it is shown this once."""
    if not NAME.fullmatch(name):
        raise Invalid("name", name, "integration_name")
    if desk.books.integrations.token_named(name):
        raise Conflict(f"token {name}", "taken")
    token = desk.ids.secret()
    row = ApiToken(
        id=desk.ids.new(),
        council_id=desk.council_id,
        name=name,
        token_hash=hash_secret(token),
        created_at=desk.now(),
    )
    desk.books.add(row)
    ledger.append(desk, [ledger.Entry("token.created", actor, f"token:{row.id}")])
    return token


def revoke_token(desk: Desk, actor: str, name: str) -> None:
    """End a token at once."""
    row = desk.books.integrations.token_named(name)
    if row is None:
        raise NotFound("token", name)
    if row.revoked_at is None:
        row.revoked_at = desk.now()
        desk.books.add(row)
        ledger.append(desk, [ledger.Entry("token.revoked", actor, f"token:{row.id}")])


def token_name(desk: Desk, token: str) -> str | None:
    """Return the name of a token that is good, else None."""
    row = desk.books.integrations.token(hash_secret(token))
    return row.name if row else None


def _get(desk: Desk, name: str) -> Integration:
    row = desk.books.integrations.by_name(name)
    if row is None:
        names = [each.name for each in desk.books.integrations.all()]
        near = get_close_matches(name, names, n=3, cutoff=0.4)
        raise NotFound("integration", name, tuple(near))
    return row


def _new_secret(desk: Desk, row: Integration) -> str:
    secret = desk.ids.secret()
    desk.books.add(
        IntegrationSecret(
            id=desk.ids.new(),
            integration_id=row.id,
            secret_hash=hash_secret(secret),
            created_at=desk.now(),
        )
    )
    return secret


def _log(desk: Desk, actor: str, kind: str, row: Integration) -> None:
    ledger.append(desk, [ledger.Entry(kind, actor, f"integration:{row.id}", {"kind": row.kind})])
