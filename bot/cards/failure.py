"""Words for refusals and mistakes: what is missing, what is near, who can help; never blame."""

from bot.cards import away, choices, handoff_draft, handoff_over, imported, no_way, phrases, settled
from bot.cards.model import Bold, Button, Card, Code, Paragraph, Text, Tone
from council.errors import Conflict, CouncilError, Faults, Invalid, NotAllowed, NotFound
from council.playbook import UnknownName

_WHY = {
    "moment": "is no time that lies ahead",
    "too_long_for_the_worst": "is too long; the worst severity is put off for 24 hours at most",
    "too_far_away": "is too far away; 90 days at most",
    "empty": "is empty",
    "not_needed_ahead": "is a role that no phase ahead needs",
    "only_owner": "names who sees to it; say also what must hold",
    "key": "may hold small letters, digits and dashes, 2 to 40 of them",
    "handle": "may hold small letters, digits, dots, dashes and underscores",
    "timezone": "is not an IANA zone such as Europe/Berlin",
    "integration_name": "may hold small letters, digits, dashes and underscores",
    "case_key": "is not a case; cases look like C-31",
    "two_people": "fits more than one person",
    "same_person": "is the one who leaves",
    "no_part_here": "has no part in this initiative; somebody who has can be asked",
    "ical_host": "is not a host that rotas may be read from; an operator names it in "
    "COUNCIL_ICAL_HOSTS and starts the council anew",
    "own_deputy": "is the person who is away; somebody else can stand in",
    "before_first": "is before the first day",
    "past": "is over already",
    "no_day": "is no day that I can read",
    "no_conditions": "goes with a handoff; to stand in is a yes or a no",
    "taken": "belongs to somebody else already",
    "council_wide": "is one for the whole council; council leads are named in COUNCIL_LEADS",
    "not_one_of": "is not one of those that fit",
    "phase_of_its_kind": "is no phase to go on in: what serves stays in production",
    "same_phase": "is another phase; a new version goes on where the old one was",
    "no_such_phase_there": "has nothing like it in that playbook",
    "unstated_phase": "must be chosen, with --phase",
    "link": "is not a web address; it begins with https:// or http://",
    "needed": "is needed, one line is enough",
    "own_packet": "takes it: somebody else than whoever offered it",
    "handoff_key": "is not a handoff; handoffs look like H-12",
    "header": "does not fit the table's first line",
    "link_with_secret": "holds a name or password; anybody who sees the card would read it",
    "too_long": "is too long",
    "https": "is not an address that begins with https://",
    "day_ahead": "is no day ahead; write 2026-12-12, in 3 weeks or 12 Dec",
    "repeated": "was chosen so often in a row that it is time for something else",
    "huddle_key": "is not a huddle; huddles look like R-7",
    "decision_key": "is not a decision; decisions look like D-9",
    "review_key": "is not a look back; those look like V-2",
}
# Why a choice is not the deciders' any more.
_LAST_WORD = {
    "the last word": "You see it differently, so",
    "the last word, out of time": "Time was up, so",
}
# What stands above a conflict that is none of something having moved on.
_TITLES = {
    "pressing": "Not yet",
    "last_asked": "Nobody else is left to ask",
    "resting": "Not yet",
    "archived": "Not yet",
    "agreed": "You said so already",
    "answered": "You said so already",
}
# Of these there are too many to name them all.
_SUCH_AS = frozenset({"country", "days", "hours", "quiet", "until", "zone"})
_NEAR_COMMANDS = {"initiative": "status {}", "case": "case {}"}


def refusal_card(error: CouncilError | UnknownName) -> Card:
    """Return the private answer to a command that the council could not follow."""
    match error:
        case (
            NotFound(noun=noun, given=given, nearest=nearest)
            | UnknownName(kind=noun, given=given, nearest=nearest)
        ):
            return _not_found(noun, given, nearest)
        case NotAllowed():
            return _not_allowed(error)
        case Conflict():
            return _conflict(error)
        case Invalid():
            return _invalid(error)
        case Faults():
            return imported.faults_card(error)
    return _card("That did not work", ("The council could not do that.",))


def _not_found(noun: str, given: str, nearest: tuple[str, ...]) -> Card:
    noun = noun.replace("_", " ")
    text: Text = (f"I know no {noun} called ", Code(given), ".")
    if nearest:
        near = phrases.row([(Code(name),) for name in nearest], " or ")
        text = (*text, " Did you mean ", *near, "?")
    template = _NEAR_COMMANDS.get(noun)
    buttons = [Button(name, template.format(name)) for name in nearest] if template else []
    return _card(f"No such {noun}", text, buttons=tuple(buttons))


def _not_allowed(error: NotAllowed) -> Card:
    if error.needs in _LAST_WORD and error.who:
        able = phrases.words([f"@{name}" for name in error.who], " or ")
        verb = "has" if len(error.who) == 1 else "have"
        said = f"{_LAST_WORD[error.needs]} {able} {verb} the last word in {error.subject}. "
        return _card("It is in one person's hands", (f"{said}Tell them what you think.",))
    text: Text = (
        f"To {error.deed.replace('_', ' ')} ",
        Code(error.subject),
        f" takes {error.needs.replace('_', ' ')}.",
    )
    if error.who:
        names = phrases.row([(f"@{name}",) for name in error.who], " or ")
        text = (*text, " These people can: ", *names, ".")
    else:
        text = (*text, " Nobody has one yet; a council lead can help.")
    return _card("Not yours to change", text)


