"""Speaking, pressing, filling in and showing to others."""

from bot.cards.model import Button, Card, Field, Form, Kind
from bot.messenger import Destination
from tests.bot.served import Json
from tests.bot.workspace.chat import CHANNEL, OWN, Chat

CONCERN = Form(
    "Raise a concern",
    "flag late-order",
    (Field("what", "What you saw", Kind.TEXT, required=True),),
)
RAISE = "flag"
ASKING = Card("Something wrong?", "?", buttons=(Button("Raise", RAISE, form=CONCERN),))


async def a_question(chat: Chat, handle: str = "") -> Json:
    """Post a card with a form, to all or to one."""
    to = Destination("local", handle or CHANNEL, direct=bool(handle))
    at = await chat.workspace.post(to, ASKING, "mid-form")
    place = f"@{handle}" if handle else CHANNEL
    return next(m for m in await chat.messages("mei", place) if m["id"] == at.message)


# ── speaking ─────────────────────────────────────────────────────────────────────────────────────


async def test_plain_words_are_heard_by_all(chat: Chat) -> None:
    await chat.say("mei", "good morning")
    (message,) = await chat.messages("ana")
    assert (message["author"]["handle"], message["text"]) == ("mei", "good morning")
    assert not message["private"]


async def test_a_command_is_not_shown_to_others(chat: Chat) -> None:
    await chat.say("mei", "/council who late-order")
    assert await chat.messages("ana") == []


async def test_the_bare_command_asks_for_help(chat: Chat) -> None:
    answer = await chat.say("mei", "/council")
    assert "/council status" in answer["html"]


async def test_in_the_direct_conversation_everything_is_a_command(chat: Chat) -> None:
    answer = await chat.say("mei", "who late-order", "@mei")
    asked, answered = await chat.messages("mei", "@mei")
    assert (asked["text"], answered["id"]) == ("who late-order", answer["id"])


async def test_in_an_initiative_s_channel_its_key_may_be_left_out(chat: Chat) -> None:
    answer = await chat.say("carla", "/council who", OWN)
    assert "late-order" in answer["html"]


async def test_an_answer_stands_in_the_thread_of_the_question(chat: Chat) -> None:
    root = await chat.say("ana", "who has this?")
    answer = await chat.say("mei", "/council mine", thread=root["id"])
    assert answer["thread"] == root["id"]


async def test_the_same_words_sent_twice_are_said_once(chat: Chat) -> None:
    for _ in range(2):
        await chat.say("mei", "good morning", id="one")
    assert len(await chat.messages("ana")) == 1


async def test_the_same_question_sent_twice_is_answered_once(chat: Chat) -> None:
    for _ in range(2):
        await chat.say("mei", "/council mine", id="one")
    assert len(await chat.messages("mei")) == 1


async def test_one_person_s_ids_are_not_another_s(chat: Chat) -> None:
    await chat.say("mei", "good morning", id="one")
    await chat.say("ana", "good morning", id="one")
    assert len(await chat.messages("bo")) == 2


async def test_nothing_but_space_is_not_said(chat: Chat) -> None:
    answer = await chat.do("say", "mei", place=CHANNEL, text=" \n ")
    assert answer.status_code == 422


async def test_too_many_words_are_not_said(chat: Chat) -> None:
    answer = await chat.do("say", "mei", place=CHANNEL, text="x" * 4_001)
    assert answer.status_code == 422


async def test_nothing_is_said_in_a_channel_that_is_not_there(chat: Chat) -> None:
    answer = await chat.do("say", "mei", place="elsewhere", text="hello")
    assert answer.status_code == 422


async def test_nothing_is_said_in_a_thread_that_is_not_there(chat: Chat) -> None:
    answer = await chat.do("say", "mei", place=CHANNEL, text="hello", thread="m99")
    assert answer.status_code == 422


async def test_a_command_in_a_thread_that_is_not_there_is_not_run(chat: Chat) -> None:
    await chat.alert()
    await chat.do("say", "mei", place=OWN, text="/council ack C-1", thread="m99")
    await chat.deliver()
    (card,) = await chat.messages("mei", OWN)
    assert card["changed"] is None


# ── pressing ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_press_changes_the_card_for_everybody(chat: Chat) -> None:
    card = await chat.alert()
    await chat.press("mei", card, "ack C-1")
    await chat.deliver()
    (changed,) = await chat.messages("ana", OWN)
    assert (changed["id"], changed["changed"] is None) == (card["id"], False)
    assert "Mei" in changed["text"]


async def test_where_the_card_itself_answers_nothing_else_is_said(chat: Chat) -> None:
    card = await chat.alert()
    assert await chat.press("mei", card, "ack C-1") is None
    assert len(await chat.messages("mei", OWN)) == 1


async def test_a_double_click_is_one(chat: Chat) -> None:
    card = await chat.alert()
    for _ in range(2):
        await chat.press("mei", card, "ack C-1", id="one")
    await chat.deliver()
    assert len(await chat.messages("mei", OWN)) == 1


async def test_a_press_without_the_right_to_it_is_answered_in_private(chat: Chat) -> None:
    card = await chat.alert()
    answer = await chat.press("zoe", card, "ack C-1")
    assert answer is not None
    assert answer["private"]


