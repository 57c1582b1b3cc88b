"""The table of verbs, of which help, refusals and suggestions are made."""

import difflib
from types import MappingProxyType

from bot.grammar import nouns
from bot.grammar.verb import Verb

_OWN = (
    Verb("mine", (), "mine", "mine", "What waits for you", first=True),
    Verb(
        "status",
        (),
        "status [key]",
        "status late-order",
        "Where an initiative stands and what comes next",
        first=True,
    ),
    Verb(
        "new",
        (),
        'new "<name>" [--key K] [--playbook ID] [--phase P] [--tier 1-4] [--model NAME]…'
        ' [--channel ID] [--question "…"] [--objective "…"] [--private]',
        'new "Late order prediction" --key late-order --phase operations --model late-order-prod',
        "Open an initiative",
        first=True,
    ),
    Verb(
        "assign",
        ("unassign", "reassign"),
        "assign <key> <role> @handle [--remove]",
        "assign late-order data scientist @mei",
        "Give a role to somebody, or take it back",
        first=True,
    ),
    Verb(
        "flag",
        ("drift", "concern"),
        'flag <key> [signal class] [watch|act] "<what you saw>"',
        'flag late-order accuracy act "recall fell since Monday"',
        "Report what no monitor saw",
        first=True,
    ),
    Verb(
        "ack",
        ("acknowledge", "take"),
        "ack <case>",
        "ack C-31",
        "Take a case in hand",
        first=True,
    ),
    Verb(
        "list",
        (),
        "list [--phase P] [--all]",
        "list --phase operations",
        "The initiatives of this council",
    ),
    Verb(
        "close",
        ("resolve", "noise"),
        "close <case> [noise|fixed|expected|other] [reason]",
        'close C-31 fixed "the feed is back"',
        "End a case and say how it went",
    ),
    Verb("case", (), "case [case]", "case C-31", "What happened in a case, and who has it"),
    Verb(
        "simulate",
        (),
        "simulate <key> <signal class> <watch|act>",
        "simulate late-order accuracy act",
        "Who would be called, when and why; nobody is",
    ),
    Verb("help", (), "help [verb]", "help assign", "What you can type"),
)

# In the order in which help shows them: first the twelve that people remember.
_ORDER = (
    *("mine", "status", "who", "new", "assign", "done", "move", "handoff", "flag", "ack"),
    *("decide", "away", "list", "accept", "decline", "huddle", "outcome", "close", "case"),
    *("explain", "snooze", "pause", "resume", "live", "edit", "link", "archive", "undo"),
    *("playbook", "settings", "setup", "simulate", "help"),
)
VERBS = tuple(
    sorted(
        (*_OWN, *nouns.VERBS),
        key=lambda verb: _ORDER.index(verb.name) if verb.name in _ORDER else len(_ORDER),
    )
)

BY_WORD = MappingProxyType(
    {word: verb for verb in VERBS for word in (verb.name, *verb.aliases)},
)

# What the words that fill a place mean, wherever one of them is to be chosen.
MEANINGS = MappingProxyType(
    {
        "watch": "worth watching",
        "act": "time to act",
        "fixed": "it works again",
        "expected": "it is meant to be so",
        "noise": "not worth an alert",
        "other": "something else",
        "1": "business critical or high risk",
        "2": "important",
        "3": "useful",
        "4": "an experiment",
    }
)

# Promised, not here yet: each with the built verb that comes nearest in purpose.
NOT_BUILT = MappingProxyType(
    {
        "agenda": "mine",
        "board": "list",
        "digest": "mine",
        "find": "list",
        "impact": "status",
        "lesson": "who",
        "model": "edit",
        "report": "list",
        "share": "who",
    }
)


def nearest(word: str) -> tuple[str, ...]:
    """Return up to three words that `word` may have been meant as, one per verb, best first."""
    best: dict[str, str] = {}
    for close in difflib.get_close_matches(word, BY_WORD, n=8):
        best.setdefault(BY_WORD[close].name, close)
    return tuple(best.values())[:3]
