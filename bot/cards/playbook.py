"""Words for playbooks: which one an initiative follows, and what another would change."""

from bot.cards import phrases, playbook_differs
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Field,
    Form,
    Kind,
    Note,
    Paragraph,
    Text,
    Tone,
)
from bot.grammar.nouns.playbooks import PreviewSwitch, RoleMap, Switch
from bot.grammar.parsing import render
from council.switching import NONE, Edition, Followed, Named, Plan, RoleChange

_HOW = {
    "same": "the same role",
    "name": "called so there",
    "work": "does the same work",
    "chosen": "as you say",
}
_PHASE_HOW = {
    "name": "it is called so there",
    "lead": "the same roles lead it",
    "order": "it stands at the same place",
    "production": "what serves stays in production",
    "end": "it has ended",
}
# What a move does about what is open; of tier 1, and of the others.
_GATES = {
    True: "Tier 1: it moves on when everything on the lists is there.",
    False: "Tier {tier}: what is open when it moves on is noted; only an open condition stops it.",
}


def followed_card(found: Followed) -> Card:
    """Return which playbook an initiative follows, and which it could follow instead."""
    now = found.edition
    said: Text = (
        "It follows ",
        Bold(short(now.title)),
        f", version {now.version}, and is in {found.phase_name}.",
    )
    blocks: list[Block] = [Paragraph(said), Paragraph(_phases(found))]
    newer = next((each for each in found.others if each.id == now.id), None)
    if newer:
        blocks.append(Paragraph((f"Version {newer.version} of it is here.",)))
    others = [each for each in found.others if each.id != now.id]
    if others:
        blocks.append(Paragraph((Bold("It could follow instead:"),)))
        blocks.append(Bullets(tuple((Code(each.id), f" {each.title}") for each in others)))
    blocks.append(Note((_GATES[found.tier == 1].format(tier=found.tier),)))
    if not found.may_switch:
        blocks.append(Note((*phrases.people(found.able), " can change which one it follows.")))
    return Card(
        title=f"Playbook of {found.name}",
        subtitle=(Code(found.key),),
        blocks=tuple(blocks),
        buttons=_followed_buttons(found, newer, others),
        fallback=f"{found.name} follows {short(now.title)}, version {now.version}",
    )


def _phases(found: Followed) -> Text:
    """Return the way through the phases, the present one standing out."""
    here = [Bold(each) if each == found.phase_name else each for each in found.phases]
    return (Bold("Phases: "), *tuple(span for each in here for span in (" → ", each))[1:])


def _followed_buttons(
    found: Followed, newer: Edition | None, others: list[Edition]
) -> tuple[Button, ...]:
    buttons = [Button("Where it stands", f"status {found.key}")]
    if newer:
        look = render(PreviewSwitch(found.key, newer.id, newer.version))
        label = f"What would version {newer.version} change?"
        buttons.insert(0, Button(label, look, primary=True))
    if others:
        form = _another(found.key, others)
        first = render(PreviewSwitch(found.key, others[0].id))
        buttons.append(Button("Look at another one", first, form=form))
    return tuple(buttons)


def _another(key: str, others: list[Edition]) -> Form:
    choices = tuple((each.id, each.title) for each in others)
    field = Field("playbook", "Playbook", Kind.CHOICE, "", choices, choices[0][0], required=True)
    return Form("What would change?", f"playbook {key}", (field,), "Show me")


def plan_card(plan: Plan) -> Card:
    """Return what a switch would change; it is confirmed from here, once every role has a word."""
    lacking = [each for each in plan.roles if each.holders and not (each.becomes or each.stated)]
    blocks: list[Block] = [Paragraph(_phase_line(plan))]
    if plan.old.id == plan.new.id:
        blocks += playbook_differs.blocks(plan.differs)
    told = [each for each in plan.roles if not _stays(plan, each)]
    if told:
        blocks.append(Bullets(tuple(_role_line(each) for each in told)))
    if len(told) < len(plan.roles):
        rest = "Every other role stays" if told else "Every role stays"
        blocks.append(Paragraph((f"{rest} what it is, with the same people.",)))
    if lacking:
        names = phrases.words([phrases.role(each.role.name) for each in lacking])
        blocks.append(
            Paragraph(
                (
                    Bold("Before it can go on: "),
                    f"say what becomes of {names}.",
                )
            )
        )
    if plan.vacant:
        names = phrases.words([phrases.role(name) for name in plan.vacant])
        blocks.append(Note((f"Nobody would be {names}; the council lead stands in.",)))
    blocks += [Note(text) for text in _consequences(plan)]
    if not plan.may_switch:
        blocks.append(Note((*phrases.people(plan.able), " can switch it.")))
    return Card(
        title=f"What would change: {plan.name}",
        subtitle=(f"{_edition(plan.old)} → {_edition(plan.new)} · nothing is changed yet",),
        blocks=tuple(blocks),
        buttons=_plan_buttons(plan, complete=not lacking),
        tone=Tone.WARN if lacking else Tone.NEUTRAL,
        fallback=f"What would change for {plan.name} under {short(plan.new.title)}",
    )


