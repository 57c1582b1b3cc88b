"""Senders, their secrets and troubles, and the tokens of the API."""

from datetime import datetime

from sqlmodel import col, select

from council.store.base import Book
from council.tables import ApiToken, Integration, IntegrationSecret, Trouble


class Integrations(Book):
    """Questions about senders."""

    def by_name(self, name: str) -> Integration | None:
        """Return the integration of this name."""
        return self.session.exec(
            select(Integration).where(
                Integration.council_id == self.council_id, Integration.name == name
            )
        ).first()

    def by_id(self, integration_id: str) -> Integration | None:
        """Return the integration with this opaque id."""
        found = self.session.get(Integration, integration_id)
        return found if found and found.council_id == self.council_id else None

    def all(self) -> list[Integration]:
        """Return every integration in order of name."""
        rows = self.session.exec(
            select(Integration)
            .where(Integration.council_id == self.council_id)
            .order_by(Integration.name)
        )
        return list(rows)

    def secrets(self, integration_id: str) -> list[IntegrationSecret]:
        """Return the secrets of an integration, newest first."""
        rows = self.session.exec(
            select(IntegrationSecret)
            .where(IntegrationSecret.integration_id == integration_id)
            .order_by(col(IntegrationSecret.created_at).desc(), col(IntegrationSecret.id).desc())
        )
        return list(rows)

    def live_hashes(self, integration_id: str, now: datetime) -> tuple[str, ...]:
        """Return the hashes of the secrets that are good now."""
        return tuple(
            secret.secret_hash
            for secret in self.secrets(integration_id)
            if secret.expires_at is None or secret.expires_at > now
        )

    def trouble(self, integration_id: str, code: str) -> Trouble | None:
        """Return the count of one kind of trouble."""
        return self.session.get(Trouble, (self.council_id, integration_id, code))

    def troubles(self, integration_id: str) -> list[Trouble]:
        """Return everything that goes wrong with an integration, last seen first."""
        rows = self.session.exec(
            select(Trouble)
            .where(Trouble.council_id == self.council_id, Trouble.integration_id == integration_id)
            .order_by(col(Trouble.last_at).desc())
        )
        return list(rows)

    def token(self, token_hash: str) -> ApiToken | None:
        """Return the token with this hash, if it was not revoked."""
        return self.session.exec(
            select(ApiToken).where(
                ApiToken.council_id == self.council_id,
                ApiToken.token_hash == token_hash,
                col(ApiToken.revoked_at).is_(None),
            )
        ).first()

    def token_named(self, name: str) -> ApiToken | None:
        """Return the token of this name."""
        return self.session.exec(
            select(ApiToken).where(ApiToken.council_id == self.council_id, ApiToken.name == name)
        ).first()
