"""What `council doctor` looks at: questions that answer with checks; a problem has a next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.cards import phrases
from bot.settings import Settings
from bot.wiring import what_to_do
from council import initiatives, integrations, people
from council.desk import Desk
from council.playbook import Relation, UnknownName, relations
from council.tables import Initiative

OK, WARNING, PROBLEM = "ok", "warning", "problem"
PAGE = 50
# A notice that waits longer than this while a platform is configured has nobody to carry it.
PATIENCE = timedelta(minutes=5)
_LOOK_AT = 200
# By platform: what it is called, and which variable holds its address.
MACHINES = {
    "pagerduty": ("paging through PagerDuty", "PAGERDUTY_URL"),
    "page": ("paging webhook", "COUNCIL_PAGE_URL"),
    "events": ("events webhook", "COUNCIL_EVENTS_URL"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `next` is what to type or set, empty if all is well."""

    state: str
    name: str
    said: str
    next: str = ""


def leads(desk: Desk, settings: Settings) -> list[Check]:
    """Look for a council lead, and for names in COUNCIL_LEADS that nobody answers to."""
    found = people.leads(desk)
    checks = [
        Check(
            WARNING,
            "council leads",
            f"COUNCIL_LEADS names {entry}, whom nobody here answers to",
            "council people list (an e-mail address or platform id must match)",
        )
        for entry in settings.leads
        if not _known(desk, entry)
    ]
    if found:
        names = phrases.words([member.name for member in found])
        return [Check(OK, "council leads", names), *checks]
    mend = "set COUNCIL_LEADS to the e-mail address of somebody in: council people list"
    return [Check(PROBLEM, "council leads", "nobody leads the council", mend), *checks]


def _known(desk: Desk, entry: str) -> bool:
    book = desk.books.people
    return bool(book.by_email(entry)) or any(
        book.by_identity(platform, entry) for platform in people.PLATFORMS
    )


def followed(desk: Desk) -> list[Check]:
    """Look whether each playbook version that initiatives follow is here, and says what it said."""
    name = "playbooks in use"
    found = [what_to_do(each) for each in initiatives.changed_playbooks(desk)]
    wrong = [Check(PROBLEM, name, said, mend) for said, mend in found]
    return wrong or [Check(OK, name, "each says what it said when it was first followed")]


def places(desk: Desk, settings: Settings) -> list[Check]:
    """Look whether anybody can be told: in the council's channel, or by direct message."""
    name = "where cases go"
    if settings.council_channel:
        return [Check(OK, name, f"to {settings.council_channel}, unless an initiative has its own")]
    ids = [row.id for row in desk.books.people.page("", _LOOK_AT)]
    reached = len(desk.books.people.identities(ids))
    if reached:
        said = f"by direct message; {reached} of {len(ids)} people are known to chat"
        return [Check(OK, name, said)]
    mend = "set COUNCIL_CHANNEL, or give people a slack_id: council people import FILE.csv"
    said = "there is no channel, and chat knows nobody"
    return [Check(PROBLEM if settings.slack else WARNING, name, said, mend)]


def senders(desk: Desk) -> list[Check]:
    """Look whether anything sends signals, with a live secret and without trouble."""
    found = integrations.listing(desk)
    if not found:
        mend = "council integration add alertmanager --name NAME"
        return [Check(WARNING, "integrations", "nothing sends signals yet", mend)]
    return [check for one in found for check in _sender(one)]


def _sender(one: integrations.Listed) -> Iterable[Check]:
    name = f"integration {one.name}"
    if one.secrets:
        yield Check(OK, name, f"{one.kind}, {phrases.count(one.secrets, 'live secret')}")
    else:
        yield Check(PROBLEM, name, "has no live secret", f"council integration rotate {one.name}")
    if one.troubles:
        said = ", ".join(f"{code} ({count})" for code, count in one.troubles.items())
        yield Check(WARNING, name, said, f"council integration test {one.name} FILE")


def waiting(desk: Desk, settings: Settings) -> list[Check]:
    """Look whether everything is told that should be."""
    checks = []
    if dead := desk.books.outbox.count("dead"):
        said = phrases.count(dead, "dead letter")
        mend = "council outbox list --state dead, then: council outbox replay ID"
        checks.append(Check(PROBLEM, "dead letters", said, mend))
    else:
        checks.append(Check(OK, "dead letters", "none"))
    book = desk.books.outbox
    rows = [*book.page("pending", _LOOK_AT), *book.page("failed", _LOOK_AT)]
    age = desk.now() - min((row.created_at for row in rows), default=desk.now())
    said = f"the oldest has waited {phrases.span(age)}" if rows else "nothing waits"
    late = bool(settings.slack) and age > PATIENCE
    mend = "council serve (it carries them); council outbox list" if late else ""
    checks.append(Check(WARNING if late else OK, "waiting notices", said, mend))
    return checks


def unpaged(settings: Settings) -> list[Check]:
    """Say that nobody is paged, and nobody told, where that is so; neither is a fault."""
    checks = []
    if not settings.pagers:
        said = "nobody is paged; cards of the worst severity say so"
        checks.append(Check(OK, "paging", said))
    if not settings.council_events_url:
        checks.append(Check(OK, "events", "no program is told what happens"))
    return checks


def vacancies(desk: Desk, after: str) -> tuple[list[Check], str]:
    """Return a page of initiatives that nobody leads at their step, and the key to go on from."""
    rows = desk.books.initiatives.page(after, PAGE + 1)
    lead = next(iter(people.leads(desk)), None)
    speaker = lead.handle if lead else "HANDLE"
    checks = [check for row in rows[:PAGE] if (check := _vacancy(desk, row, speaker))]
    return checks, rows[PAGE - 1].key if len(rows) > PAGE else ""


def _vacancy(desk: Desk, row: Initiative, speaker: str) -> Check | None:
    name = f"initiative {row.key}"
    try:
        playbook = initiatives.playbook_of(desk, row)
        here = relations(playbook, row.phase, row.step or None)
    except UnknownName as error:
        return Check(PROBLEM, name, f"is on a {error.kind} that is not here: {error.given}")
    who = people.roster(desk, row)
    vacant = [role for role in here.get(Relation.LEAD, ()) if not who.holders(role)]
    if not vacant:
        return None
    names = phrases.words([playbook.role(role).name for role in vacant])
    mend = f'council say --as {speaker} "assign {row.key} {vacant[0]} @HANDLE"'
    return Check(WARNING, name, f"nobody leads its step as {names}", mend)


def as_json(checks: list[Check]) -> dict[str, Any]:
    """Return the checks as plain JSON."""
    plain = [
        {"state": one.state, "name": one.name, "said": one.said, "next": one.next} for one in checks
    ]
    return {"ok": healthy(checks), "checks": plain}


def healthy(checks: list[Check]) -> bool:
    """Whether nothing is broken; warnings do not count."""
    return all(one.state != PROBLEM for one in checks)
