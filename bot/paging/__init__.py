"""Programs that are told as people are: pagers, and one receiver of everything that happens.

They are platforms like a chat: the courier keeps the order, tries again, and keeps dead letters.
"""

from collections.abc import Callable
from datetime import datetime

from bot.paging.pagerduty import PagerDuty
from bot.paging.webhook import EventHook, PageHook
from bot.settings import Settings

__all__ = ["EventHook", "PageHook", "PagerDuty", "configured"]


def configured(
    settings: Settings, council_id: int, now: Callable[[], datetime]
) -> list[PagerDuty | PageHook | EventHook]:
    """Return the programs that the environment names."""
    found: list[PagerDuty | PageHook | EventHook] = []
    if settings.pagerduty_routing_key:
        name = f"ml-council-{council_id}"
        found.append(PagerDuty(settings.pagerduty_routing_key, name, settings.pagerduty_url))
    if settings.council_page_url:
        found.append(PageHook(settings.council_page_url, settings.council_page_secret, now))
    if settings.council_events_url:
        found.append(EventHook(settings.council_events_url, settings.council_events_secret, now))
    return found
