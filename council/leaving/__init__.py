"""When somebody is away or leaves for good: what is open with them, and who takes it on."""

from council.leaving.erase import Erased, erase
from council.leaving.leave import Left, leave
from council.leaving.news import LeftNews, left_news
from council.leaving.open import open_with, suggested

__all__ = [
    "Erased",
    "Left",
    "LeftNews",
    "erase",
    "leave",
    "left_news",
    "open_with",
    "suggested",
]
