"""User groups of the workspace as rotas: who is in them, each made known."""

from collections.abc import Mapping

from bot.rotas import Group
from bot.slack.messenger import SlackMessenger
from bot.slack.persons import Persons


class SlackGroups:
    """Reads the groups of a workspace; takes the scope usergroups:read."""

    def __init__(self, messenger: SlackMessenger, persons: Persons) -> None:
        """Hold the means."""
        self._messenger = messenger
        self._persons = persons

    async def groups(self) -> Mapping[str, Group]:
        """Return every group by its id. Raises DeliveryError."""
        return {group.id: group for group in await self._messenger.groups()}

    async def meet(self, user_id: str) -> None:
        """Make somebody known who is on duty, though they never said a word here."""
        await self._persons.person(user_id)
