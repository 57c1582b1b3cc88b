"""Words for who is who: in a phase, at a step, in a role; and for one person, wherever they are."""

from bot.cards import away, forms, phrases, staff
from bot.cards.initiative import case_line, next_line, where_line
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Facts,
    Note,
    Paragraph,
    Text,
)
from council import calendar
from council.people import AbsenceView
from council.standing import PersonStanding, RoleStanding, Standing, StandsWhere, StepStanding

_ROLES_SHOWN = 10


def who_card(found: Standing, asker: str = "") -> Card:
    """Return who does what in this phase, and what each learns there; first of whoever asks."""
    blocks: list[Block] = staff.yours(found.lessons, asker)
    blocks.append(Facts(tuple(staff.people(found.parts))))
    blocks += staff.steps(found.steps)
    blocks += staff.learning(found.lessons)
    blocks += staff.zones(found.zones)
    blocks += staff.gaps(found)
    if found.open_cases:
        blocks.append(Bullets(tuple(case_line(case) for case in found.open_cases)))
    blocks.append(Paragraph((Bold("Next: "), *next_line(found))))
    about = phrases.role(found.roles[0]) if found.roles else "step"
    more = Code(f"/council who {found.key} {about}")
    blocks.append(Note(("One step or one role: ", more)))
    buttons = [Button("Where it stands", f"status {found.key}")]
    if found.gaps:
        form = forms.assign_form(found.key, found.roles, found.gaps[0])
        buttons.append(Button("Give a role", f"assign {found.key}", form=form))
    return Card(
        title=f"Who is who: {found.name}",
        subtitle=where_line(found),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        fallback=f"Who is who in {found.name}",
    )


def part_card(found: StepStanding | RoleStanding | PersonStanding) -> Card:
    """Return what a step, a role or a person is there."""
    match found:
        case StepStanding():
            return _step_card(found)
        case RoleStanding():
            return _role_card(found)
    return person_card(found)


def _all_of_it(key: str) -> Button:
    return Button("Who is who", f"who {key}")


def _step_card(found: StepStanding) -> Card:
    blocks: list[Block] = [Facts(tuple(staff.people(found.parts)))]
    if found.checklist:
        blocks += [Paragraph((Bold("To go through"),)), _plain(found.checklist)]
    place = f" · {found.phase_name}, step {found.number} of {found.count}"
    return Card(
        title=f"{found.step_name}: who does what",
        subtitle=(Code(found.key), place, " · now" if found.now else ""),
        blocks=tuple(blocks),
        buttons=(_all_of_it(found.key),),
        fallback=f"Who does what at {found.step_name}",
    )


def _plain(texts: tuple[str, ...]) -> Bullets:
    return Bullets(tuple((each,) for each in texts))


def _role_card(found: RoleStanding) -> Card:
    blocks: list[Block] = [Paragraph(_held(found))]
    if found.duties:
        blocks += [Paragraph((Bold("What it is for"),)), _plain(found.duties)]
    if found.comfort:
        blocks.append(Paragraph((Bold("At home in: "), f"{phrases.words(found.comfort)}.")))
    if found.where:
        blocks += [Paragraph((Bold("Where"),)), Bullets(tuple(map(_where, found.where)))]
    blocks += staff.learning(found.lessons)
    buttons = [_all_of_it(found.key)]
    if not found.members:
        form = forms.assign_form(found.key, found.roles, found.role_name)
        buttons.insert(0, Button("Give the role", f"assign {found.key}", primary=True, form=form))
    return Card(
        title=f"{found.role_name} of {found.initiative_name}",
        subtitle=(Code(found.key),),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        fallback=f"{found.role_name} of {found.initiative_name}",
    )


def _held(found: RoleStanding) -> Text:
    """Return who holds the role, and who acts in it for those who are away."""
    if not found.members:
        lead = phrases.people(found.leads) or ("nobody: the council has no lead yet",)
        return ("Nobody holds it yet. Until then it falls to ", *lead, ".")
    deputies: list[Text] = [
        (phrases.person(each.member), " stands in for ", phrases.person(stood.absent))
        for each in found.acting
        for stood in each.deputy_for
    ]
    standing_in: Text = (" ", *phrases.row(deputies), ".") if deputies else ()
    verb = " hold it" if len(found.members) > 1 else " holds it"
    return (*phrases.people(found.members), verb, ".", *standing_in)


def _where(each: StandsWhere) -> Text:
    said = [staff.VERBS.get(relation, relation) for relation in each.relations]
    if each.steps_led and "lead" not in each.relations:
        said.append(f"leads {phrases.words(each.steps_led)}")
    name = Bold(each.phase_name) if each.here else each.phase_name
    return (name, f": {', '.join(said)}", " (now)" if each.here else "")


def person_card(found: PersonStanding) -> Card:
    """Return where somebody has a part, what time it is there, and who stands in."""
    member = found.member
    at = found.now.astimezone(calendar.zone(member.timezone))
    blocks: list[Block] = [Paragraph((f"It is {at:%H:%M} there ({member.timezone}).",))]
    blocks += [Paragraph(_away(one)) for one in found.absences[:2]]
    if found.stands_in_for:
        blocks.append(Paragraph(("Stands in for ", *phrases.people(found.stands_in_for), ".")))
    if found.lead:
        blocks.append(Note(("Council lead: what nobody holds comes here.",)))
    if found.roles:
        lines: tuple[Text, ...] = tuple(
            (Code(key), f" {name}: {phrases.role(role)}, in {phase}")
            for key, name, role, phase in found.roles[:_ROLES_SHOWN]
        )
        blocks.append(Bullets(lines, max(0, len(found.roles) - _ROLES_SHOWN)))
    elif not found.lead:
        blocks.append(Paragraph(("I know of no part in an initiative.",)))
    keys = tuple(dict.fromkeys(key for key, *_ in found.roles))
    return Card(
        title=member.name,
        subtitle=(Code(f"@{member.handle}"),),
        blocks=tuple(blocks),
        buttons=tuple(Button(f"Who is who: {key}", f"who {key}") for key in keys[:3]),
        fallback=f"Who {member.name} is",
    )


def _away(one: AbsenceView) -> Text:
    verb = "Away" if one.state == "running" else "Will be away"
    deputy: Text = ()
    if one.deputy and one.deputy_state == "accepted":
        deputy = (" ", phrases.person(one.deputy), " stands in.")
    return (f"{verb} {away.stretch(one)}.", *deputy)
