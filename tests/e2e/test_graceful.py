"""A council that is asked to end: it answers what is under way, and leaves nothing in its hands."""

import json
import signal
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from bot.courier import LEASE
from council.cases.follow import announce
from council.store.base import table
from council.tables import Lane, OutboxRow
from tests.e2e.conftest import Build, Town
from tests.e2e.processes import Council, until
from tests.e2e.promises import a_desk, everything_holds, sending

pytestmark = pytest.mark.e2e

FOREVER = 3_600.0
# What has nothing to do with the engine is seen on one.
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ALERT = {
    "status": "firing",
    "startsAt": "2026-11-21T07:00:00Z",
    "labels": {
        "alertname": "Drift",
        "model": "steady-0",
        "feature": "last",
        "severity": "critical",
    },
}


def test_under_load_nothing_is_lost_and_the_next_process_tells_on_at_once(town: Build) -> None:
    here = town(whole=True)
    here.slack.faults(delay=0.3)  # so that something is always on its way
    with sending(here, flaps=0.05) as senders:
        until("conversations are held", lambda: len(held(here)) > 1)
        assert here.council.end() == 0
        assert (held(here), in_flight(here)) == (set(), 0)
        with a_desk(here) as desk:  # so that something waits, whatever has been told
            for case in desk.books.cases.page(1_000_000, 200):
                announce(desk, case, "changed")
        rooms, said = waiting_rooms(here), len(here.slack.spoken())
        here.council.start()
        until("it tells on", told_in(here, rooms, said), LEASE.total_seconds())
    here.slack.faults()
    everything_holds(here, senders, Counter())
    assert complaints(here.council) == []


def test_a_request_under_way_is_answered_and_kept(town: Build) -> None:
    here = town(whole=True)
    body = json.dumps({"alerts": [ALERT]}).encode()
    with connected(here.council) as sender:
        sender.sendall(head(here, len(body)) + body[:20])
        until("it is listened to", lambda: answers(here.council))
        here.council.signal()
        until("nobody is let in any more", lambda: not listens(here.council))
        sender.sendall(body[20:])
        answer = everything(sender)
    assert answer.startswith(b"HTTP/1.1 202 ")
    assert here.council.outcome() == 0
    here.council.start()
    here.council.wait()
    assert [each["feature"] for each in here.council.listed("signals")] == ["last"]


@ON_SQLITE
def test_an_idle_connection_is_closed(town: Build) -> None:
    here = town(whole=False)
    with connected(here.council) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: council\r\n\r\n")
        answer = b""
        while not answer.endswith(b'{"status":"ok"}'):
            answer += idle.recv(65_536)
        here.council.signal()
        assert everything(idle) == b""
    assert here.council.outcome() == 0


def test_a_message_whose_answer_does_not_come_holds_no_conversation(town: Build) -> None:
    here = town(whole=False)
    hanging(here)
    assert here.council.end() == 0
    assert (held(here), in_flight(here)) == (set(), 0)


@ON_SQLITE
@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_at_once(town: Build, second: signal.Signals) -> None:
    here = town(whole=True)
    hanging(here)  # so that it would not end for long
    here.council.signal()
    until("nobody is let in any more", lambda: not listens(here.council))
    here.council.signal(second)
    assert here.council.outcome() == -second


# ── doing ────────────────────────────────────────────────────────────────────────────────────────


def hanging(here: Town) -> None:
    """Let something be on its way to a chat that does not answer."""
    here.slack.faults(delay=FOREVER)
    here.council.client.post(
        here.hook, json={"alerts": [ALERT]}, headers={"Authorization": f"Bearer {here.secret}"}
    ).raise_for_status()
    until("it is being told", lambda: len(held(here)) > 0)


@contextmanager
def connected(council: Council) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port(council)), timeout=60) as connection:
        yield connection


def head(here: Town, length: int) -> bytes:
    lines = (
        f"POST {here.hook} HTTP/1.1",
        "Host: council",
        f"Authorization: Bearer {here.secret}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode()


# ── looking ──────────────────────────────────────────────────────────────────────────────────────


def everything(connection: socket.socket) -> bytes:
    """Read until the other side closes."""
    found = b""
    while block := connection.recv(65_536):
        found += block
    return found


def port(council: Council) -> int:
    return int(council.environment["COUNCIL_PORT"])


def listens(council: Council) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port(council))) == 0


def answers(council: Council) -> bool:
    return council.client.get("/healthz").status_code == 200


def told_in(here: Town, rooms: set[str], before: int) -> Callable[[], bool]:
    """Return a question: was something said in each of these since then?"""
    return lambda: (
        rooms
        <= {call["channel"] for call in here.slack.spoken()[before:] if call["outcome"] == "ok"}
    )


def looked_up(here: Town, what: sa.Select[tuple[object]]) -> list[object]:
    engine = sa.create_engine(here.council.environment["DATABASE_URL"], poolclass=sa.NullPool)
    with engine.connect() as connection:
        return list(connection.scalars(what))


def held(here: Town) -> set[str]:
    """Return the conversations on which there is a lease."""
    lanes = looked_up(here, sa.select(table(Lane).c.lane).where(table(Lane).c.owner != ""))
    return set(map(str, lanes))


def waiting_rooms(here: Town) -> set[str]:
    """Return the channels in which something waits to be told."""
    waits = sa.select(table(Lane).c.lane).where(table(Lane).c.head < table(Lane).c.tail)
    lanes = (str(lane) for lane in looked_up(here, waits))
    return {lane.partition(":")[2] for lane in lanes if lane.startswith("slack:C")}


def in_flight(here: Town) -> int:
    claimed = table(OutboxRow).c.state == "claimed"
    return len(looked_up(here, sa.select(table(OutboxRow).c.mid).where(claimed)))


def complaints(council: Council) -> list[str]:
    """Return what the processes complained about, apart from what libraries say."""
    lines = council.log.read_text().splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    loud = (line for line in told if line["level"] not in {"debug", "info"})
    return [str(line) for line in loud if "logger" not in line]
