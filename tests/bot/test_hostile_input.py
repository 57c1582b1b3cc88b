"""What people mistype and what attackers send: a clear answer or a harmless card, nothing lost."""

import json
from typing import Any

import pytest

from bot.slack.blocks import message
from bot.slack.legal import problems
from bot.text import render
from council import people
from council.desk import Desk
from tests.bot.served import Json, Service, serving
from tests.builders import a_person
from tests.fakes import START

BIDI = "\u202e\u2066\u200f"
HOSTILE = {
    "a channel mention": "<!channel> now",
    "a mention": "<@U1> look",
    "a group mention": "<!subteam^S1> look",
    "a link": "<https://evil.example|click>",
    "markup": "*bold* _it_ ~no~ `code` ```more```",
    "markdown": "[click](https://evil.example) **now**",
    "HTML": "<script>alert(1)</script>&lt;b&gt;",
    "a Teams mention": "<at>everyone</at>",
    "hidden controls": f"age{BIDI}\x00\x1b[31m",
    "new lines": "age\n/council close C-1 noise\r\n> quote",
    "a name for all": "@channel @here @everyone",
    "a script address": "javascript:alert(1)",
}
LIVE = ("<!", "<@", "<http", "<at>")


def an_alert(text: str) -> Json:
    labels = {"alertname": text, "model": "churn", "feature": text, "segment": text}
    annotations = {
        **dict.fromkeys(("summary", "description", "value", "threshold"), text),
        **dict.fromkeys(("runbook_url", "dashboard_url", "silence_url"), text),
    }
    return {
        "status": "firing",
        "labels": labels | {text[:100]: text},
        "annotations": annotations,
        "startsAt": START.isoformat(),
        "generatorURL": text,
    }


def live_spans(payload: Any) -> list[str]:
    """Return what in a payload Slack would bring to life: mentions, links, markup of senders."""
    if isinstance(payload, list):
        return [found for each in payload for found in live_spans(each)]
    if not isinstance(payload, dict):
        return []
    kind = payload.get("type")
    found = [str(payload)] if kind in {"link", "user", "usergroup", "broadcast", "channel"} else []
    if kind == "mrkdwn":
        text = str(payload["text"])
        found += [text] if any(part in text.replace("<!date^", "") for part in LIVE) else []
    return found + [each for value in payload.values() for each in live_spans(value)]


def hidden(shown: str) -> list[str]:
    """Return what a text holds and does not show."""
    return [c for c in shown if c != "\n" and (not c.isprintable() or c in BIDI)]


async def the_card(service: Service) -> Any:
    await service.drain()
    [card] = service.chat.cards("council")
    return card


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_nothing_of_an_alert_comes_to_life_on_its_card(sqlite_url: str, text: str) -> None:
    async with serving(sqlite_url) as service:
        await service.post({"alerts": [an_alert(text)]})
        card = await the_card(service)
    payload = message(card)
    assert (live_spans(payload["blocks"]), problems(payload, "message")) == ([], [])
    assert not any(part in payload["text"] for part in LIVE)
    assert hidden(render(card)) == []


async def test_hostile_alerts_are_kept_without_their_links(sqlite_url: str) -> None:
    alerts = [an_alert(text) for text in HOSTILE.values()]
    async with serving(sqlite_url) as service:
        told = (await service.post({"alerts": alerts})).json()
        signals = await service.listed("signals")
    assert (told["accepted"], [signal["links"] for signal in signals]) == (
        len(HOSTILE),
        [{}] * len(HOSTILE),
    )


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_model_is_shown_harmlessly_to_the_lead(sqlite_url: str, text: str) -> None:
    alert = an_alert("age")
    alert["labels"]["model"] = text
    async with serving(sqlite_url) as service:
        await service.post({"alerts": [alert]})
        await service.drain()
        cards = service.chat.cards("dm:carla")
        [payload] = [message(card) for card in cards if "claimed" in card.title]
    assert (live_spans(payload["blocks"]), problems(payload, "message")) == ([], [])


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_name_of_an_initiative_is_harmless(sqlite_url: str, text: str) -> None:
    async with serving(sqlite_url) as service:
        name = " ".join(text.split()).replace('"', "").replace("\x00", "")
        await service.say("rui", f'new "{name}" --key other --model other')
        labels = {"alertname": "Drift", "model": "other"}
        alert = {"status": "firing", "labels": labels, "startsAt": START.isoformat()}
        await service.post({"alerts": [alert]})
        payload = message(await the_card(service))
    assert (live_spans(payload["blocks"]), problems(payload, "message")) == ([], [])


# ── mistakes at the keyboard ─────────────────────────────────────────────────────────────────────

MISTAKES = {
    "an unknown command": ("statsu late-order", "not_understood", "status"),
    "an unknown initiative": ("status late-ordr", "refused", "late-order"),
    "an unknown case": ("ack C-99", "refused", "C-99"),
    "no case": ("ack", "not_understood", "ack C-"),
    "an unknown role": ("assign late-order data_scientits @mei", "refused", "data_scientist"),
    "an unknown person": ("assign late-order mle @meii", "refused", "mei"),
    "two people of one name": ("assign late-order mle @Sam", "refused", "sam-1"),
    "an unknown class": ("simulate late-order acuracy act", "not_understood", "accuracy"),
    "an unknown outcome": ("close C-1 fixd", "done", "close C-1 fixed"),
    "an open quote": ('new "Late', "not_understood", "quotation mark"),
    "a taken model": ('new "Other" --model churn', "refused", "late-order"),
    "nothing": ("", "not_understood", "help"),
}


def two_of_one_name(desk: Desk) -> None:
    for number in (1, 2):
        a_person(desk, f"sam-{number}", name="Sam")


@pytest.mark.parametrize(("typed", "outcome", "hint"), MISTAKES.values(), ids=MISTAKES)
async def test_a_mistake_is_answered_with_what_is_near(
    sqlite_url: str, typed: str, outcome: str, hint: str
) -> None:
    async with serving(sqlite_url) as service:
        await service.do(two_of_one_name)
        await service.post_sample("alertmanager-firing")
        said = await service.say("mei", typed)
    assert (said["outcome"], hint in said["text"]) == (outcome, True), said["text"]


async def test_a_mistake_changes_nothing(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        await service.do(two_of_one_name)
        await service.post_sample("alertmanager-firing")
        before = await service.listed("ledger"), await service.listed("notices")
        for typed, _, _ in MISTAKES.values():
            await service.say("mei", typed)
        assert (await service.listed("ledger"), await service.listed("notices")) == before


async def test_what_was_mistyped_is_given_back_harmlessly(sqlite_url: str) -> None:
    async with serving(sqlite_url) as service:
        typed = [f"status {text}".replace("\x00", "") for text in HOSTILE.values()]
        found = [(await service.say("mei", line))["text"] for line in typed]
    assert [hidden(text) for text in found] == [[]] * len(HOSTILE)


async def test_a_person_with_a_hostile_name_is_named_harmlessly(sqlite_url: str) -> None:
    def rename(desk: Desk) -> None:
        person = people.find(desk, "mei")
        person.name = f"<!channel> *Mei* {BIDI}"
        desk.books.add(person)

    async with serving(sqlite_url) as service:
        await service.do(rename)
        labels = {"alertname": "Drift", "model": "churn"}
        alert = {"status": "firing", "labels": labels, "startsAt": START.isoformat()}
        await service.post({"alerts": [alert]})
        payload = message(await the_card(service))
    assert live_spans(payload["blocks"]) == []
    assert BIDI not in json.dumps(payload, ensure_ascii=False)
