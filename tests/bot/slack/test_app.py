"""Slack's own requests, with fixed signatures and a pinned clock: status, effect, calls."""

import json
import time

import pytest

from bot.slack import app
from council import people
from council.desk import Desk
from tests.bot.slack.workspace import ALICE, FOLDER, SECRET, STAMP, VECTORS, Workspace, signature
from tests.builders import a_person

JSON = "application/json"
SIX_MINUTES = 360


async def handles(slack: Workspace) -> dict[str, str]:
    """Return who is known on Slack: id → handle."""
    rows = await slack.service.listed("people")
    return {row["identities"]["slack"]: row["handle"] for row in rows if row["identities"]}


# ── every signed file ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", VECTORS["files"])
async def test_every_signed_file_is_answered_200(slack: Workspace, name: str) -> None:
    assert (await slack.send_file(name)).status_code == 200


async def test_every_file_is_refused_when_another_secret_signed_it(slack: Workspace) -> None:
    found = []
    for name, vector in VECTORS["files"].items():
        body = (FOLDER / name).read_bytes()
        signed = signature(body, secret="another")
        found.append((await slack.send(body, vector["content_type"], signed=signed)).status_code)
    assert (found, slack.called()) == ([401] * len(VECTORS["files"]), [])


async def test_events_are_acknowledged_and_cause_nothing_yet(slack: Workspace) -> None:
    before = await slack.service.listed("ledger")
    for name in VECTORS["files"]:
        if name.endswith(".json"):
            await slack.send_file(name)
    assert {call["method"] for call in slack.called()} <= {"auth.test"}
    assert await slack.service.listed("ledger") == before


async def test_the_url_verification_gets_its_challenge_back(slack: Workspace) -> None:
    answer = await slack.send_file("url_verification.json")
    wanted = json.loads((FOLDER / "url_verification.json").read_text())["challenge"]
    assert answer.json() == {"challenge": wanted}


async def test_events_that_slack_held_back_are_acknowledged(slack: Workspace) -> None:
    answer = await slack.send_file("app_rate_limited.json")
    assert (answer.status_code, answer.content, slack.called()) == (200, b"", [])


# ── signature and clock ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("off", [SIX_MINUTES, -SIX_MINUTES])
async def test_a_request_of_six_minutes_off_is_refused(slack: Workspace, off: int) -> None:
    slack.service.clock.move(seconds=off)
    answer = await slack.send_file("slash_command.form")
    assert (answer.status_code, slack.called()) == (401, [])


@pytest.mark.parametrize("off", [240, -240])
async def test_a_request_of_four_minutes_off_is_taken(slack: Workspace, off: int) -> None:
    slack.service.clock.move(seconds=off)
    assert (await slack.send_file("slash_command.form")).status_code == 200


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1763690600.5", "٣", "9" * 400])
async def test_a_stamp_that_is_no_time_is_refused(slack: Workspace, stamp: str) -> None:
    headers = [
        (b"x-slack-request-timestamp", stamp.encode()),
        (b"x-slack-signature", signature(b"{}").encode()),
        (b"content-type", JSON.encode()),
    ]
    answer = await slack.service.http.post("/slack/events", content=b"{}", headers=headers)
    assert answer.status_code == 401


async def test_a_changed_body_is_refused(slack: Workspace) -> None:
    body = (FOLDER / "slash_command.form").read_bytes()
    changed = body.replace(b"status+churn", b"close+C-1++")
    answer = await slack.send(changed, "application/x-www-form-urlencoded", signed=signature(body))
    assert (answer.status_code, slack.called()) == (401, [])


async def test_a_body_beyond_the_limit_is_refused(slack: Workspace) -> None:
    answer = await slack.send(b" " * (app.BODY_LIMIT + 1), JSON)
    assert answer.status_code == 413


async def test_a_signed_body_that_is_no_json_is_no_server_error(slack: Workspace) -> None:
    answer = await slack.send(b'{"type":', JSON)
    assert answer.status_code < 500


# ── who asks ─────────────────────────────────────────────────────────────────────────────────────


async def test_somebody_new_is_introduced_by_what_slack_tells(slack: Workspace) -> None:
    await slack.send_file("slash_command.form")
    assert (await handles(slack))[ALICE] == ALICE.lower()
    assert len(slack.called("users.info")) == 1


async def test_somebody_known_is_not_asked_for_again(slack: Workspace) -> None:
    for _ in range(2):
        await slack.type("mine")
    assert len(slack.called("users.info")) == 1


async def test_somebody_imported_is_linked_by_their_address(slack: Workspace) -> None:
    await slack.service.do(lambda desk: a_person(desk, "alice", email="U0Alice001@example.org").id)
    await slack.send_file("slash_command.form")
    assert (await handles(slack))[ALICE] == "alice"


async def test_somebody_imported_with_their_slack_id_is_not_looked_up(slack: Workspace) -> None:
    await slack.service.do(lambda desk: a_person(desk, "alice", slack_id=ALICE).id)
    await slack.type("mine")
    assert slack.called("users.info") == []


async def test_a_guest_is_told_so(slack: Workspace) -> None:
    await slack.type("mine", user="U0GUEST")
    assert "Guests and people from other companies cannot use it" in slack.told()


async def test_a_guest_is_not_introduced(slack: Workspace) -> None:
    await slack.type("mine", user="U0GUEST")
    assert "U0GUEST" not in await handles(slack)


async def test_who_is_mentioned_is_introduced_too(slack: Workspace) -> None:
    def lead(desk: Desk) -> None:
        person = a_person(desk, "alice", lead=True, slack_id=ALICE)
        assert people.is_lead(desk, person.id)

    await slack.service.do(lead)
    await slack.type("assign late-order devops <@U0BORIS001|boris>")
    roles = await slack.service.say("mei", "who late-order")
    assert "Person S001" in roles["text"]


async def test_a_person_whom_slack_does_not_tell_about_may_try_again(slack: Workspace) -> None:
    slack.standin.slack.faults.errors = {"users.info": "internal_error"}
    answer = await slack.type("mine")
    assert (answer.status_code, "Please try again" in slack.told()) == (200, True)


# ── what fails afterwards ────────────────────────────────────────────────────────────────────────


async def test_a_command_that_fails_at_once_after_its_ack_is_still_answered_200_quickly(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_front: app.Front, _body: object) -> None:
        raise KeyError("user_id")

    monkeypatch.setattr(app.Front, "command", broken)
    began = time.monotonic()
    answer = await slack.send_file("slash_command.form")
    assert (answer.status_code, time.monotonic() - began < 2) == (200, True)


async def test_a_command_whose_answer_is_lost_is_still_answered_200(slack: Workspace) -> None:
    slack.standin.slack.faults.errors = {"chat.postEphemeral": "channel_not_found"}
    assert (await slack.send_file("slash_command.form")).status_code == 200


async def test_somebody_is_told_when_the_database_is_down(slack: Workspace) -> None:
    def lose() -> None:
        with slack.service.wired.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE identity RENAME TO lost")

    lose()
    await slack.type("mine")
    assert "Please try again" in slack.told()


def test_the_signing_samples_are_pinned_to_their_moment() -> None:
    body = (FOLDER / "slash_command.form").read_bytes()
    assert VECTORS["files"]["slash_command.form"]["signature"] == signature(body, STAMP, SECRET)
