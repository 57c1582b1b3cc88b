"""Plain words as HTML."""

import pytest

from bot.workspace.crowd import Crowd
from bot.workspace.words import mentioned, words_html
from council.people import Member

CROWD = Crowd(
    {"mei": Member("1", "mei", "Mei Chen"), "ana.sol": Member("2", "ana.sol", "Ana <Sol>")}, "mei"
)

LINK = "http://a.test/?b=1&amp;c=2"


def shown(text: str) -> str:
    return str(words_html(text, "mei", CROWD, {"all": ""}))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>bold</b> & more", "&lt;b&gt;bold&lt;/b&gt; &amp; more"),
        ("*bold* _not_", "*bold* _not_"),
        ("one\ntwo\r\nthree", "one<br>two<br>three"),
        ("@mei, look", '<span class="mention ring me">@Mei Chen</span>, look'),
        (
            "ask @ana.sol.",
            'ask <span class="mention ring">@Ana &lt;Sol&gt;</span>.',
        ),
        ("@nobody", "@nobody"),
        ("mail mei@mei", "mail mei@mei"),
        (
            "see #all.",
            'see <a class="channel" href="#all">#all</a>.',
        ),
        ("issue #12", "issue #12"),
        (
            "(http://a.test/?b=1&c=2).",
            f'(<a href="{LINK}" rel="noopener noreferrer" target="_blank">{LINK}</a>).',
        ),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("hidden \u202eturn", "hidden turn"),
    ],
)
def test_words_become_only_the_markup_that_is_meant(text: str, html: str) -> None:
    assert shown(text) == f'<p dir="auto">{html}</p>'


def test_a_name_within_an_address_is_not_called() -> None:
    assert mentioned("https://example.org/@mei and @ana.sol") == {"ana.sol"}
