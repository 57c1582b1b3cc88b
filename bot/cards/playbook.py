"""Words for playbooks: which one an initiative follows, what another would change, that it did."""

from bot.cards import forms, phrases
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Facts,
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
from council.switching import NONE, Edition, Followed, Named, Plan, RoleChange, SwitchNews

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
_SHOWN = 8


def followed_card(found: Followed) -> Card:
    """Return which playbook an initiative follows, and which it could follow instead."""
    now = found.edition
    said: Text = (
        "It follows ",
        Bold(_short(now.title)),
        f", version {now.version}, and is in {found.phase_name}.",
    )
    blocks: list[Block] = [Paragraph(said)]
    newer = next((each for each in found.others if each.id == now.id), None)
    if newer:
        blocks.append(Paragraph((f"Version {newer.version} of it is here.",)))
    others = [each for each in found.others if each.id != now.id]
    if others:
        blocks.append(Bullets(tuple((Code(each.id), f" {each.title}") for each in others)))
    if not found.may_switch:
        blocks.append(Note(("Whoever leads the phase, or a council lead, can change it.",)))
    return Card(
        title=f"Playbook of {found.name}",
        subtitle=(Code(found.key),),
        blocks=tuple(blocks),
        buttons=_followed_buttons(found, newer, others),
        fallback=f"{found.name} follows {_short(now.title)}, version {now.version}",
    )


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
    return Card(
        title=f"What would change: {plan.name}",
        subtitle=(f"{_edition(plan.old)} → {_edition(plan.new)} · nothing is changed yet",),
        blocks=tuple(blocks),
        buttons=_plan_buttons(plan, complete=not lacking),
        tone=Tone.WARN if lacking else Tone.NEUTRAL,
        fallback=f"What would change for {plan.name} under {_short(plan.new.title)}",
    )


def _edition(one: Edition) -> str:
    return f"{_short(one.title)}, version {one.version}"


def _short(title: str) -> str:
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
    if plan.cases:
        keys = phrases.words(plan.cases)
        found.append((f"{keys} stay open, and call the new roles from then on.",))
    return found


def _plan_buttons(plan: Plan, *, complete: bool) -> tuple[Button, ...]:
    buttons = [Button("Stay as it is", f"playbook {plan.key}")]
    form = _mapping_form(plan)
    choose = Button(
        "Change who is who", _typed(plan, PreviewSwitch), primary=not complete, form=form
    )
    if complete:
        ask = f"{plan.name} follows {_short(plan.new.title)} from now on. Everybody will see it."
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


def switched_card(news: SwitchNews) -> Card:
    """Return how an initiative stands under its other playbook; to one person, what is theirs."""
    return _for_one(news) if news.person else _for_all(news)


def _for_all(news: SwitchNews) -> Card:
    same = news.old_title == news.title
    title = _short(news.title)
    what = f"version {news.version} of {title}" if same else title
    moved = f"{news.phase_from} goes on as {news.phase_name}."
    stays = f"It stays in {news.phase_name}."
    goes_on = stays if news.phase_from == news.phase_name else moved
    blocks: list[Block] = [Paragraph((f"It now follows {what}. {goes_on}",))]
    if news.holders:
        pairs = tuple((role, phrases.people(who)) for role, who in news.holders[:_SHOWN])
        blocks.append(Facts(pairs))
    if news.vacant:
        names = phrases.words([phrases.role(name) for name in news.vacant])
        blocks.append(Note((f"Nobody is {names} yet; the council lead stands in.",)))
    if news.withdrawn:
        verb = "was" if len(news.withdrawn) == 1 else "were"
        blocks.append(Note((f"{phrases.words(news.withdrawn)} {verb} withdrawn.",)))
    buttons = [
        Button("Where it stands", f"status {news.key}", primary=True),
        Button("Who is who", f"who {news.key}"),
    ]
    if news.vacant:
        form = forms.assign_form(news.key, news.roles, news.vacant[0])
        buttons.append(Button("Give a role", f"assign {news.key}", form=form))
    return Card(
        title=f"{news.name} follows another playbook" if not same else f"{news.name}: new version",
        subtitle=(Code(news.key), f" · {title}, version {news.version}"),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        tone=Tone.GOOD,
        fallback=f"{news.name} now follows {what}",
    )


def _for_one(news: SwitchNews) -> Card:
    before = phrases.words([phrases.role(name) for name in news.before])
    now = phrases.words([phrases.role(name) for name in news.now])
    said = f"It now follows {_short(news.title)}, and is in {news.phase_name}."
    was = f"You were {before}; " if before else ""
    yours = f"you are {now} there." if now else "you have no role there any more."
    theirs = (was + yours)[:1].upper() + (was + yours)[1:]
    return Card(
        title=f"Your part in {news.name}",
        subtitle=(Code(news.key),),
        blocks=(Paragraph((said,)), Paragraph((theirs,))),
        buttons=(Button("Who is who", f"who {news.key}", primary=True),),
        fallback=f"{news.name}: {theirs}",
    )
