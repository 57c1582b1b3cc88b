"""Groups of the workspace on duty, read over HTTP from a Web API that may misbehave."""

from collections.abc import AsyncIterator

import pytest

from bot.rotas import Rotas
from bot.slack.groups import SlackGroups
from bot.slack.messenger import SlackMessenger
from bot.slack.persons import Persons
from council import people
from council.desk import Desk
from council.people import RotaView
from tests.bot.served import Json
from tests.bot.slack.workspace import Workspace
from tests.builders import a_person
from tests.standins.slack import Faults

MEI, NOA = "U0MEI00001", "U0NOA00001"
ON_CALL = "<!subteam^S0ONCALL01|@oncall>"


def a_group(*users: str, name: str = "S0ONCALL01", deleted: int = 0) -> Json:
    """Return a group as Slack tells it."""
    return {"id": name, "handle": "oncall", "users": list(users), "date_delete": deleted}


@pytest.fixture
async def rotas(slack: Workspace) -> AsyncIterator[Rotas]:
    """Read the stand-in's groups; the group is ML engineer of late-order."""
    clerk = slack.service.wired.clerk
    messenger = SlackMessenger("xoxb-test", slack.standin.api, timeout=2)
    await slack.service.do(lambda desk: a_person(desk, "mei", slack_id=MEI).id)
    said = await slack.service.say("carla", f'assign late-order "ML engineer" {ON_CALL}')
    assert said["outcome"] == "done", said
    yield Rotas(clerk, None, SlackGroups(messenger, Persons(clerk, messenger)))
    await messenger.close()


async def the_rota(slack: Workspace) -> RotaView:
    [found] = await slack.service.wired.clerk.read(people.rotas)
    return found


def _handles(desk: Desk) -> list[str]:
    return sorted(one.handle for one in people.rotas(desk)[0].on_duty)


async def on_duty(slack: Workspace) -> list[str]:
    return await slack.service.wired.clerk.read(_handles)


async def test_who_is_in_a_group_is_on_duty(slack: Workspace, rotas: Rotas) -> None:
    slack.standin.slack.groups = [a_group(MEI)]
    await rotas.check()
    assert await on_duty(slack) == ["mei"]


async def test_a_group_bears_its_handle(slack: Workspace, rotas: Rotas) -> None:
    slack.standin.slack.groups = [a_group(MEI)]
    await rotas.check()
    assert (await the_rota(slack)).name == "@oncall"


async def test_somebody_on_duty_who_never_said_a_word_is_made_known(
    slack: Workspace, rotas: Rotas
) -> None:
    slack.standin.slack.groups = [a_group(NOA)]
    await rotas.check()
    assert await on_duty(slack) == [NOA.lower()]


async def test_a_guest_in_a_group_stays_unknown(slack: Workspace, rotas: Rotas) -> None:
    slack.standin.slack.groups = [a_group(MEI, "U0AGUEST")]
    await rotas.check()
    assert (await the_rota(slack)).unknown == ("U0AGUEST",)


async def test_who_cannot_be_looked_up_now_does_not_keep_the_others_off_duty(
    slack: Workspace, rotas: Rotas
) -> None:
    slack.standin.slack.groups = [a_group(MEI, NOA)]
    slack.standin.slack.fault(Faults(status_429=1.0, only=["users.info"]))
    await rotas.check()
    assert await on_duty(slack) == ["mei"]


async def test_a_group_that_was_switched_off_says_so(slack: Workspace, rotas: Rotas) -> None:
    slack.standin.slack.groups = [a_group(MEI, deleted=1_763_000_000)]
    await rotas.check()
    assert (await the_rota(slack)).failure == "disabled"


@pytest.mark.parametrize(
    ("word", "failure"),
    [
        ("missing_scope", "scope"),
        ("plan_upgrade_required", "plan"),
        ("invalid_auth", "token"),
        ("internal_error", "unreachable"),
    ],
)
async def test_a_refusal_is_kept_with_its_reason(
    slack: Workspace, rotas: Rotas, word: str, failure: str
) -> None:
    slack.standin.slack.fault(Faults(errors={"usergroups.list": word}))
    await rotas.check()
    assert (await the_rota(slack)).failure == failure


async def test_many_groups_cost_one_call(slack: Workspace, rotas: Rotas) -> None:
    for name in ("S0DATA0001", "S0OPS00001"):
        await slack.service.say("carla", f'assign late-order "Data engineer" <!subteam^{name}|@x>')
    slack.standin.slack.groups = [a_group(MEI, name="S0DATA0001")]
    await rotas.check()
    assert len(slack.called("usergroups.list")) == 1