def _edition(one: Edition) -> str:
    return f"{short(one.title)}, version {one.version}"


def short(title: str) -> str:
    """Return a title without what it says of itself in brackets."""
    return title.partition(" (")[0]


def _phase_line(plan: Plan) -> Text:
    if plan.phase_how == "same" and plan.phase.name == plan.phase_to.name:
        return (Bold("Phase: "), f"it stays in {plan.phase_to.name}.")
    why = _PHASE_HOW.get(plan.phase_how, "")
    because = f" ({why})" if why else ""
    return (Bold("Phase: "), f"{plan.phase.name} → ", Bold(plan.phase_to.name), f"{because}.")


def _role_line(change: RoleChange) -> Text:
    who: Text = (" (", *phrases.people(change.holders), ")") if change.holders else ()
    if change.becomes:
        names = " + ".join(phrases.role(each.name) for each in change.becomes)
        how = _HOW.get(change.how, "")
        return (change.role.name, *who, " → ", Bold(names), f" · {how}" if how else "")
    if change.stated:
        return (change.role.name, *who, " → no role there")
    return (change.role.name, *who, " → ", Bold("?"))


def _consequences(plan: Plan) -> list[Text]:
    found: list[Text] = []
    if plan.withdrawn:
        keys = phrases.words(plan.withdrawn)
        verb = "is" if len(plan.withdrawn) == 1 else "are"
        found.append((f"{keys} {verb} withdrawn; begin anew what is still needed there.",))
    if plan.lost and plan.kept:
        all_of = plan.kept + plan.lost
        found.append((f"{plan.kept} of {all_of} items stay checked off.",))
    elif plan.lost or plan.kept:
        stays = "stays so" if plan.kept else "does not count there; that phase has lists of its own"
        found.append((f"What is checked off {stays}.",))
    if plan.open:
        keys = phrases.words(plan.open)
        stays, calls = ("stay", "call") if len(plan.open) > 1 else ("stays", "calls")
        found.append((f"{keys} {stays} open, and {calls} the new roles from then on.",))
    return found


def _plan_buttons(plan: Plan, *, complete: bool) -> tuple[Button, ...]:
    buttons = [Button("Stay as it is", f"playbook {plan.key}")]
    if not plan.may_switch:
        return tuple(buttons)
    form = _mapping_form(plan)
    choose = Button(
        "Change who is who", _typed(plan, PreviewSwitch), primary=not complete, form=form
    )
    if complete:
        anew = f"version {plan.new.version} of " if plan.old.id == plan.new.id else ""
        what = f"{anew}{short(plan.new.title)}"
        ask = f"{plan.name} follows {what} from now on. Everybody will see it."
        go = Button("Switch", _typed(plan, Switch), primary=True, confirm=ask)
        return (go, choose, *buttons) if form.fields else (go, *buttons)
    return (choose, *buttons)


def _typed(plan: Plan, form: type[PreviewSwitch]) -> str:
    """Return the whole command: the phase, and what becomes of each role, said again."""
    roles: tuple[RoleMap, ...] = tuple(
        (each.role.id, tuple(to.id for to in each.becomes) or (NONE,))
        for each in plan.roles
        if (each.becomes or each.stated) and not _stays(plan, each)
    )
    phase = "" if plan.phase_how == "same" else plan.phase_to.id
    return render(form(plan.key, plan.new.id, plan.new.version, phase, roles))


def _stays(plan: Plan, change: RoleChange) -> bool:
    """Whether a role stays what it is in a new version, of which nobody need say a word."""
    return plan.old.id == plan.new.id and change.how == "same"


def _mapping_form(plan: Plan) -> Form:
    """Ask for the phase and for each role that is held; what is offered is chosen at first."""
    begin = render(PreviewSwitch(plan.key, plan.new.id, plan.new.version))
    phases = tuple((each.id, each.name) for each in plan.phases)
    asked = [
        Field("phase", "Phase", Kind.CHOICE, "--phase", phases, plan.phase_to.id, required=True)
    ]
    fields = tuple(_role_field(each, plan.new_roles) for each in plan.roles)
    fixed = len(phases) == 1 or plan.phase_how == "same"
    return Form("Who is who there?", begin, fields if fixed else (*asked, *fields), "Show me")


def _role_field(change: RoleChange, new_roles: tuple[Named, ...]) -> Field:
    names = " and ".join(each.name for each in change.becomes)
    offered = _value(change.role, [each.id for each in change.becomes])
    choices = {offered: names} if change.becomes else {}
    choices |= {_value(change.role, [each.id]): each.name for each in new_roles}
    choices[_value(change.role, [NONE])] = "No role there"
    who = ", ".join(each.name for each in change.holders)
    value = offered if change.becomes or change.stated else ""
    label = f"{change.role.name} ({who})" if who else change.role.name
    return Field(
        f"map_{change.role.id}",
        label,
        Kind.CHOICE,
        "--map",
        tuple(choices.items()),
        value,
        required=bool(change.holders),
    )


def _value(role: Named, targets: list[str]) -> str:
    return f"{role.id}={','.join(targets) or NONE}"
