"""What the page offers while somebody types."""

from tests.bot.workspace.chat import CHANNEL, OWN, Chat


async def offered(chat: Chat, text: str, place: str = CHANNEL) -> list[dict[str, str]]:
    query = {"as": "mei", "place": place, "text": text}
    answer = await chat.http.get("/workspace/complete", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, str]] = answer.json()["items"]
    return found


async def test_a_verb_is_completed(chat: Chat) -> None:
    (item,) = await offered(chat, "/council assi")
    assert (item["text"], item["label"]) == ("/council assign ", "assign")
    assert item["says"]


async def test_names_of_the_council_are_offered(chat: Chat) -> None:
    texts = [each["text"] for each in await offered(chat, "/council status la")]
    assert texts == ["/council status late-order"]


async def test_in_the_direct_conversation_the_address_may_be_left_out(chat: Chat) -> None:
    texts = [each["text"] for each in await offered(chat, "status la", "@mei")]
    assert texts == ["status late-order"]


async def test_the_case_that_waits_in_this_channel_is_offered(chat: Chat) -> None:
    await chat.alert()
    texts = [each["text"].strip() for each in await offered(chat, "/council ack ", OWN)]
    assert texts == ["/council ack C-1"]


async def test_nothing_is_offered_to_a_stranger(chat: Chat) -> None:
    query = {"as": "nobody", "place": CHANNEL, "text": "/council "}
    answer = await chat.http.get("/workspace/complete", params=query)
    assert answer.status_code == 422
