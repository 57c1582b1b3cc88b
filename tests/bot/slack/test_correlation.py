"""One id goes from Slack's request through Bolt's lazy listeners to Slack's own call."""

from collections.abc import Iterator

import pytest

from tests.bot.lines import Lines, logged
from tests.bot.slack.test_commands_and_buttons import MEI, a_case, on_slack
from tests.bot.slack.workspace import Workspace

FLAG = "flag late-order hunter2-ultramarine"


@pytest.fixture
def lines() -> Iterator[Lines]:
    with logged() as found:
        yield found


async def about_cases(slack: Workspace) -> list[str]:
    found = await slack.service.listed("notices")
    return [each["correlation"] for each in found if each["kind"].startswith("case_")]


async def test_one_id_goes_from_a_typed_command_to_the_card(slack: Workspace, lines: Lines) -> None:
    await slack.service.do(on_slack)
    answer = await slack.type(FLAG, MEI)
    given = answer.headers["X-Request-ID"]
    await slack.service.drain()
    assert lines.ids("request", route="/slack/events") == [given]
    assert lines.ids("command", verb="flag", platform="slack") == [given]
    assert await about_cases(slack) == [given]
    assert lines.ids("notice", kind="case_opened", platform="slack", state="sent") == [given]


async def test_one_id_goes_from_a_press_to_the_card(slack: Workspace, lines: Lines) -> None:
    message = await a_case(slack)
    answer = await slack.press(message, "I have it", MEI)
    given = answer.headers["X-Request-ID"]
    assert lines.ids("command", verb="ack") == [given]
    assert (await about_cases(slack))[-1] == given


async def test_what_the_messenger_logs_carries_the_id(slack: Workspace, lines: Lines) -> None:
    expired = f"{slack.standin.origin}/response/expired"
    answer = await slack.type("mine", response_url=expired)
    assert lines.ids("slack_response_url") == [answer.headers["X-Request-ID"]]


async def test_nothing_of_what_was_typed_in_slack_is_logged(slack: Workspace, lines: Lines) -> None:
    await slack.service.do(on_slack)
    for text in (FLAG, "hunter2-ultramarine", "ack hunter2-ultramarine"):
        await slack.type(text, MEI, trigger_id=text)
    await slack.service.drain()
    assert len(lines.of("command")) == 3
    assert "hunter2-ultramarine" not in str(lines.all)


async def test_what_breaks_in_a_listener_is_logged_without_its_text(
    slack: Workspace, lines: Lines
) -> None:
    await slack.send_form(command="/council", text="mine")  # without the fields that Slack sends
    (line,) = lines.of("slack_broke")
    assert line["exc_info"]
