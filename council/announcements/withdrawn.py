"""News for a channel where a card stands that may not be read there any more."""

from dataclasses import dataclass

from council.desk import Desk
from council.news import News
from council.notices import Form
from council.outbox import Claimed

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class WithdrawnNews(News):
    """What the card was about became private: it names nobody and nothing."""


def withdrawn_news(desk: Desk, claimed: Claimed) -> WithdrawnNews | None:
    """Return what stands in the place of a card from now on; None if it stands there already."""
    if claimed.form is not Form.CARD or claimed.card is None:
        return None
    before = desk.books.outbox.last_sent(claimed.lane, claimed.subject, claimed.audience)
    return None if before == WITHDRAWN else WithdrawnNews()
