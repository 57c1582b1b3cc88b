"""What people type and press in Slack: the effect on the council, and what is shown to whom."""

from council.desk import Desk
from tests.bot.served import Json
from tests.bot.slack.workspace import ALICE, CHANNEL, Workspace, buttons, menu, said
from tests.builders import a_person

MEI = "U0MEI00001"
DRIFT = {
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "Drift", "model": "churn", "feature": "age"},
            "startsAt": "2025-11-21T02:00:00Z",
        }
    ]
}


def on_slack(desk: Desk) -> None:
    """Make Alice an outsider, and Mei, the ML engineer, known on Slack."""
    a_person(desk, "alice", slack_id=ALICE)
    a_person(desk, "mei", slack_id=MEI)


async def a_case(slack: Workspace) -> Json:
    """Open C-1 and deliver its card; return the message."""
    await slack.service.do(on_slack)
    await slack.service.post(DRIFT)
    await slack.service.drain()
    [message] = [m for m in slack.messages if m["channel"] == CHANNEL]
    return message


async def the_case(slack: Workspace) -> Json:
    [found] = await slack.service.listed("cases")
    return found


# ── typed ────────────────────────────────────────────────────────────────────────────────────────


async def test_the_sample_command_names_an_initiative_that_is_near(slack: Workspace) -> None:
    await slack.send_file("slash_command.form")
    assert "I know no initiative called" in slack.told()
    assert "churn" in slack.told()


async def test_the_sample_command_is_answered_in_private_where_it_was_typed(
    slack: Workspace,
) -> None:
    await slack.send_file("slash_command.form")
    [call] = slack.called("chat.postEphemeral")
    assert (call["given"]["channel"], call["given"]["user"]) == (CHANNEL, ALICE)


async def test_an_address_of_a_stranger_is_not_followed(slack: Workspace) -> None:
    # The samples' response_url is on a host that is not Slack's; a socket there would be refused.
    await slack.send_file("slash_command.form")
    assert slack.called("response_url") == []


async def test_the_sample_command_makes_exactly_these_calls(slack: Workspace) -> None:
    await slack.send_file("slash_command.form")
    methods = [call["method"] for call in slack.called()]
    assert methods == ["auth.test", "users.info", "chat.postEphemeral"]


async def test_an_answer_goes_to_the_address_that_came_with_the_command(slack: Workspace) -> None:
    await slack.type("status late-order")
    [call] = slack.called("response_url")
    assert call["given"]["response_type"] == "ephemeral"
    assert "late-order" in said(call["given"])


async def test_an_address_that_was_used_up_is_replaced_by_a_private_message(
    slack: Workspace,
) -> None:
    await slack.type("mine", response_url=f"{slack.standin.origin}/response/expired")
    assert len(slack.called("chat.postEphemeral")) == 1


async def test_an_empty_command_shows_help(slack: Workspace) -> None:
    await slack.type("")
    assert "/council" in slack.told()


async def test_a_command_that_does_not_exist_is_answered_with_the_nearest(
    slack: Workspace,
) -> None:
    await slack.type("statsu late-order")
    assert "Did you mean" in slack.told()


async def test_in_an_initiatives_channel_the_key_may_be_left_out(slack: Workspace) -> None:
    await slack.type(f'new "Returns" --key returns --channel {CHANNEL}')
    await slack.type("status")
    assert "returns" in slack.told()


async def test_the_same_command_twice_has_one_effect(slack: Workspace) -> None:
    for _ in range(2):
        await slack.type('new "Returns"')
    keys = [one["key"] for one in await slack.service.listed("initiatives")]
    assert keys == ["late-order", "returns"]


async def test_the_same_command_typed_again_has_an_effect_of_its_own(slack: Workspace) -> None:
    for trigger in ("1.1.a", "1.1.b"):
        await slack.type('new "Returns"', trigger_id=trigger)
    keys = [one["key"] for one in await slack.service.listed("initiatives")]
    assert keys == ["late-order", "returns", "returns-2"]


async def test_a_command_by_somebody_without_the_right_changes_nothing(slack: Workspace) -> None:
    await a_case(slack)
    await slack.type("ack C-1")
    assert ((await the_case(slack))["status"], "These people can" in slack.told()) == ("open", True)


