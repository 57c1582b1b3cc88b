"""What a key alone shows where no verb does: a proposed move, a look back."""

from collections.abc import Mapping

from bot.cards.model import Card
from bot.cards.move import move_card
from bot.commands import huddles
from bot.commands.runner import Runner
from bot.grammar.nouns.keys import Open
from council import moves
from council.desk import Desk


def _open(desk: Desk, actor: str, form: Open) -> Card:
    if form.ref.startswith("V-"):
        return huddles.show_review(desk, actor, form.ref)
    return move_card(moves.describe(desk, *moves.get(desk, form.ref)))


WRITES: Mapping[type, Runner] = {}
READS: Mapping[type, Runner] = {Open: _open}
