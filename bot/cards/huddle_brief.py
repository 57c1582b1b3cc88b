"""Words for what helps a huddle to decide: what monitors say, what was before, what changed."""

from bot.cards import choices, phrases
from bot.cards.case import condition_line
from bot.cards.model import Anchor, Block, Bold, Bullets, Code, Paragraph, Text, When
from council.cases import ConditionView
from council.huddles import Here, HuddleView

_LINKS = {"dashboard": "Dashboard", "report": "Report", "runbook": "Runbook", "source": "Source"}
_OUTCOMES = {
    "worked": "it worked",
    "partly": "it worked in part",
    "did_not_work": "it did not work",
    "cannot_tell": "nobody could tell",
}
_ENDED = {"noise": "closed as noise", "recovered": "recovered by itself"}


def blocks(view: HuddleView, zone: str) -> list[Block]:
    """Return what helps to decide; nothing is shown that is not known."""
    found: list[Block] = []
    if view.about:
        found.append(Paragraph((Bold("About: "), view.about)))
    brief = view.brief
    if brief.here:
        found.append(Paragraph((Bold("Decided here before"),)))
        found.append(Bullets(tuple(_here(each, zone) for each in brief.here)))
    if brief.evidence:
        found.append(Paragraph((Bold("What the monitors say"),)))
        found.append(Bullets(tuple(condition_line(each) for each in brief.evidence)))
    if brief.before:
        found.append(Paragraph((Bold("Seen before"),)))
        found.append(Bullets(tuple(_seen_before(view, n, zone) for n in range(len(brief.before)))))
    if brief.upstream:
        found.append(Paragraph((Bold("What changed lately"),)))
        found.append(Bullets(tuple(_changed(view, n, zone) for n in range(len(brief.upstream)))))
    return found


def _here(each: Here, zone: str) -> Text:
    """Say what was decided on the same thing, whether everybody agreed, and how it turned out."""
    by: Text = (" by ", *phrases.people(each.by)) if each.by else ()
    said: Text = (Code(each.key), f": {choices.plainly(each.kind)}", *by)
    said = (*said, " alone" if each.alone else "", ", ", When(each.at, zone))
    for member, line in each.contested:
        why = f" ({line.rstrip('. ')})" if line else ""
        said = (*said, "; ", phrases.person(member), f" sees it otherwise{why}")
    return (*said, f"; {_OUTCOMES[each.outcome]}" if each.outcome else "")


def _seen_before(view: HuddleView, place: int, zone: str) -> Text:
    each = view.brief.before[place]
    there: Text = (" in ", Code(each.initiative)) if each.initiative else ()
    when: Text = (Code(each.key), *there, " on ", When(each.opened_at, zone), ": ")
    if each.decision:
        turned = f"; {_OUTCOMES[each.outcome]}" if each.outcome else "; how it went is not known"
        said: Text = (choices.plainly(each.decision), f" ({each.decision_key}){turned}")
    else:
        said = (_ENDED.get(each.ended, "closed by hand"),)
    if each.helpers:
        said = (*said, ". ", *phrases.people(each.helpers), " can help")
    return (*when, *said)


def _changed(view: HuddleView, place: int, zone: str) -> Text:
    each = view.brief.upstream[place]
    when: Text = (", since ", When(each.at, zone))
    if each.kind == "handoff":
        return (Code(each.key), f" is on its way{f': {each.text}' if each.text else ''}", *when)
    if each.kind == "case":
        return (Code(each.key), ", data quality", *when)
    how = {"back": "went back to", "forward": "went on to"}.get(each.key, "came to")
    return (f"It {how} {each.text}", *when)


def links(evidence: tuple[ConditionView, ...]) -> Text:
    """Return the addresses that the evidence brought, each once."""
    found = {rel: href for each in reversed(evidence) for rel, href in each.links.items()}
    anchors: list[Text] = [
        (Anchor(words, found[rel]),) for rel, words in _LINKS.items() if rel in found
    ]
    return phrases.row(anchors, ", ")
