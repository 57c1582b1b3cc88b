"""Words for whose a case is: who stands in for whom, why it falls to the lead, who passed it on."""

from bot.cards import phrases
from bot.cards.away import last_day
from bot.cards.model import Text
from council.announcements import CaseNews
from council.cases import CaseView


def why_they_are_asked(view: CaseView) -> list[Text]:
    """Say why others than the people in a role are asked: it is vacant, or they are away."""
    if view.status != "open":
        return []
    notes: list[Text] = []
    if vacant := _roles(view, "nobody"):
        names = phrases.words(vacant, " or ")
        notes.append((f"Nobody is {names}, so the council lead is asked.",))
    if away := _roles(view, "away"):
        verb = "is" if len(away) == 1 else "are"
        said = f"The {phrases.words(away)} {verb} away and nobody stands in"
        notes.append((f"{said}, so the council lead is asked.",))
    return [*notes, *_deputies(view)]


def _roles(view: CaseView, reason: str) -> list[str]:
    found = [role for each in view.owners for role, why in each.stands_in if why == reason]
    return [phrases.role(view.role_names.get(one, one)) for one in dict.fromkeys(found)]


def _deputies(view: CaseView) -> list[Text]:
    """Say for whom deputies are asked, and until when that is."""
    absent = {one.absent.id: (each, one) for each in view.owners for one in each.deputy_for}
    notes: list[Text] = []
    for each, one in absent.values():
        until = f", who is away until {last_day(one)}" if one.until else ""
        names = (phrases.person(each.member), " stands in for ", phrases.person(one.absent))
        notes.append((*names, f"{until}."))
    return notes


def passed_to(news: CaseNews, ring: Text) -> Text:
    """Say that a case comes to somebody, and why in the words of whoever passed it on."""
    key = news.case.key
    if not ring and news.passed_on:
        member, reason = news.passed_on
        left = phrases.people([each.member for each in news.case.owners])
        return (phrases.person(member), f" cannot: “{reason}”. {key} is still with ", *left, ".")
    if news.passed_on is None:
        return (*ring, f": {key} comes to you, because somebody it was sent to cannot.")
    member, reason = news.passed_on
    return (*ring, f": {key} comes to you. ", phrases.person(member), f" says: “{reason}”.")
