"""An initiative in a business reader's words: four lines, and what they may learn next."""

from bot.cards import choices, phrases, staff
from bot.cards.model import Block, Bold, Bullets, Button, Card, Code, Paragraph, Text, When
from council.standing import Explained, Trouble

# What a class of signals means to somebody who does not build models.
_MEANS = {
    "service": "it is slow, or does not answer",
    "data_quality": "data comes late, broken or not at all",
    "data_drift": "what comes in is no longer like what it learned from",
    "prediction_drift": "its answers shift without anybody having changed it",
    "accuracy": "it is right less often than it was",
    "cost": "it costs more than planned",
    "compliance": "a rule that it must keep is in doubt",
    "business_kpi": "the business number that it serves gets worse",
}
_OUTCOMES = {
    "worked": "it worked",
    "partly": "it worked in part",
    "did_not_work": "it did not work",
    "cannot_tell": "nobody can tell yet whether it worked",
}


def explain_card(found: Explained, asker: str, zone: str) -> Card:
    """Return what it asks, what goes in, where it is used, what can go wrong; and a lesson."""
    blocks: list[Block] = [
        _line("The question", _question(found)),
        _line("What goes in", _inputs(found)),
        _line("Where it is used", _use(found, zone)),
        _line("What can go wrong", _risks(found)),
    ]
    if found.troubles:
        blocks.append(Bullets(tuple(_trouble(each, zone) for each in found.troubles)))
    blocks += staff.yours(found.lessons, asker)
    buttons = [Button("Where it stands", f"status {found.key}"), Button("Who", f"who {found.key}")]
    return Card(
        title=f"{found.name}, in plain words",
        subtitle=(Code(found.key),),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
        fallback=f"{found.name}, in plain words",
    )


def _line(head: str, said: Text) -> Paragraph:
    return Paragraph((Bold(f"{head}: "), *said))


def _question(found: Explained) -> Text:
    said: Text = (found.question or "nobody has written it down yet",)
    if not found.question:
        return (*said, " (", Code(f'edit {found.key} --question "…"'), ").")
    return (*said, f" Success: {found.objective}.") if found.objective else said


def _inputs(found: Explained) -> Text:
    if not found.features:
        return (*_who(found, "no monitor has named a feature yet", "it"), ".")
    named: list[Text] = [(Code(each),) for each in found.features]
    if found.more_features:
        named.append((f"{found.more_features} more",))
    return (*phrases.row(named), *_who(found, ", as far as monitors have named them"), ".")


def _who(found: Explained, before: str, what: str = "the rest") -> Text:
    if not found.data_people:
        return (before,)
    names = phrases.people(found.data_people)
    verb = "knows" if len(found.data_people) == 1 else "know"
    return (before, "; ", *names, f" {verb} {what} ({found.data_phase})")


def _use(found: Explained, zone: str) -> Text:
    if not found.since:
        return (f"not yet; it is in {found.phase_name}.",)
    which = f"version {found.version}" if found.version else "a version"
    runs: Text = (which, " runs in production since ", When(found.since, zone))
    if found.serves_in == found.phase_name:
        return (*runs, f" ({found.serves_in}).")
    return (*runs, f" ({found.serves_in}), while the next one is in {found.phase_name}.")


def _risks(found: Explained) -> Text:
    classes = dict.fromkeys(each.signal_class for each in found.troubles)
    known = [_MEANS[each] for each in classes if each in _MEANS]
    likely = known or [_MEANS["data_drift"], _MEANS["accuracy"]]
    before = "so far: " if known else "nothing did so far. Mostly: "
    watch: Text = ()
    if found.asked_first:
        watch = (" ", *phrases.people(found.asked_first), " would look into it.")
    return (before, "; or ".join(likely), ".", *watch)


def _trouble(each: Trouble, zone: str) -> Text:
    said = f" {phrases.class_name(each.signal_class)}, "
    head: Text = (Bold(each.key), said, When(each.opened_at, zone))
    if each.decided:
        how = _OUTCOMES.get(each.outcome)
        return (*head, f": decided to {choices.doing(each.decided)}{f'; {how}' if how else ''}.")
    return (*head, ": it is being looked into." if each.open else ": it is over.")
