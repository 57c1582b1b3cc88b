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
        ("<b>bold</b> & more", "<p>&lt;b&gt;bold&lt;/b&gt; &amp; more</p>"),
        ("*bold* _not_", "<p>*bold* _not_</p>"),
        ("one\ntwo\r\nthree", "<p>one<br>two<br>three</p>"),
        ("@mei, look", '<p><span class="mention ring me">@Mei Chen</span>, look</p>'),
        (
            "ask @ana.sol.",
            '<p>ask <span class="mention ring">@Ana &lt;Sol&gt;</span>.</p>',
        ),
        ("@nobody", "<p>@nobody</p>"),
        ("mail mei@mei", "<p>mail mei@mei</p>"),
        (
            "see #all.",
            '<p>see <a class="channel" href="#all" data-place="all">#all</a>.</p>',
        ),
        ("issue #12", "<p>issue #12</p>"),
        (
            "(http://a.test/?b=1&c=2).",
            f'<p>(<a href="{LINK}" rel="noopener noreferrer" target="_blank">{LINK}</a>).</p>',
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("hidden \u202eturn", "<p>hidden turn</p>"),
    ],
)
def test_words_become_only_the_markup_that_is_meant(text: str, html: str) -> None:
    assert shown(text) == html


def test_a_name_within_an_address_is_not_called() -> None:
    assert mentioned("https://example.org/@mei and @ana.sol") == {"ana.sol"}
