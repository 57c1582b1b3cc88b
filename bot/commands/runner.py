"""What runs one kind of command: its use case, or its question, and the card that answers."""

from collections.abc import Callable
from typing import Any

from bot.cards.model import Card
from council.desk import Desk

Runner = Callable[[Desk, str, Any], Card]
