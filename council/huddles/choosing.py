"""Each decider's own choice: two rounds, then whoever has the last word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from council import calendar, people, rights
from council.cases import follow
from council.desk import Desk
from council.errors import Conflict, Invalid, NotAllowed, NotFound
from council.huddles import convening, rules, telling
from council.huddles.deciding import Ruling, decide
from council.huddles.finding import OVER, decision_key, get_huddle, huddle_key
from council.huddles.lastword import hand_over
from council.huddles.rules import Verdict
from council.huddles.seats import Seats, seats
from council.huddles.taking import take
from council.huddles.views import HuddleView, alone_in, chosen, describe, last_word
from council.tables import Huddle, HuddleChoice, Initiative

# What it takes to choose where one person has the last word: they differed, or time was up.
LAST_WORD, OUT_OF_TIME = "the last word", "the last word, out of time"
_ROUNDS = 2
_LAST = 20  # more decisions in a row than any playbook lets pass


@dataclass(frozen=True, slots=True)
class Choosing:
    """What somebody chooses, as they say it; `stated` is by the names of `rules.FIELDS`.

    `refused` are options that were looked at and not taken, each as `option: why`.
    """

    option: str
    stated: Mapping[str, str] = field(default_factory=dict)
    refused: Sequence[str] = ()


def choose(desk: Desk, actor: str, key: str, choosing: Choosing) -> HuddleView:
    """Choose in a huddle (`R-7`) or about a case (`C-31`), whose huddle is opened if need be.

    The key of an initiative means its open huddle. Who rolls or falls back decides alone, unless
    somebody saw just that otherwise before; else it is decided when all have chosen the same.
    Whoever chooses has the case. A choice may be changed until the round ends.

    Raises Invalid (`lacks`, with the names of what is
    missing; `repeated`), NotAllowed for whoever does not decide, Conflict for what is settled.
    """
    huddle, initiative = _huddle(desk, actor, key)
    at = seats(desk, initiative, huddle.signal_class)
    if huddle.state != "open":
        raise _settled(desk, huddle)
    if initiative.state in OVER:
        convening.call_off(desk, telling.COUNCIL, huddle)
        return describe(desk, huddle, initiative, at)
    option = rules.find_option(at.playbook, choosing.option)
    final = _may(desk, huddle, at, actor, option)
    given = _read(desk, actor, choosing.stated, initiative)
    rows = desk.books.huddles.choices(huddle.id)
    line = given.get("reason", "")
    stated = _with_what_is_known(huddle, rows, actor, option, given)
    listed = _listed(at, choosing.refused)
    _require_whole(at, huddle, option, stated)
    _require_change(desk, at, huddle, initiative, option)
    if not _keep(desk, huddle, actor, option, (stated, line, listed)) and not final:
        return describe(desk, huddle, initiative, at)  # said so already
    telling.write(
        desk,
        actor,
        huddle,
        "huddle.chose",
        choice=option,
        texts={"line": (line, actor)} if line else {},
    )
    _take(desk, actor, huddle, initiative, at)
    _go_on(desk, huddle, initiative, at, (actor, option, final))
    return describe(desk, huddle, initiative)


def _take(desk: Desk, actor: str, huddle: Huddle, initiative: Initiative, at: Seats) -> None:
    case = desk.books.cases.by_id(huddle.case_id) if huddle.case_id else None
    if case is not None and take(desk, actor, case, initiative, at):
        follow.announce(desk, case, "acknowledged")


def _huddle(desk: Desk, actor: str, key: str) -> tuple[Huddle, Initiative]:
    if key.upper().startswith("R-"):
        return get_huddle(desk, actor, key)
    if not key.upper().startswith("C-"):
        return get_huddle(desk, actor, convening.of_initiative(desk, actor, key).key)
    try:
        return get_huddle(desk, actor, convening.of_case(desk, actor, key).key)
    except NotFound as error:
        if error.noun != "open huddle":
            raise
    return get_huddle(desk, actor, convening.convene(desk, actor, case=key).key)


def _settled(desk: Desk, huddle: Huddle) -> Conflict:
    """Return what to say to whoever chooses too late: what was decided, and by whom."""
    key, decision = huddle_key(huddle.number), desk.books.huddles.decision_of(huddle.id)
    if decision is None:
        return Conflict(key, f"huddle_{huddle.state}")
    by = list(decision.deciders)[: None if decision.how == "agreed" else 1]
    handles = tuple(each.handle for each in people.members(desk, by))
    more = (decision_key(decision.number), decision.kind, *handles)
    return Conflict(key, f"huddle_{huddle.state}", more=more)


def _may(desk: Desk, huddle: Huddle, at: Seats, actor: str, option: str) -> bool:
    """Whether the actor has the last word; raises NotAllowed unless they decide at all."""
    final = {each.id for each in last_word(desk, huddle, at)}
    if huddle.stage == "council_lead" and huddle.lead_id:
        final.add(huddle.lead_id)  # whoever was asked first may still say it
    if actor in final:
        return True
    alone = option in alone_in(desk, huddle) or huddle.stage == telling.CHOOSING
    if actor in at.decider_ids and alone:
        return False
    able = final or set(at.decider_ids)
    needs = "a part in deciding"
    if final:  # whoever has chosen with the others is told why it is not theirs any more
        spoken = {row.person_id for row in desk.books.huddles.choices(huddle.id, huddle.round)}
        needs = LAST_WORD if set(at.decider_ids) <= spoken else OUT_OF_TIME
    handles = tuple(each.handle for each in people.members(desk, sorted(able)))
    raise NotAllowed(actor, "decide", huddle_key(huddle.number), needs, handles)


def _read(
    desk: Desk, actor: str, given: Mapping[str, str], initiative: Initiative
) -> dict[str, str]:
    """Return what was stated, with days as dates and people as ids: such as may know of it."""
    found = {name: text.strip() for name, text in given.items() if text.strip()}
    zone = people.members(desk, [actor])[0].timezone
    today = desk.now().astimezone(calendar.zone(zone)).date()
    for name in ("effect_check_date", "next_check"):
        if name in found:
            found[name] = _day(found[name], today).isoformat()
    for name in ("owner", "approval_sponsor"):
        if name in found:
            mine = found[name].lower() == "me"
            who = actor if mine else people.find(desk, found[name]).id
            if not rights.may_see(initiative, people.roster(desk, initiative), who):
                raise Invalid(name.replace("_", " "), found[name], "no_part_here")
            found[name] = who
    return found


def _day(text: str, today: date) -> date:
    found = rules.day(text, today)
    if found is None:
        raise Invalid("check date", text, "day_ahead")
    return found


def _with_what_is_known(
    huddle: Huddle,
    rows: Sequence[HuddleChoice],
    actor: str,
    option: str,
    given: dict[str, str],
) -> dict[str, str]:
    """Add what was stated for this option before: by the actor, and by all once it may be seen."""
    open_to_all = huddle.round > 1 or huddle.stage != telling.CHOOSING
    known = [row for row in rows if row.choice == option]
    own = [row for row in known if row.person_id == actor]
    found = dict(given)
    if open_to_all and known:
        found.pop("reason", None)  # it is the line of this round
    for row in (*own, *(known if open_to_all else ())):
        for name, value in row.fields.items():
            found.setdefault(name, value)
    return found if "reason" in found or "reason" not in given else found | given


def _listed(at: Seats, refused: Sequence[str]) -> dict[str, str]:
    found = {}
    for each in refused:
        name, _, why = each.partition(":")
        found[rules.find_option(at.playbook, name)] = why.strip()
    return found


def _require_whole(at: Seats, huddle: Huddle, option: str, stated: Mapping[str, str]) -> None:
    lacking = rules.lacks(at.playbook, option, stated)
    if lacking:
        raise Invalid("decision", f"{huddle_key(huddle.number)} {option}", "lacks", lacking)


def _require_change(
    desk: Desk, at: Seats, huddle: Huddle, initiative: Initiative, option: str
) -> None:
    """Raise Invalid if this was decided as often in a row as the playbook lets it be."""
    most = at.playbook.decisions[option].max_repeats
    if most is None:
        return
    last = desk.books.huddles.decisions_on(initiative.id, huddle.signal_class, _LAST)
    if rules.in_a_row((row.kind for row in last), option) >= most:
        others = tuple(
            each for each in rules.options(at.playbook, huddle.signal_class) if each != option
        )
        raise Invalid("decision", option, "repeated", others)


def _keep(
    desk: Desk,
    huddle: Huddle,
    actor: str,
    option: str,
    said: tuple[dict[str, str], str, dict[str, str]],
) -> bool:
    """Keep a choice; False if it was chosen so already. What was refused before stays refused."""
    stated, line, listed = said
    row = desk.books.huddles.choice(huddle.id, huddle.round, actor)
    listed = {**row.refused, **listed} if row is not None else listed
    now = (option, stated, line, listed)
    if row is not None and (row.choice, row.fields, row.line, row.refused) == now:
        return False
    row = row or HuddleChoice(
        huddle_id=huddle.id,
        round=huddle.round,
        person_id=actor,
        council_id=desk.council_id,
        choice=option,
    )
    row.choice, row.fields, row.line, row.refused = now
    row.at = desk.now()
    desk.books.add(row)
    return True


def _go_on(
    desk: Desk,
    huddle: Huddle,
    initiative: Initiative,
    at: Seats,
    mine: tuple[str, str, bool],
) -> None:
    """Decide, begin the second round, hand the choice over, or wait for the others."""
    actor, option, final = mine
    rows = chosen(desk.books.huddles.choices(huddle.id))
    this_round = {
        row.person: row.choice
        for row in rows
        if row.round == huddle.round and row.person in at.decider_ids
    }
    verdict = rules.judge(this_round, at.decider_ids)
    how = ""
    if final:
        how = "lead" if actor == huddle.lead_id else "council_lead"
    elif verdict is Verdict.AGREED:
        how = "agreed"
    elif option in alone_in(desk, huddle):
        how = "alone"
    if how:
        ruling = Ruling(actor, option, how, tuple(rows))
        decide(desk, huddle, initiative, at, ruling)
    elif verdict is Verdict.DIFFER and huddle.round < _ROUNDS:
        _second_round(desk, huddle, initiative, at, actor)
    elif verdict is Verdict.DIFFER:
        hand_over(desk, huddle, initiative, at, actor)
    else:
        telling.update(desk, huddle, "chose")


def _second_round(
    desk: Desk, huddle: Huddle, initiative: Initiative, at: Seats, actor: str
) -> None:
    huddle.round = _ROUNDS
    desk.books.add(huddle)
    telling.write(desk, telling.COUNCIL, huddle, "huddle.second_round")
    telling.update(desk, huddle, "second_round")
    ring = tuple(each for each in at.decider_ids if each != actor)  # the actor knows
    telling.call_in_thread(desk, huddle, initiative, at, "second_round", ring)


def offered(desk: Desk, actor: str, key: str) -> HuddleView:
    """Return a huddle for somebody who is about to choose: `R-7`, `C-31`, or an initiative's."""
    if key.upper().startswith("R-"):
        return convening.view(desk, actor, key)
    if key.upper().startswith("C-"):
        return convening.of_case(desk, actor, key)
    return convening.of_initiative(desk, actor, key)