async def test_only_what_is_on_the_card_can_be_pressed(chat: Chat) -> None:
    card = await chat.alert()
    answer = await chat.do("press", "mei", message=card["id"], command="close C-1 noise because")
    assert answer.status_code == 422


async def test_plain_words_have_no_buttons(chat: Chat) -> None:
    said = await chat.say("mei", "hello")
    answer = await chat.do("press", "mei", message=said["id"], command="help")
    assert answer.status_code == 422


async def test_a_press_in_a_private_answer_replaces_it_in_place(chat: Chat) -> None:
    answer = await chat.say("mei", "/council nonsense")
    replaced = await chat.press("mei", answer, "help")
    assert replaced is not None
    assert replaced["id"] == answer["id"]
    assert [m["html"] for m in await chat.messages("mei")] == [replaced["html"]]


# ── forms ────────────────────────────────────────────────────────────────────────────────────────


async def test_a_form_runs_as_its_command(chat: Chat) -> None:
    card = await a_question(chat)
    values = {"what": "recall fell since Monday"}
    answer = await chat.do(
        "fill", "mei", message=card["id"], command=RAISE, button=0, values=values
    )
    assert "recall fell since Monday" in answer.json()["message"]["html"]


async def test_what_a_form_lacks_is_said_beside_its_field(chat: Chat) -> None:
    card = await a_question(chat)
    answer = await chat.do(
        "fill", "mei", message=card["id"], command=RAISE, button=0, values={"what": " "}
    )
    assert answer.status_code == 422
    assert list(answer.json()["faults"]) == ["what"]


async def test_a_form_with_a_fault_can_be_sent_again(chat: Chat) -> None:
    card = await a_question(chat)
    found = [
        await chat.do(
            "fill",
            "mei",
            message=card["id"],
            command=RAISE,
            button=0,
            values={"what": what},
            id="one",
        )
        for what in ("", "recall fell")
    ]
    assert [each.status_code for each in found] == [422, 200]
    assert found[1].json()["message"] is not None


async def test_a_form_that_is_not_there_cannot_be_sent(chat: Chat) -> None:
    card = await a_question(chat)
    answer = await chat.do("fill", "mei", message=card["id"], command=RAISE, button=1, values={})
    assert answer.status_code == 422


async def test_a_form_of_a_card_that_changed_meanwhile_is_not_sent(chat: Chat) -> None:
    card = await a_question(chat)
    values = {"what": "it fell", "outcome": "noise"}
    answer = await chat.do(
        "fill", "mei", message=card["id"], command=RAISE, button=0, values=values
    )
    assert answer.status_code == 422


async def test_a_form_behind_another_button_by_now_is_not_sent(chat: Chat) -> None:
    card = await a_question(chat)
    values = {"what": "it fell"}
    answer = await chat.do(
        "fill", "mei", message=card["id"], command="decline C-1", button=0, values=values
    )
    assert answer.status_code == 422


async def test_a_form_sent_twice_runs_once(chat: Chat) -> None:
    card = await a_question(chat)
    for _ in range(2):
        await chat.do(
            "fill",
            "mei",
            message=card["id"],
            command=RAISE,
            button=0,
            values={"what": "it fell"},
            id="one",
        )
    await chat.deliver()
    assert len([m for m in await chat.messages("mei", OWN) if not m["thread"]]) == 1


# ── showing and clearing away ────────────────────────────────────────────────────────────────────


async def test_an_answer_can_be_shown_to_the_channel(chat: Chat) -> None:
    answer = await chat.say("mei", "/council who late-order")
    shown = (await chat.do("share", "mei", message=answer["id"])).json()["message"]
    assert not shown["private"]
    assert 'Shown by <span class="mention">Mei</span>' in (await chat.messages("ana"))[0]["html"]


async def test_what_is_shown_to_the_channel_is_not_kept_in_private(chat: Chat) -> None:
    answer = await chat.say("mei", "/council who late-order")
    await chat.do("share", "mei", message=answer["id"])
    (message,) = await chat.messages("mei")
    assert not message["private"]


async def test_everybody_can_press_what_was_shown(chat: Chat) -> None:
    answer = await chat.say("mei", "/council nonsense")
    shown = (await chat.do("share", "mei", message=answer["id"])).json()["message"]
    pressed = await chat.press("ana", shown, "help")
    assert pressed is not None
    assert pressed["private"]


async def test_what_all_see_cannot_be_shown_to_all(chat: Chat) -> None:
    said = await chat.say("mei", "hello")
    assert (await chat.do("share", "mei", message=said["id"])).status_code == 422


async def test_an_answer_can_be_cleared_away(chat: Chat) -> None:
    answer = await chat.say("mei", "/council mine")
    assert (await chat.do("dismiss", "mei", message=answer["id"])).status_code == 200
    assert await chat.messages("mei") == []


# ── time ─────────────────────────────────────────────────────────────────────────────────────────


async def test_the_story_s_clock_can_be_moved(chat: Chat) -> None:
    answer = await chat.http.post("/workspace/clock", json={"minutes": 60})
    assert answer.json() == {"now": "2026-11-24T10:00:00+00:00"}


async def test_time_does_not_go_back(chat: Chat) -> None:
    answer = await chat.http.post("/workspace/clock", json={"minutes": -1})
    assert answer.status_code == 422
