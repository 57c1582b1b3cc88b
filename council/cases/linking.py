"""Links: an address of Jira, GitHub or anything else that belongs to an initiative or a case."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from council import changes, initiatives, ledger
from council.cases import views
from council.cases.links import Linked, links_of
from council.desk import Desk
from council.errors import Invalid, NotFound
from council.tables import Link

ADDED, REMOVED = "link.added", "link.removed"
_LONGEST, _LONGEST_LABEL = 2_000, 60
# What people call the tool behind a host; a host that ends so, or holds the word.
_TOOLS = {
    "github.com": "GitHub",
    "gitlab": "GitLab",
    "bitbucket.org": "Bitbucket",
    "atlassian.net": "Jira",
    "jira": "Jira",
    "confluence": "Confluence",
    "linear.app": "Linear",
    "notion.so": "Notion",
    "docs.google.com": "Google Docs",
    "sharepoint.com": "SharePoint",
    "wandb.ai": "Weights & Biases",
    "mlflow": "MLflow",
    "grafana": "Grafana",
    "meet.google.com": "meeting",
    "zoom.us": "meeting",
    "teams.microsoft.com": "meeting",
}


@dataclass(frozen=True, slots=True)
class Links:
    """The links of an initiative or a case; `added` or `removed` is what was changed just now.

    `subject` is a key such as `late-order` or `C-31`, `name` that of the initiative.
    """

    subject: str
    name: str
    links: tuple[Linked, ...]
    added: Linked | None = None
    removed: Linked | None = None


def show_links(desk: Desk, key: str) -> Links:
    """Return the links of an initiative or a case; raises NotFound."""
    subject, name, key = _subject(desk, "", key)
    return Links(key, name, links_of(desk, subject))


def add_link(desk: Desk, actor: str, key: str, url: str, label: str = "") -> Links:
    """Add a link; one that is there already gets the new label, if one is given.

    Raises Invalid for what is no plain http or https address.
    """
    subject, name, key = _subject(desk, actor, key)
    url = _checked(url)
    label = label.strip()[:_LONGEST_LABEL] or label_of(url)
    for row in desk.books.everyday.links(subject):
        if row.url == url and row.label == label:
            return Links(key, name, links_of(desk, subject))
        if row.url == url:
            take_off(desk, row)
    row = Link(
        id=desk.ids.new(),
        council_id=desk.council_id,
        subject=subject,
        label=label,
        url=url,
        added_by=actor,
        added_at=desk.now(),
    )
    desk.books.add(row)
    changes.note(desk, actor, ADDED, subject, {"link": row.id})
    write_link(desk, actor, ADDED, row)
    return Links(key, name, links_of(desk, subject), added=Linked(label, url))


def remove_link(desk: Desk, actor: str, key: str, what: str) -> Links:
    """Remove a link by its address or label; raises NotFound with the labels that there are."""
    subject, name, key = _subject(desk, actor, key)
    rows = desk.books.everyday.links(subject)
    meant = what.strip().casefold()
    for row in rows:
        if meant in {row.url.casefold(), row.label.casefold()}:
            take_off(desk, row)
            changes.note(desk, actor, REMOVED, subject, {"link": row.id})
            write_link(desk, actor, REMOVED, row)
            removed = Linked(row.label, row.url)
            return Links(key, name, links_of(desk, subject), removed=removed)
    raise NotFound("link", what, tuple(row.label for row in rows[:3]))


def take_off(desk: Desk, row: Link) -> None:
    """Mark a link as removed."""
    row.removed_at = desk.now()
    desk.books.add(row)


def write_link(desk: Desk, actor: str, kind: str, row: Link) -> None:
    """Write into the ledger what became of a link."""
    owner = desk.books.everyday.owners_of([row.subject]).get(row.subject, "")
    facts = {"initiative": owner, "link": row.id}
    texts = {"url": (row.url, row.added_by), "label": (row.label, row.added_by)}
    ledger.append(desk, [ledger.Entry(kind, actor, row.subject, facts, texts)])


def label_of(url: str) -> str:
    """Return what people call the tool behind an address; its host, if that is not known."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host.endswith("atlassian.net") and parts.path.startswith("/wiki"):
        return "Confluence"
    for known, label in _TOOLS.items():
        if host == known or host.endswith(f".{known}") or known in host.split("."):
            return label
    return host


def _checked(url: str) -> str:
    text = url.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Invalid("link", url, "link") from None
    plain = text.isprintable() and not any(char in ' "<>\\' for char in text)
    if parts.scheme.lower() not in {"http", "https"} or not host or not plain:
        raise Invalid("link", url[:_LONGEST], "link")
    if parts.username is not None or parts.password is not None:
        raise Invalid("link", "", "link_with_secret")
    if len(text) > _LONGEST:
        raise Invalid("link", "", "too_long")
    return text


def _subject(desk: Desk, actor: str, key: str) -> tuple[str, str, str]:
    """Return a subject, the initiative's name and the key; an actor must be one who may change."""
    if key[:2].upper() == "C-" and key[2:].isdecimal():
        case, initiative = views.get(desk, key)
        subject, key = f"case:{case.id}", views.case_key(case.number)
    else:
        initiative = initiatives.get(desk, key)
        subject, key = f"initiative:{initiative.id}", initiative.key
    if actor:
        initiatives.editable(desk, actor, initiative.key, "link")
    return subject, initiative.name, key
