"""The people of the stories, their channels, and the initiative that most of them are about."""

from datetime import UTC, datetime
from typing import Any

from bot.settings import Settings
from council import integrations, people
from council.desk import Desk
from tests.builders import a_person

# A Tuesday, 09:00 in Berlin.
BEGINS = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)
COUNCIL = "ml-council"
CHANNELS = (COUNCIL, "late-order", "refunds")
PEOPLE = ("carla", "rui", "ana", "bo", "mei", "dev", "tom", "zoe", "ines")
LEAD = "carla"
STAFF = {
    "business owner": "rui",
    "data scientist": "ana",
    "data engineer": "bo",
    "ml engineer": "mei",
    "devops engineer": "dev",
}


def settings(url: str, channel: str, **more: Any) -> Settings:
    """Return what the council of the stories is set to."""
    given = {"database_url": url, "council_channel": channel, "council_timezone": "Europe/Berlin"}
    return Settings(**(given | more))


def slack_id(handle: str) -> str:
    """Return somebody's id on Slack."""
    return f"U0{handle.upper()}00001"


def furnish(desk: Desk) -> tuple[dict[str, str], str]:
    """Make people and the sender known; return people's ids, and the sender's secret."""
    for handle in PEOPLE:
        a_person(
            desk,
            handle,
            lead=handle == LEAD,
            zone="Europe/Berlin",
            slack_id=slack_id(handle),
            email=f"{handle}@example.org",
        )
    ids = {handle: people.find(desk, handle).id for handle in PEOPLE}
    return ids, integrations.add(desk, "stories", "alertmanager", "monitor")


_OPENING = (
    'new "Late-order predictor" --key late-order --playbook lead-support-learn'
    " --phase {} --tier {} --model late-order-prod --channel #late-order"
    ' --question "Which orders will arrive late?"'
)


def late_order(
    phase: str = "operations", tier: int = 2, without: tuple[str, ...] = ()
) -> tuple[tuple[str, str], ...]:
    """Return the lines that open `late-order` and put people into its roles."""
    staffing = [
        (LEAD, f'assign late-order "{role}" @{who}')
        for role, who in STAFF.items()
        if who not in without
    ]
    return (LEAD, _OPENING.format(phase, tier)), *staffing
