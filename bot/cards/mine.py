"""Words for what waits for one person, and where they have a part."""

from bot.cards import phrases, waiting
from bot.cards.model import (
    Block,
    Bold,
    Bullets,
    Button,
    Card,
    Code,
    Divider,
    Note,
    Paragraph,
    Text,
)
from council.standing import MyDay, OpenCase


def mine_card(day: MyDay) -> Card:
    """Return what waits for a person."""
    blocks: list[Block] = []
    buttons: list[Button] = []
    if day.to_answer:
        blocks.append(Paragraph((Bold("Waiting for your answer"),)))
        blocks.append(Bullets(tuple(_my_case(case) for case in day.to_answer)))
        first = day.to_answer[0].key
        buttons = [Button(f"Open {first}", f"case {first}", primary=True)]
    if asked := waiting.mine(day.waiting):
        blocks += [Paragraph((Bold("Asked of you"),)), asked]
        buttons += [
            waiting.opening(each, primary=place < 1) for place, each in enumerate(day.waiting[:3])
        ]
    if day.in_hand:
        blocks.append(Paragraph((Bold("In your hands"),)))
        blocks.append(Bullets(tuple(_my_case(case) for case in day.in_hand)))
    if not blocks:
        blocks.append(Paragraph(("Nothing waits for you.",)))
    if others := waiting.on_others(day.others):
        blocks += [Paragraph((Bold("Waiting for others"),)), others]
    if day.roles:
        blocks.append(Divider())
        items = tuple(
            (Code(key), f" {name}: you are {phrases.role(role)}, in {phase}")
            for key, name, role, phase in day.roles
        )
        blocks.append(Bullets(items))
    if day.lead:
        blocks.append(Note(("You are a council lead: what nobody holds comes to you.",)))
    return Card(
        title=f"{day.member.name}, your part",
        fallback=_how_much(day),
        blocks=tuple(blocks),
        buttons=tuple(buttons),
    )


def _how_much(day: MyDay) -> str:
    cases = phrases.count(len(day.to_answer), "case")
    other = f" and {phrases.count(len(day.waiting), 'other thing')}" if day.waiting else ""
    return f"{cases}{other} waiting for you"


def _my_case(case: OpenCase) -> Text:
    about = phrases.class_name(case.signal_class)
    return (Bold(case.key), f" {about} · {case.severity} · ", Code(case.initiative))
