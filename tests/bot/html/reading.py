"""HTML read strictly: every element is closed in its turn, and nothing is repaired."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"hr", "input"}


@dataclass
class Element:
    """An element with what it holds, in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    inside: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text that it shows, as it stands there."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def all(self, tag: str = "", css: str = "") -> "list[Element]":
        """Return the elements in it with a tag and a class, in order."""
        children = [part for part in self.inside if isinstance(part, Element)]
        found = []
        for child in children:
            fits = tag in {"", child.tag} and (not css or css in child.classes)
            found += [*([child] if fits else []), *child.all(tag, css)]
        return found

    def one(self, tag: str = "", css: str = "") -> "Element":
        """Return the only such element."""
        (found,) = self.all(tag, css)
        return found

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute of {tag} is there twice"
        new = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(new)
        if tag not in VOID:
            self.open.append(new)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/> is not HTML: {attrs}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")


def read(html: str) -> Element:
    """Return what holds all elements of a piece of HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    (top,) = reader.open
    return top
