"""Who gives and who takes: the people of a handoff's roles, and who may act for them."""

from dataclasses import dataclass

from council import initiatives, people
from council.desk import Desk
from council.errors import NotAllowed
from council.people import LEAD_ROLE, Called, Member, Roster
from council.playbook import Handoff as Definition
from council.playbook import Playbook
from council.tables import Initiative

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Parties:
    """A handoff of a playbook in people.

    `givers` and `receivers` are called for their roles; the council lead stands in for a role
    that nobody holds. Those who assist may fill in and offer besides.
    """

    playbook: Playbook
    definition: Definition
    roster: Roster
    givers: tuple[Called, ...]
    receivers: tuple[Called, ...]

    def may_give(self, person_id: str) -> bool:
        """Whether a person may fill the packet in, offer and withdraw it."""
        return person_id in self._able(
            self.givers, (self.definition.giver, *self.definition.assist)
        )

    def may_take(self, person_id: str) -> bool:
        """Whether a person may accept the packet or give it back."""
        return person_id in self._able(self.receivers, (self.definition.receiver,))

    def holds(self, person_id: str, role: str) -> bool:
        """Whether a person has a role, themselves or for somebody whom they stand in for."""
        held = any(each.id == person_id for each in self.roster.holders(role))
        return held or any(
            each.member.id == person_id and role in each.roles for each in self.roster.call((role,))
        )

    def require_giver(self, person_id: str, key: str, deed: str) -> None:
        """Raise NotAllowed, with the people who can, unless the person may give."""
        if not self.may_give(person_id):
            raise self._refusal(person_id, key, deed, self.definition.giver, self.givers)

    def require_receiver(self, person_id: str, key: str, deed: str) -> None:
        """Raise NotAllowed, with the people who can, unless the person may take."""
        if not self.may_take(person_id):
            raise self._refusal(person_id, key, deed, self.definition.receiver, self.receivers)

    def _able(self, called: tuple[Called, ...], roles: tuple[str, ...]) -> set[str]:
        """Return whoever is called now, holds one of these roles, or leads the council."""
        held = (*roles, LEAD_ROLE)
        found = {each.id for role in held for each in self.roster.holders(role)}
        return {each.member.id for each in (*called, *self.roster.call(roles))} | found

    def _refusal(
        self, person_id: str, key: str, deed: str, role: str, called: tuple[Called, ...]
    ) -> NotAllowed:
        who = tuple(each.member.handle for each in called)[:_NAMED]
        needs = f"the role of {self.playbook.role(role).name}"
        return NotAllowed(person_id, deed, key, needs, who)


def parties(desk: Desk, initiative: Initiative, definition_id: str) -> Parties:
    """Return who gives and takes on an initiative now."""
    playbook = initiatives.playbook_of(desk, initiative)
    definition = playbook.handoffs.get(definition_id) or _gone(definition_id)
    who = people.roster(desk, initiative)
    return Parties(
        playbook,
        definition,
        who,
        who.call((definition.giver,)),
        who.call((definition.receiver,)),
    )


def _gone(definition_id: str) -> Definition:
    """Return a stand-in for a handoff that another playbook had; the council lead settles it."""
    body = {"id": definition_id, "from": LEAD_ROLE, "to": LEAD_ROLE, "packet": ()}
    return Definition.model_validate(body)


def persons(called: tuple[Called, ...]) -> tuple[Member, ...]:
    """Return the people, without why they are called."""
    return tuple(each.member for each in called)
