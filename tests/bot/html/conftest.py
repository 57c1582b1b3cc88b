"""The cards of a case's life, as in tests/bot/cards."""

from tests.bot.cards.test_words import life

__all__ = ["life"]
