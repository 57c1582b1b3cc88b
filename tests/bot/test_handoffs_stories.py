"""Stories 3 and 4 as they are lived: a packet is handed over, and another is given back."""

from collections.abc import AsyncIterator, Iterator

import pytest

from council import handoffs
from council.desk import Desk
from tests.bot.replicas import Replicas, replicas
from tests.bot.served import serving
from tests.builders import a_crew, an_initiative
from tests.desks import a_desk
from tests.fakes import SetClock
from tests.talk import Talk

HERE = "local:here"
EIGHT = (
    'handoff H-1 1 "late-order-prod v7" 2 "basket_size and 11 more" 3 "late by 30 min"'
    ' 5 "orders of 2025" 7 https://wiki.example.org/model 8 "MAE 5.4 min" 9 "Python 3.11"'
    ' 10 "PSI of basket_size, weekly"'
)
THREE = (
    'handoff H-1 assumptions "opening hours do not change"'
    ' "change history" https://git.example.org/late-order rollback "v6 stays warm"'
)


@pytest.fixture
def talk() -> Iterator[Talk]:
    clock = SetClock()
    with a_desk(clock) as desk:
        a_crew(desk)
        an_initiative(desk, phase="development", channel=HERE)
        found = Talk(desk, clock)
        found.deliver()
        found.heard.clear()
        yield found


class TestTheDataScientistHandsOver:
    """Story 3."""

    @pytest.fixture(autouse=True)
    def eight(self, talk: Talk) -> None:
        talk.does("ana", "handoff late-order --version v7")
        talk.does("ana", EIGHT)

    def test_eight_of_eleven_are_there_and_three_are_asked_for(self, talk: Talk) -> None:
        said = talk.does("ana", "handoff late-order").text
        assert "8 of 11 items are filled in." in said
        assert said.count(": open") == 3

    def test_the_form_asks_for_the_three(self, talk: Talk) -> None:
        card = talk.does("ana", "handoff late-order").card
        form = next(each.form for each in card.buttons if each.form) if card else None
        assert form is not None
        assert [each.label for each in form.fields] == ["Assumptions", "Change history", "Rollback"]

    def test_the_receiver_reads_one_line_and_three_answers(self, talk: Talk) -> None:
        talk.does("ana", THREE)
        talk.does("ana", "handoff H-1 offer")
        card = talk.last(HERE, "handoff").card
        assert card is not None
        assert "Ana offers v7. 11 of 11 items are there." in talk.last(HERE, "handoff").text
        assert [each.label for each in card.buttons][:3] == [
            "Accept",
            "Accept with conditions…",
            "Give it back…",
        ]

    def test_accepted_with_a_condition_says_what_follows(self, talk: Talk) -> None:
        talk.does("ana", THREE)
        talk.does("ana", "handoff H-1 offer")
        talk.clock.move(hours=5, minutes=10)
        talk.does("mei", 'accept H-1 --condition "p95 under 80 ms proven"')
        assert (
            "Mei accepted with 1 condition, after 5 h 10 min. Phase 3 (Model operations) starts"
            " when it closes. Ana stays overseer."
        ) in talk.last(HERE, "handoff").text

    def test_the_move_waits_for_the_condition_and_for_nothing_of_the_packet(
        self, talk: Talk
    ) -> None:
        talk.does("ana", THREE)
        talk.does("ana", "handoff H-1 offer")
        talk.does("mei", 'accept H-1 --condition "p95 under 80 ms proven"')
        assert "p95 under 80 ms proven" in talk.does("ana", "move late-order").text
        talk.does("mei", "done H-1 1")
        assert "p95 under 80 ms proven" not in talk.does("ana", "move late-order").text


class TestTheMlEngineerGivesItBack:
    """Story 4."""

    @pytest.fixture(autouse=True)
    def given_back(self, talk: Talk) -> None:
        talk.does("ana", "handoff late-order --version v7")
        talk.does("ana", EIGHT)
        talk.does("ana", THREE)
        talk.does("ana", "handoff H-1 offer")
        why = talk.does("mei", "decline H-1").button("Not reproducible")
        talk.does("mei", f'{why} "the seed is missing" --next Thursday')

    def test_the_giver_alone_reads_the_line(self, talk: Talk) -> None:
        told = [each.to for each in talk.heard if "the seed is missing" in each.text]
        assert told == ["@ana"]

    def test_the_channel_reads_it_in_short(self, talk: Talk) -> None:
        said = talk.last(HERE, "handoff").text
        assert "Mei gave it back: not reproducible. Next offer: Thursday." in said

    def test_nothing_is_red(self, talk: Talk) -> None:
        assert {str(each.card.tone) for each in talk.heard if each.card} <= {"neutral", "warn"}

    def test_the_next_offer_rings_the_receiver_only(self, talk: Talk) -> None:
        talk.heard.clear()
        talk.does("ana", "handoff H-1 offer")
        assert talk.last(HERE, "handoff_again_reply").text.startswith("@Mei: H-1")


