"""What people wrote, table by table: so that one person's words can be found, and blanked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import SQLModel, col, delete, select

from council.store.base import Book, slices, table
from council.tables import (
    Absence,
    Change,
    Checkmark,
    Condition,
    Decision,
    Handoff,
    HandoffCondition,
    HandoffItem,
    Huddle,
    HuddleChoice,
    Integration,
    LedgerText,
    Link,
    Move,
    MoveAnswer,
    Review,
    SignalRow,
    Snooze,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Columns that hold what the person in column `author` wrote."""

    table: type[SQLModel]
    author: str
    texts: tuple[str, ...]


# Every column with free text that has an author; a test holds this list to the tables.
WRITTEN = (
    Words(Absence, "created_by", ("note",)),
    Words(Absence, "deputy_id", ("line",)),
    Words(Checkmark, "done_by", ("note", "link")),
    Words(Decision, "outcome_by", ("note",)),
    Words(Handoff, "answered_by", ("line",)),
    Words(HandoffItem, "filled_by", ("value", "link")),
    Words(HandoffCondition, "set_by", ("text",)),
    Words(HandoffCondition, "closed_by", ("link",)),
    Words(Huddle, "convened_by", ("about",)),
    Words(HuddleChoice, "person_id", ("line",)),
    Words(Link, "added_by", ("label", "url")),
    Words(Move, "proposed_by", ("change",)),
    Words(MoveAnswer, "person_id", ("line",)),
    Words(Review, "done_by", ("learnt", "link")),
    Words(Snooze, "created_by", ("reason",)),
)
_DECISION_JSON = ("fields", "record", "refused", "dissent")
_CHOICE_JSON = ("fields", "refused")


class Written(Book):
    """Questions about what somebody wrote."""

    def blank(self, person_id: str) -> int:
        """Blank everything that a person wrote, here and where it was copied; return how much."""
        said: set[str] = set()
        count = 0
        for words in WRITTEN:
            for row in self._rows(words, person_id):
                texts = {name: getattr(row, name) for name in words.texts if getattr(row, name)}
                said.update(texts.values())
                count += len(texts)
                for name in texts:
                    setattr(row, name, "")
                self.session.add(row)
        said |= self._choices(person_id)
        said |= self._beside_the_chain(person_id)
        self._copies(person_id, {text for text in said if _is_free(text)})
        self._called_off(said - {""})
        changes = table(Change)
        mine = (changes.c.council_id == self.council_id) & (changes.c.person_id == person_id)
        self.session.exec(delete(Change).where(mine))
        self.session.flush()
        return count

    def _rows(self, words: Words, person_id: str) -> Iterator[SQLModel]:
        columns = table(words.table).c
        query = select(words.table).where(
            columns.council_id == self.council_id, columns[words.author] == person_id
        )
        yield from self.session.exec(query)

    def _choices(self, person_id: str) -> set[str]:
        """Empty what the person stated with their choices, and return it."""
        said: set[str] = set()
        rows = self.session.exec(
            select(HuddleChoice).where(
                HuddleChoice.council_id == self.council_id, HuddleChoice.person_id == person_id
            )
        )
        for row in rows:
            said.update(_strings(row.fields))
            said.update(_strings(row.refused))
            row.fields, row.refused = {}, {}
            self.session.add(row)
        return said

    def _beside_the_chain(self, person_id: str) -> set[str]:
        """Delete the person's texts beside the chain, and return them; the chain keeps hashes."""
        mine = (
            col(LedgerText.council_id) == self.council_id,
            col(LedgerText.person_id) == person_id,
        )
        said = set(self.session.exec(select(LedgerText.text).where(*mine)))
        self.session.exec(delete(LedgerText).where(*mine))
        return said

    def _copies(self, person_id: str, said: set[str]) -> None:
        """Blank the same words in decisions, in others' choices, and in concerns."""
        for kind, columns in ((Decision, _DECISION_JSON), (HuddleChoice, _CHOICE_JSON)):
            query = select(kind).where(table(kind).c.council_id == self.council_id)
            for row in self.session.exec(query.execution_options(yield_per=200)):
                for name in columns:
                    before = getattr(row, name)
                    after = _without(before, said, person_id)
                    if after != before:
                        setattr(row, name, after)
                        self.session.add(row)
        self._topics(said)
        for part in slices(said):
            self._concerns(part)

    def _topics(self, said: set[str]) -> None:
        """Blank what a huddle is about as far as the person added it; see `huddles.convene`."""
        query = select(Huddle).where(Huddle.council_id == self.council_id, Huddle.about != "")
        for row in self.session.exec(query.execution_options(yield_per=200)):
            left = f"; {row.about}"
            for text in said:
                left = left.replace(f"; {text}", "")
            left = left.removeprefix("; ")
            if left != row.about:
                row.about = left
                self.session.add(row)

    def _called_off(self, said: set[str]) -> None:
        """Blank why huddles were called off; who did it stands in the chain only."""
        for part in slices(said):
            rows = self.session.exec(
                select(Huddle).where(
                    Huddle.council_id == self.council_id, col(Huddle.line).in_(part)
                )
            )
            for row in rows:
                row.line = ""
                self.session.add(row)

    def _concerns(self, said: list[str]) -> None:
        """Blank concerns; a title that a monitor wrote is not a person's."""
        rows = self.session.exec(
            select(Condition).where(
                Condition.council_id == self.council_id,
                col(Condition.integration_id).not_in(select(Integration.id)),
                col(Condition.title).in_(said),
            )
        ).all()
        for row in rows:
            row.title = ""
            self.session.add(row)
        keys = [row.condition_key for row in rows]
        signals = self.session.exec(
            select(SignalRow).where(
                SignalRow.council_id == self.council_id, col(SignalRow.condition_key).in_(keys)
            )
        )
        for signal in signals:
            signal.facts = _without(signal.facts, set(said), "")
            self.session.add(signal)


def _is_free(text: str) -> bool:
    """Whether this is somebody's wording, and no code, date, id or version."""
    return any(char.isspace() for char in text)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _without(value: Any, said: set[str], person_id: str) -> Any:
    """Return JSON without these words, and without the line of this person's dissent."""
    if isinstance(value, str):
        return "" if value in said else value
    if isinstance(value, Mapping):
        return {
            key: {**each, "line": ""}
            if person_id and key == person_id and isinstance(each, Mapping) and "line" in each
            else _without(each, said, person_id)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_without(each, said, person_id) for each in value]
    return value
