"""How `council doctor` looks at rotas: are they read, and is everybody on them known here."""

from collections.abc import Iterable

from bot.cards import phrases
from bot.cards.rota import rota_failure
from bot.shell.checkup import OK, WARNING, Check
from council import people
from council.desk import Desk


def rotas(desk: Desk) -> list[Check]:
    """Look at the rotas that are on duty somewhere; none is no finding."""
    return [check for one in people.rotas(desk) for check in _rota(desk, one)]


def _rota(desk: Desk, one: people.RotaView) -> Iterable[Check]:
    name = f"rota {one.name}"
    if one.failure:
        since = phrases.span(desk.now() - (one.failing_since or desk.now()))
        said = f"not read for {since}: {rota_failure(one.failure)}"
        yield Check(WARNING, name, said, "mend that, or take it off duty: assign … --remove")
    elif one.checked_at is None:
        yield Check(WARNING, name, "not read yet", "council serve (it reads rotas)")
    else:
        on_duty = phrases.words([member.name for member in one.on_duty]) or "nobody"
        yield Check(OK, name, f"on duty now: {on_duty}")
    if one.unknown:
        said = f"names people I do not know: {phrases.words(list(one.unknown))}"
        yield Check(WARNING, name, said, "council people import FILE.csv (e-mail must match)")
