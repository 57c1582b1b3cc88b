"""Who gives and who takes: the people of a handoff's roles, and who may act for them."""

import re
from dataclasses import dataclass

from council import initiatives, people
from council.desk import Desk
from council.errors import NotAllowed
from council.people import LEAD_ROLE, Called, Member, Roster
from council.playbook import Handoff as Definition
from council.playbook import Playbook
from council.store.handoffs import UNANSWERED
from council.tables import Handoff, Initiative

_NAMED = 5
_FIRST_WORDS = re.compile("[,:;(]")


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

    def require_closer(self, person_id: str, key: str, owner: Member | None) -> None:
        """Raise NotAllowed, with the people who can, unless the person may close a condition.

        Its owner does, or whoever takes the packet.
        """
        if (owner and owner.id == person_id) or self.may_take(person_id):
            return
        handles = [each.handle for each in (owner, *persons(self.receivers)) if each]
        needs = f"its owner, or the role of {self.playbook.role(self.definition.receiver).name}"
        raise NotAllowed(person_id, "close", key, needs, tuple(dict.fromkeys(handles))[:_NAMED])

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


def parties(
    desk: Desk, initiative: Initiative, definition_id: str, row: Handoff | None = None
) -> Parties:
    """Return who gives and takes on an initiative now.

    What is over (`row`) is told in the words of the playbook that was followed then.
    """
    playbook = _playbook(desk, initiative, row)
    definition = playbook.handoffs.get(definition_id) or _gone(definition_id)
    who = people.roster(desk, initiative)
    return Parties(
        playbook,
        definition,
        who,
        who.call((definition.giver,)),
        who.call((definition.receiver,)),
    )


def _playbook(desk: Desk, initiative: Initiative, row: Handoff | None) -> Playbook:
    if row is None or row.state in UNANSWERED:
        return initiatives.playbook_of(desk, initiative)
    visit = desk.books.moves.visit(initiative.id, row.visit)
    return initiatives.playbook_then(desk, initiative, visit)


def _gone(definition_id: str) -> Definition:
    """Return a stand-in for a handoff that another playbook had; the council lead settles it."""
    body = {"id": definition_id, "from": LEAD_ROLE, "to": LEAD_ROLE, "packet": ()}
    return Definition.model_validate(body)


def named(definition: Definition) -> str:
    """Return in few words what changes hands: what is said before the first comma or colon."""
    what = definition.what or definition.id.replace("_", " ")
    return _FIRST_WORDS.split(what, maxsplit=1)[0].strip() or what


def persons(called: tuple[Called, ...]) -> tuple[Member, ...]:
    """Return the people, without why they are called."""
    return tuple(each.member for each in called)
