"""Pagers and events in the environment: whole, or one line that says what is not."""

import pytest

from bot import paging
from bot.settings import BadSettings, Settings, read_settings
from tests.fakes import SetClock

SECRET = "a secret that is long enough"
HALF = {
    "a page without its secret": ({"COUNCIL_PAGE_URL": "https://x.org"}, "COUNCIL_PAGE_SECRET"),
    "a page without its address": ({"COUNCIL_PAGE_SECRET": SECRET}, "COUNCIL_PAGE_URL"),
    "events without a secret": ({"COUNCIL_EVENTS_URL": "https://x.org"}, "COUNCIL_EVENTS_SECRET"),
    "events without an address": ({"COUNCIL_EVENTS_SECRET": SECRET}, "COUNCIL_EVENTS_URL"),
    "an address that is none": (
        {"COUNCIL_PAGE_URL": "x.org", "COUNCIL_PAGE_SECRET": SECRET},
        "COUNCIL_PAGE_URL",
    ),
    "a secret that is guessed": (
        {"COUNCIL_PAGE_URL": "https://x.org", "COUNCIL_PAGE_SECRET": "short"},
        "COUNCIL_PAGE_SECRET",
    ),
    "a country that is none": ({"COUNCIL_COUNTRY": "Bavaria"}, "COUNCIL_COUNTRY"),
}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(("environment", "name"), HALF.values(), ids=HALF)
def test_what_is_half_set_gives_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], name: str
) -> None:
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(BadSettings) as refusal:
        read_settings()
    [line] = str(refusal.value).splitlines()
    assert line.startswith(f"{name}: ")


def test_nothing_is_paged_or_told_unless_it_is_named() -> None:
    settings = Settings()
    assert (settings.pagers, paging.configured(settings, 1, SetClock().now)) == ((), [])


async def test_each_that_is_named_is_a_platform() -> None:
    settings = Settings(
        pagerduty_routing_key="routing",
        council_page_url="https://x.org",
        council_page_secret=SECRET,
        council_events_url="https://x.org",
        council_events_secret=SECRET,
    )
    found = paging.configured(settings, 1, SetClock().now)
    assert [each.platform for each in found] == ["pagerduty", "page", "events"]
    for each in found:
        await each.close()


def test_a_country_may_be_written_small() -> None:
    assert Settings(council_country="de-by").council_country == "DE-BY"
