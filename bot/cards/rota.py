"""Words for rotas: put on duty, putting nobody there, or not to be read."""

from collections.abc import Iterable

from bot.cards import phrases
from bot.cards.model import Block, Bullets, Button, Card, Code, Note, Paragraph, Tone, When
from council.announcements import RotaNews
from council.initiatives import OnDuty
from council.people import Idle

_FAILURES = {
    "scope": "Slack does not let me read its groups; the app needs the scope usergroups:read",
    "token": "Slack does not take my token any more",
    "plan": "this Slack workspace has no user groups; its plan does not include them",
    "disabled": "the group is switched off in Slack",
    "no_slack": "no Slack is configured, so its groups cannot be read",
    "not_found": "there is nothing at its address any more",
    "refused": "its address asks for a password or refuses me",
    "host": "its host is not in COUNCIL_ICAL_HOSTS any more",
    "redirected": "its address leads on to another host, where I do not follow",
    "too_large": "it is larger than 1 MiB",
    "unreadable": "it is no calendar that I can read",
    "unreachable": "nobody answers there",
}


def duty_card(duty: OnDuty) -> Card:
    """Return the answer to `assign` with a group or a calendar."""
    role = phrases.role(duty.role_name)
    verb = "is not" if duty.removed else "is"
    again = "" if duty.changed else " It stood so before."
    said = f"The rota {duty.rota} {verb} {role} of {duty.name} now.{again}"
    blocks: list[Block] = [Paragraph((said,))]
    if duty.changed and not duty.removed:
        blocks.append(Note(("I read it within a minute, and then every 15 minutes.",)))
    undo = "" if duty.removed else " --remove"
    buttons = [Button("Who is who", f"who {duty.key}")]
    if duty.changed:
        line = f'assign {duty.key} "{role}" {duty.given}{undo}'
        buttons.append(Button("Give back" if duty.removed else "Take back", line))
    return Card(
        title=f"{duty.role_name} of {duty.name}",
        fallback=said,
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        tone=Tone.GOOD,
    )


def puts_nobody(found: Idle) -> str:
    """Say why a rota puts nobody on duty."""
    rota = f"the rota {found.name}"
    if found.why == "unread":
        return f"{rota}, which I could not read for a day"
    if not found.unknown:
        return f"{rota}, which names nobody"
    return f"{rota}, which names only people I do not know: {phrases.words(found.unknown)}"


def idle_notes(found: Iterable[Idle]) -> list[Block]:
    """Return which rotas put nobody on duty."""
    return [Note((f"Look at {puts_nobody(each)}.",)) for each in found]


def rota_failure(code: str) -> str:
    """Return why a rota cannot be read."""
    return _FAILURES.get(code, code.replace("_", " "))


def rota_card(news: RotaNews) -> Card:
    """Return that a rota cannot be read, what that means, and what can be done; or that it can."""
    if not news.failure:
        text = "It is read again; nothing is left to do."
        title = f"Rota {news.name}"
        return Card(title, f"{title}: {text}", (Paragraph((text,)),), tone=Tone.GOOD)
    blocks: list[Block] = [Paragraph((f"I cannot read it: {rota_failure(news.failure)}.",))]
    if news.believed_until is not None:
        blocks.append(
            Paragraph(
                ("Whoever was on duty by it is believed until ", When(news.believed_until), ".")
            )
        )
    else:
        blocks.append(Paragraph(("It was never read, so nobody is on duty by it.",)))
    duties = tuple((Code(key), f" {phrases.role(role)}") for key, role in news.duties)
    blocks.append(Bullets(duties))
    blocks.append(Note(("You are told once; ", Code("council doctor"), " shows how it stands.")))
    return Card(
        title=f"Rota {news.name} cannot be read",
        fallback=f"The rota {news.name} cannot be read",
        blocks=tuple(blocks),
        tone=Tone.WARN,
    )
