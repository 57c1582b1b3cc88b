"""Words for a person's own settings: where they hear, when not, and what they get."""

from bot.cards import phrases
from bot.cards.model import (
    Block,
    Bold,
    Button,
    Card,
    Code,
    Facts,
    Field,
    Form,
    Kind,
    Note,
    Paragraph,
)
from bot.grammar.nouns.everyday import SETTINGS
from council.people import Preferences

_LABELS = {
    "hear": "Where I hear",
    "quiet": "Quiet hours",
    "hours": "Working hours",
    "days": "Working days",
    "zone": "Time zone",
    "country": "Holidays of",
    "digest": "Digest",
    "learning": "Learning",
}
_CHOICES = {
    "hear": (("chat", "In chat, as it happens"), ("digest", "In one summary")),
    "digest": (("weekly", "Every week"), ("monthly", "Every month"), ("off", "Not at all")),
    "learning": (("on", "Yes"), ("off", "No")),
}
_HINTS = {
    "quiet": "Such as 19-8, or off; what is not urgent waits until then",
    "hours": "Such as 9-17; deadlines count only these",
    "days": "Such as mon-fri, or mon,tue,thu",
    "zone": "Such as Europe/Berlin, or Berlin; your hours are on its clocks",
    "country": "Such as DE or DE-BY; its holidays are days off. Or none",
}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS = range(5)
USUAL = "usual"


def settings_card(found: Preferences, name: str = "", *, changed: bool = False) -> Card:
    """Return how the council treats somebody; `name` is the setting they asked for, or set."""
    names = (name, *(each for each in SETTINGS if each != name)) if name else SETTINGS
    pairs = tuple((_LABELS[each], (_value(found, each),)) for each in SETTINGS)
    blocks: list[Block] = []
    if changed:
        label = _LABELS[name].lower() if name != "hear" else "where you hear"
        blocks.append(Paragraph((Bold(f"Noted: {label}"), f" · {_value(found, name)}.")))
    blocks += [Facts(pairs), Note(("Only you see this.",))]
    if found.said:
        example = name if name in found.said else next(iter(found.said))
        usual = Code(f"/council settings {example} {USUAL}")
        blocks.append(Note(("To go back to what most people have: ", usual)))
    buttons = [_button(found, each, primary=each == name and not changed) for each in names]
    if changed:
        buttons.insert(0, Button("Undo", "undo"))
    return Card(
        title="Your settings",
        fallback=f"Your settings: {_LABELS[name].lower()}" if name else "Your settings",
        blocks=tuple(blocks),
        buttons=tuple(buttons),
    )


def _button(found: Preferences, name: str, *, primary: bool) -> Button:
    label = _LABELS[name]
    return Button(label, f"settings {name}", primary=primary, form=setting_form(name, found))


def setting_form(name: str, found: Preferences | None = None) -> Form:
    """Ask what one setting is to be, holding what it is."""
    now = _typed(found, name) if found else ""
    choices = _CHOICES.get(name, ())
    kind = Kind.CHOICE if choices else Kind.LINE
    hint = _HINTS.get(name, "")
    field = Field("value", _LABELS[name], kind, "", choices, now, required=True, hint=hint)
    return Form(_LABELS[name], f"settings {name}", (field,), "Save")


def any_setting_form() -> Form:
    """Ask which setting is to be what."""
    names = tuple((name, _LABELS[name]) for name in SETTINGS)
    example = "Such as 19-8 for quiet hours, or usual"
    return Form(
        "Your settings",
        "settings",
        (
            Field("setting", "Setting", Kind.CHOICE, "", names, SETTINGS[0], required=True),
            Field("value", "It should be", required=True, hint=example),
        ),
        "Save",
    )


def _value(found: Preferences, name: str) -> str:
    """Return how a setting stands, as people say it."""
    match name:
        case "quiet":
            if found.quiet_from is None or found.quiet_until is None:
                return "none"
            return f"{found.quiet_from:%H:%M} to {found.quiet_until:%H:%M}, and days off"
        case "hours":
            return f"{found.opens:%H:%M} to {found.closes:%H:%M}"
        case "days":
            return _days(found.days)
        case "country":
            return found.country or "no country"
    typed = _typed(found, name)
    return dict(_CHOICES[name])[typed].lower() if name in _CHOICES else typed


def _days(days: frozenset[int]) -> str:
    if days == frozenset(_WEEKDAYS):
        return "Monday to Friday"
    return phrases.words([_DAYS[day] for day in sorted(days)])


def _typed(found: Preferences, name: str) -> str:
    """Return how a setting stands, as it would be typed."""
    quiet = "off"
    if found.quiet_from is not None and found.quiet_until is not None:
        quiet = f"{found.quiet_from:%H:%M}-{found.quiet_until:%H:%M}"
    return {
        "hear": found.hear,
        "quiet": quiet,
        "hours": f"{found.opens:%H:%M}-{found.closes:%H:%M}",
        "days": ",".join(_DAYS[day].lower() for day in sorted(found.days)),
        "zone": found.zone,
        "country": found.country or "none",
        "digest": found.digest,
        "learning": "on" if found.learning else "off",
    }[name]
