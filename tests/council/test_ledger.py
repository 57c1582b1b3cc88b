"""The chain: it holds, and whoever tampers with it is found."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from council import ledger
from council.desk import Desk
from council.ledger import Entry, Fault
from council.tables import LedgerEntry, LedgerText
from tests.fakes import SetClock


@pytest.fixture
def chain(desk: Desk, clock: SetClock) -> Desk:
    """Three links, of which the second carries a text."""
    ledger.append(desk, [Entry("opened", "p1", "case:1", {"severity": "S2"})])
    clock.move(minutes=1)
    ledger.append(
        desk,
        [
            Entry("closed", "p1", "case:1", {}, {"reason": ("the feed is back", "p1")}),
            Entry("opened", "p2", "case:2"),
        ],
    )
    return desk


def link(desk: Desk, seq: int) -> LedgerEntry:
    return desk.books.session.exec(select(LedgerEntry).where(col(LedgerEntry.seq) == seq)).one()


def text(desk: Desk) -> LedgerText:
    return desk.books.session.exec(select(LedgerText)).one()


def test_a_chain_that_nobody_touched_holds(chain: Desk) -> None:
    assert ledger.verify(chain) == (3, [])


def test_an_empty_chain_holds(desk: Desk) -> None:
    assert ledger.verify(desk) == (0, [])


def test_each_link_holds_the_hash_of_the_one_before(chain: Desk) -> None:
    links = chain.books.ledger.after(0, 10)
    assert [each.previous for each in links] == ["", links[0].hash, links[1].hash]


def test_a_text_stands_beside_the_chain_and_only_its_salted_hash_within(chain: Desk) -> None:
    said = str(link(chain, 2).model_dump())
    assert ("the feed is back" in said, "text:reason" in said) == (False, True)


def test_the_same_text_twice_has_two_hashes(desk: Desk) -> None:
    ledger.append(desk, [Entry("x", "p", "s", {}, {"why": ("same", "p")}) for _ in range(2)])
    one, two = (each.facts["text:why"] for each in desk.books.ledger.after(0, 10))
    assert one != two


TAMPERED: dict[str, Callable[[LedgerEntry], None]] = {
    "fact": lambda row: setattr(row, "facts", {"severity": "S4"}),
    "actor": lambda row: setattr(row, "actor", "p9"),
    "kind": lambda row: setattr(row, "kind", "closed"),
    "subject": lambda row: setattr(row, "subject", "case:9"),
    "time": lambda row: setattr(row, "at", row.at.replace(year=2020)),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_a_changed_row_is_found(chain: Desk, tamper: Callable[[LedgerEntry], None]) -> None:
    row = link(chain, 1)
    tamper(row)
    chain.books.session.add(row)
    assert Fault(1, "hash") in ledger.verify(chain)[1]


def test_a_changed_row_whose_hash_was_made_anew_is_found_at_the_next(chain: Desk) -> None:
    row = link(chain, 1)
    row.actor = "p9"
    row.hash = ledger._link_hash({name: getattr(row, name) for name in ledger._HASHED})
    chain.books.session.add(row)
    assert ledger.verify(chain)[1] == [Fault(2, "previous")]


def test_a_changed_text_is_found(chain: Desk) -> None:
    row = text(chain)
    row.text = "nothing happened"
    chain.books.session.add(row)
    assert ledger.verify(chain)[1] == [Fault(2, "text")]


def test_a_text_that_was_slipped_in_is_found(chain: Desk) -> None:
    row = text(chain)
    more = row.model_dump() | {"seq": 3, "text": "made up"}
    chain.books.session.add(LedgerText(**more))
    assert ledger.verify(chain)[1] == [Fault(3, "text")]


def test_a_text_that_was_erased_leaves_the_chain_whole(chain: Desk) -> None:
    chain.books.session.delete(text(chain))
    assert ledger.verify(chain) == (3, [])


@pytest.mark.parametrize("seq", [1, 2])
def test_a_missing_link_is_found(chain: Desk, seq: int) -> None:
    if seq == 2:
        chain.books.session.delete(text(chain))
    chain.books.session.delete(link(chain, seq))
    assert ledger.verify(chain)[1] == [Fault(seq + 1, "gap"), Fault(seq + 1, "previous")]


def test_a_chain_of_several_pages_is_walked_whole(desk: Desk) -> None:
    ledger.append(desk, [Entry("x", "p", f"s:{number}") for number in range(450)])
    row = link(desk, 449)
    row.actor = "somebody else"
    desk.books.session.add(row)
    assert ledger.verify(desk) == (450, [Fault(449, "hash")])