def _conflict(error: Conflict) -> Card:
    if error.state == "away":
        return away.covered_card(error)
    if found := settled.settled(error):
        return _card("That has moved on", found[0], buttons=found[1])
    if words := no_way.said(error) or handoff_over.said(error):
        return _card(*words[:2], buttons=words[2])
    by = f" by @{error.by}" if error.by else ""
    said = {
        "resolved": f"It is resolved already{by}.",
        "answered": "You have said so already.",
        "agreed": f"You agreed to {error.subject} already; "
        + (f"it waits for @{error.by}." if error.by else "what is open there is waited for."),
        "another_step": f"It is at another step now: {error.by.replace('_', ' ')}.",
        "this_step": "It is at this step already.",
        "checked": f"That is done already{by}.",
        "open": "That is open already.",
        "moved": f"{error.subject} has gone on meanwhile, so this way does not begin there.",
        "move_done": f"{error.subject} is done already{by}.",
        "move_withdrawn": f"{error.subject} was withdrawn{by}.",
        "proposed": f"{error.subject} is proposed already{by}; answer or withdraw it first.",
        "paused": f"{error.subject} is paused, and nothing moves until somebody resumes it.",
        "here": "No absence runs or is planned, so there is nothing to end.",
        "over": f"{error.subject} is over.",
        "said_already": "You said so already; thank you.",
        "gone": f"{error.subject} has left the council. Who is there now?",
        "left": "You have left this council, so nothing here is yours to change any more. "
        "If that is wrong, a council lead can bring you back.",
        "taken": f"{error.subject} is in use already{f' (by {error.by})' if error.by else ''}.",
        "follows_it": f"{error.subject} follows this version already.",
        **dict.fromkeys(
            ("resting", "archived"),
            f"{error.subject} is archived. Take it out again first: archive --undo.",
        ),
        "archived_already": f"{error.subject} is archived already.",
        "not_archived": f"{error.subject} is not archived.",
        "last_asked": f"You are the last who is asked about {error.subject}. Name whoever can "
        f"take it: decline {error.subject} @somebody; or put it off: snooze {error.subject} 2h.",
        "paused_already": f"{error.subject} is paused already.",
        "not_paused": f"{error.subject} is not paused; its clocks run.",
        "awake": f"Nothing of {error.subject} is put off.",
        "pressing": f"{error.by} is pressing and still open; close it, or decide on it, first.",
        "changed_after_use": (
            f"{error.subject} was changed after it was first used. Give the new text a new version."
        ),
    }
    text = said.get(error.state, f"{error.subject} is {error.state.replace('_', ' ')} already{by}.")
    title = _TITLES.get(error.state, "That has moved on")
    return _card(title, (text,))


def _unstated(error: Invalid) -> Card:
    """Say which roles are held and what nobody said of them, with what could be said."""
    said = " ".join(f"--map {each}" for each in error.allowed)
    text: Text = (
        "Nothing is changed yet. Say what becomes of ",
        Bold(error.given),
        ", each of which somebody holds, such as ",
        Code(said),
        ".",
    )
    return _card("One word more", text)


def _invalid(error: Invalid) -> Card:
    if error.why == "lacks":
        return choices.lacking_card(error)
    if error.why == "unstated":
        return _unstated(error)
    if error.why == "items_open":
        strict = error.given == "strict"
        return handoff_draft.incomplete_card(error.name, error.allowed, strict=strict)
    why = _WHY.get(error.why, error.why.replace("_", " "))
    given: Text = (Code(error.given), " ") if error.given else ()
    text: Text = (f"{error.name.capitalize()}: ", *given, f"{why}.")
    if error.allowed and error.why != "taken":
        names = phrases.row([(Code(name),) for name in error.allowed], " or ")
        text = (*text, " For example: " if error.name in _SUCH_AS else " Possible: ", *names, ".")
    return _card("That does not fit", text)


def which_outcome_card(key: str, outcomes: tuple[str, ...]) -> Card:
    """Ask how a case ended, one button per answer."""
    return Card(
        title=f"How did {key} end?",
        fallback=f"How did {key} end?",
        blocks=(Paragraph(("One press closes it.",)),),
        buttons=tuple(Button(each.capitalize(), f"close {key} {each}") for each in outcomes),
    )


def broken_card(reference: str) -> Card:
    """Return the answer when something of ours broke; nothing was changed."""
    return _card(
        "That did not work",
        (
            "Something broke here, and nothing was changed. Please try again; if it stays, ",
            "tell your operator this number: ",
            Code(reference),
        ),
    )


def busy_card() -> Card:
    """Return the answer when the council is too busy to write."""
    return _card(
        "Just a moment",
        ("There is a lot to do right now, and nothing was changed. Please try again.",),
    )


def stranger_card() -> Card:
    """Return the answer to a guest or somebody from another company."""
    return _card(
        "For the council's own people",
        ("Guests and people from other companies cannot use it. Ask whoever invited you.",),
    )


def _card(title: str, text: Text, *, buttons: tuple[Button, ...] = ()) -> Card:
    plain = "".join(part if isinstance(part, str) else getattr(part, "text", "") for part in text)
    return Card(
        title=title, fallback=plain, blocks=(Paragraph(text),), buttons=buttons, tone=Tone.WARN
    )
