"""Words for links: those of an initiative or a case, one added, one removed."""

from bot.cards.model import (
    Anchor,
    Block,
    Bullets,
    Button,
    Card,
    Code,
    Field,
    Form,
    Kind,
    Note,
    Paragraph,
    Span,
)
from council.cases.linking import Links
from council.cases.links import Linked


def links_card(found: Links) -> Card:
    """Return the links of an initiative or a case, and what was just added or removed."""
    blocks: list[Block] = []
    if found.added:
        blocks.append(Paragraph(("Added: ", anchor(found.added), ".")))
    if found.removed:
        blocks.append(Paragraph((f"Removed: {found.removed.label}.",)))
    if found.links:
        blocks.append(Bullets(tuple((anchor(each),) for each in found.links)))
    else:
        example = Code(f"/council link {found.subject} https://example.atlassian.net/browse/ML-7")
        blocks.append(Paragraph(("No links yet. Add one: ", example)))
    buttons = [Button("Add a link", f"link {found.subject}", form=link_form(found.subject))]
    if found.added or found.removed:
        buttons.insert(0, Button("Undo", "undo"))
    if found.links:
        form = _remove_form(found)
        buttons.append(Button("Remove one", f"link {found.subject}", form=form))
    return Card(
        title=f"Links of {found.name}",
        subtitle=(Code(found.subject),),
        fallback=f"Links of {found.name}",
        blocks=tuple(blocks),
        buttons=tuple(buttons),
    )


def anchor(link: Linked) -> Anchor:
    """Return a link as it is shown."""
    return Anchor(link.label[:1].upper() + link.label[1:], link.url)


def links_line(links: tuple[Linked, ...]) -> list[Block]:
    """Return links in one line, where something has some."""
    if not links:
        return []
    spans: list[Span] = ["Links: "]
    for place, each in enumerate(links):
        spans += [" · "] if place else []
        spans.append(anchor(each))
    return [Note(tuple(spans))]


def link_form(key: str = "") -> Form:
    """Ask for an address, and what it is."""
    asked = () if key else (Field("key", "Initiative or case", required=True, hint="Its key"),)
    return Form(
        "Add a link",
        f"link {key}".strip(),
        (
            *asked,
            Field("address", "Address", required=True, hint="https://…"),
            Field("label", "Label", Kind.TEXT, hint="Left empty, it comes from the address"),
        ),
        "Add it",
    )


def _remove_form(found: Links) -> Form:
    choices = tuple((each.url, each.label) for each in found.links)
    field = Field("link", "Link", Kind.CHOICE, "--remove", choices, required=True)
    return Form("Remove a link", f"link {found.subject}", (field,), "Remove it")