# ── on both engines, through the clerk ───────────────────────────────────────────────────────────


@pytest.fixture
async def council(database_url: str) -> AsyncIterator[Replicas]:
    async with replicas(database_url, 1, "development") as found:
        yield found


async def _offered(council: Replicas) -> None:
    await council.does("ana", "handoff late-order --version v7")
    await council.does("ana", EIGHT)
    await council.does("ana", THREE)
    await council.does("ana", "handoff H-1 offer")


async def test_a_whole_handoff_goes_its_way_on_both_engines(council: Replicas) -> None:
    await _offered(council)
    await council.does("mei", "decline H-1 missing item --next tomorrow")
    await council.does("ana", "handoff H-1 offer")
    await council.does("mei", 'accept H-1 --condition "p95 @bo"')
    await council.does("bo", "done H-1 1")
    await council.does("ana", "handoff H-1 again")
    await council.does("ana", "handoff H-2 keep")
    await council.does("ana", "handoff H-2 withdraw")
    assert await council.read(_states) == ["withdrawn", "accepted_with_conditions"]
    assert await council.read(_clocks) == []
    await council.whole()


async def test_an_offer_is_reminded_of_and_escalated_on_both_engines(council: Replicas) -> None:
    await _offered(council)
    await council.passes(days=7)
    row = await council.read(_first)
    assert row == (1, 1)
    await council.whole()


async def test_a_second_open_handoff_of_one_kind_is_never_made(council: Replicas) -> None:
    await council.at_once(*[("ana", "handoff late-order h_model")] * 2)
    assert await council.read(_states) == ["draft"]


def _states(desk: Desk) -> list[str]:
    return [row.state for row, _ in desk.books.handoffs.page(1_000, 10)]


def _first(desk: Desk) -> tuple[int, int]:
    row = desk.books.handoffs.by_number(1)
    assert row is not None
    return row.reminded, row.escalation


def _clocks(desk: Desk) -> list[str]:
    far = desk.clock.now().replace(year=desk.clock.now().year + 5)
    rows = desk.books.agenda.due(far, 100)
    return [row.kind for row in rows if row.kind.startswith("handoff")]


async def test_the_read_api_lists_handoffs_and_no_private_ones(database_url: str) -> None:
    async with serving(database_url) as service:
        await service.do(_two_handoffs)
        items = await service.listed("handoffs")
        found = await service.get("handoffs", limit=1)
    assert [each["key"] for each in items] == ["H-1"]
    assert {"initiative", "definition", "state", "giver", "receivers", "accept_by"} <= set(items[0])
    assert found.json()["next"] is None


def _two_handoffs(desk: Desk) -> None:
    lead = desk.books.people.by_handle("carla")
    assert lead is not None
    for key in ("open", "hidden"):
        row = an_initiative(desk, key, phase="development", models=(key,))
        handoffs.begin(desk, lead.id, key)
        row.private = key == "hidden"
        desk.books.add(row)


async def test_an_open_condition_is_asked_for_and_escalated_on_both_engines(
    council: Replicas,
) -> None:
    await _offered(council)
    await council.does("mei", 'accept H-1 --condition "p95 @bo"')
    await council.does("ana", "mine")
    await council.passes(days=14)
    assert await council.read(_first) == (1, 1)
    await council.does("bo", "done H-1 1")
    assert await council.read(_clocks) == []
    await council.whole()


async def test_the_day_of_the_next_offer_comes_and_goes_on_both_engines(council: Replicas) -> None:
    await _offered(council)
    await council.does("mei", "decline H-1 missing item --next thursday")
    await council.passes(days=7)
    assert await council.read(_states) == ["returned"]
    assert await council.read(_clocks) == []
    await council.whole()
