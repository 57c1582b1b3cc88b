"""Cards as HTML: one look for the local workspace, the web pages and e-mail."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.html.card import card_html
from bot.html.spans import Reader

CARD_CSS: Traversable = files(__name__) / "card.css"
"""How cards and their forms look; `read_text()` gives it, from a wheel too."""

__all__ = ["CARD_CSS", "Reader", "card_html"]
