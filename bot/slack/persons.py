"""People of the workspace, made known to the council at their first word or their first duty."""

from bot.clerk import Clerk
from bot.slack.messenger import PLATFORM, SlackMessenger
from council import people
from council.desk import Desk


class Persons:
    """Who somebody in Slack is here."""

    def __init__(self, clerk: Clerk, messenger: SlackMessenger) -> None:
        """Hold the means."""
        self._clerk = clerk
        self._messenger = messenger

    async def person(self, user: str) -> str | None:
        """Return the person's opaque id, making them known if they are not; None for guests.

        Raises DeliveryError, Busy or Unavailable.
        """
        known = await self._clerk.read(_known, user)
        if known is not None:
            return known
        profile = await self._messenger.users_info(user)
        if profile.guest or profile.bot:
            return None
        told = people.Told(profile.name, profile.email, profile.timezone)
        return await self._clerk.write(_introduce, user, told)


def _known(desk: Desk, user: str) -> str | None:
    person = desk.books.people.by_identity(PLATFORM, user)
    return person.id if person else None


def _introduce(desk: Desk, user: str, told: people.Told) -> str:
    return people.introduce(desk, PLATFORM, user, told).id
