"""One life's channel as a page to look at: `python -m tests.stories.picture > life.html`.

Every state that each card had stands in the order of time, so that the eye sees what a reader saw.
"""

import sys
import tempfile
from html import escape
from pathlib import Path

from bot.html import CARD_CSS, Reader, card_html
from tests.lives.channel import Listening, at_the_council
from tests.lives.living import HERE, a_desk_on, live
from tests.lives.plans import LIVES

_READER = Reader("local", "rui", "Europe/Berlin", ())
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>{css} body{{font:15px/1.45 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}}
h2{{font-size:.8rem;color:#666;font-weight:500;margin:1.6rem 0 .3rem}} .reply{{margin-left:2.5rem}}
</style></head><body><h1>{title}</h1>{body}</body></html>"""


def page(talk: Listening, title: str) -> str:
    """Return everything that was said in the channel as one page."""
    seen: set[str] = set()
    parts = []
    for at, heard in zip(talk.times, talk.heard, strict=True):
        if heard.to != HERE or heard.card is None:
            continue
        how = "in the thread" if heard.form == "reply" else "new"
        if heard.form != "reply" and heard.subject in seen:
            how = "changed in place"
        seen.add(heard.subject)
        kind = ' class="reply"' if heard.form == "reply" else ""
        head = escape(f"{at_the_council(at)} · {how} · {heard.kind}")
        parts.append(f"<div{kind}><h2>{head}</h2>{card_html(heard.card, _READER)}</div>")
    css = CARD_CSS.read_text(encoding="utf-8")
    return _PAGE.format(title=escape(title), css=css, body="".join(parts))


def main() -> None:
    """Write the page of the default playbook's life, or of the one that is named."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else LIVES[0].playbook
    life = next(each for each in LIVES if each.playbook == wanted)
    with (
        tempfile.TemporaryDirectory() as folder,
        a_desk_on(f"sqlite:///{Path(folder) / 'life.db'}") as desk,
    ):
        sys.stdout.write(page(live(desk, life).talk, f"A life: {life.playbook}"))


if __name__ == "__main__":
    main()