# ── pressed ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_button_of_an_older_version_shows_what_can_be_typed(slack: Workspace) -> None:
    await slack.send_file("block_actions.form")
    assert "/council" in slack.told()


async def test_a_button_of_an_older_version_changes_nothing(slack: Workspace) -> None:
    await slack.service.do(on_slack)
    before = await slack.service.listed("ledger")
    await slack.send_file("block_actions.form")
    assert await slack.service.listed("ledger") == before


async def test_a_card_carries_buttons_with_the_commands_to_type(slack: Workspace) -> None:
    message = await a_case(slack)
    assert [button["value"] for button in buttons(message)] == [
        "ack C-1",
        "decline C-1",
        "close C-1 noise",
    ]
    assert [option["value"] for option in menu(message)] == ["close C-1", "snooze C-1"]


async def test_i_have_it_takes_the_case(slack: Workspace) -> None:
    message = await a_case(slack)
    await slack.press(message, "I have it", MEI)
    case = await the_case(slack)
    assert (case["status"], case["acknowledged_by"]) == ("acknowledged", "mei")


async def test_i_have_it_changes_the_card_in_place(slack: Workspace) -> None:
    message = await a_case(slack)
    await slack.press(message, "I have it", MEI)
    await slack.service.drain()
    [found] = [m for m in slack.messages if m["channel"] == CHANNEL]
    assert (found["ts"], "has it" in said(found)) == (message["ts"], True)


async def test_who_presses_on_a_card_for_all_gets_no_second_answer(slack: Workspace) -> None:
    message = await a_case(slack)
    await slack.press(message, "I have it", MEI)
    assert slack.called("response_url", "chat.postEphemeral") == []


async def test_who_presses_on_a_private_card_gets_the_answer_there(slack: Workspace) -> None:
    message = await a_case(slack)
    container = {"type": "message", "channel_id": CHANNEL, "is_ephemeral": True}
    await slack.press(message, "I have it", MEI, container=container)
    assert "has it" in slack.told()


async def test_a_double_click_has_one_effect(slack: Workspace) -> None:
    message = await a_case(slack)
    for _ in range(2):
        await slack.press(message, "I have it", MEI)
    kinds = [entry["kind"] for entry in await slack.service.listed("ledger")]
    assert kinds.count("case.acknowledged") == 1


async def test_not_me_asks_whoever_is_next(slack: Workspace) -> None:
    message = await a_case(slack)
    await slack.press(message, "Not me", MEI)
    assert (await the_case(slack))["owners"] == ["carla", "ana"]


async def test_a_press_by_somebody_without_the_right_is_answered_in_private(
    slack: Workspace,
) -> None:
    message = await a_case(slack)
    await slack.press(message, "I have it", ALICE)
    assert "These people can" in slack.told()


async def test_a_press_on_a_case_that_has_gone_on_says_how_it_stands(slack: Workspace) -> None:
    message = await a_case(slack)
    await slack.service.say("ana", "ack C-1")
    await slack.press(message, "I have it", MEI)
    assert "@ana has C-1 already" in slack.told()


async def test_a_press_in_another_initiatives_channel_means_its_own_case(slack: Workspace) -> None:
    message = await a_case(slack)
    await slack.service.say("rui", f'new "Returns" --key returns --channel slack:{CHANNEL}')
    await slack.press(message, "I have it", MEI)
    assert (await the_case(slack))["status"] == "acknowledged"


async def test_a_press_without_a_command_shows_what_can_be_typed(slack: Workspace) -> None:
    message = await a_case(slack)
    await slack.press(message, "I have it", MEI, actions=[{"action_id": "command:0"}])
    assert "/council" in slack.told()


async def test_a_forged_value_is_read_like_a_typed_command(slack: Workspace) -> None:
    message = await a_case(slack)
    forged = [{"type": "button", "action_id": "command:0", "value": "close C-1 noise"}]
    await slack.press(message, "I have it", ALICE, actions=forged)
    assert ((await the_case(slack))["status"], "These people can" in slack.told()) == ("open", True)


async def test_the_posted_card_mentions_whom_it_asks(slack: Workspace) -> None:
    message = await a_case(slack)
    assert {"type": "user", "user_id": MEI} in message["blocks"][2]["elements"][0]["elements"]
