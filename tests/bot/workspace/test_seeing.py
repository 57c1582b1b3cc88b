"""Who sees what in the workspace."""

from bot.cards.model import Card
from bot.messenger import Destination
from tests.bot.workspace.chat import CHANNEL, DRAWER, OWN, SECRET, Chat


async def test_a_window_is_the_council_lead_s_unless_it_says_whose(chat: Chat) -> None:
    found = (await chat.http.get("/workspace/state")).json()
    assert found["me"]["handle"] == "carla"


async def test_a_stranger_has_no_window(chat: Chat) -> None:
    answer = await chat.http.get("/workspace/state", params={"as": "nobody"})
    assert answer.status_code == 422


async def test_people_are_told_apart_by_what_they_do(chat: Chat) -> None:
    found = {each["handle"]: each["about"] for each in (await chat.state("mei"))["people"]}
    assert found["mei"] == "ML engineer of late-order"
    assert found["carla"] == "Council lead"


async def test_a_window_shows_every_channel_and_the_own_conversation(chat: Chat) -> None:
    places = (await chat.state("mei"))["places"]
    assert [each["id"] for each in places] == [CHANNEL, OWN, "@mei"]
    assert places[-1]["kind"] == "direct"


async def test_the_drawer_is_told_where_to_send_an_alert(chat: Chat) -> None:
    found = (await chat.state("mei"))["drawer"]
    assert (found["path"], found["secret"]) == (DRAWER.path, SECRET)
    assert found["models"] == [
        {
            "model": "churn",
            "initiative": "late-order",
            "name": "Late order predictor",
            "place": OWN,
        }
    ]


async def test_a_card_of_the_council_stands_in_its_channel_for_all(chat: Chat) -> None:
    card = await chat.alert()
    assert (card["author"]["kind"], card["author"]["name"]) == ("council", "Council")
    assert card["tone"] == "bad"
    assert [m["id"] for m in await chat.messages("ana", OWN)] == [card["id"]]


async def test_only_who_is_called_is_told_that_a_card_calls_them(chat: Chat) -> None:
    await chat.alert()
    calls = {who: (await chat.messages(who, OWN))[0]["mentions_me"] for who in ("mei", "rui")}
    assert calls == {"mei": True, "rui": False}


async def test_people_find_their_own_name_marked(chat: Chat) -> None:
    await chat.alert()
    (for_mei,), (for_dev,) = await chat.messages("mei", OWN), await chat.messages("dev", OWN)
    assert '<span class="mention ring me">@Mei</span>' in for_mei["html"]
    assert '<span class="mention ring">@Mei</span>' in for_dev["html"]


async def test_times_are_in_the_reader_s_zone(chat: Chat) -> None:
    await chat.say("mei", "hello")
    (message,) = await chat.messages("mei")
    assert (message["day"], message["time"]) == ("Tue 24 Nov 2026", "09:00")
    assert message["at"] == "2026-11-24T09:00:00+00:00"


async def test_an_answer_is_seen_by_its_asker_only(chat: Chat) -> None:
    answer = await chat.say("mei", "/council status late-order")
    assert answer["private"]
    assert [m["id"] for m in await chat.messages("mei")] == [answer["id"]]
    assert await chat.messages("ana") == []


async def test_a_direct_message_is_seen_by_its_reader_only(chat: Chat) -> None:
    to = Destination("local", "mei", direct=True)
    await chat.workspace.post(to, Card("For you", "For you"), "mid-1")
    assert len(await chat.messages("mei", "@mei")) == 1
    assert (await chat.state("ana"))["messages"] == []


async def test_nobody_speaks_in_somebody_else_s_conversation(chat: Chat) -> None:
    answer = await chat.do("say", "ana", place="@mei", text="mine")
    assert answer.status_code == 422


async def test_nobody_presses_what_they_do_not_see(chat: Chat) -> None:
    answer = await chat.say("mei", "/council nonsense")
    pressed = await chat.do("press", "ana", message=answer["id"], command="help")
    assert pressed.status_code == 422


async def test_nobody_clears_away_what_others_see(chat: Chat) -> None:
    said = await chat.say("mei", "hello")
    answer = await chat.do("dismiss", "ana", message=said["id"])
    assert answer.status_code == 422
    assert len(await chat.messages("ana")) == 1
