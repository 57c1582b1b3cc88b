"""Turns of talk that tests of handoffs share."""

from tests.talk import Said, Talk

ITEMS = 11


def whole(talk: Talk, key: str = "late-order", ref: str = "H-1", items: int = ITEMS) -> Said:
    """Have Ana begin a handoff and fill in everything."""
    talk.does("ana", f"handoff {key} trained model --version 7")
    values = " ".join(f'{number} "said of {number}"' for number in range(1, items + 1))
    return talk.does("ana", f"handoff {ref} {values}")


def offered(talk: Talk) -> Said:
    """Have Ana offer H-1 as a whole."""
    whole(talk)
    return talk.does("ana", "handoff H-1 offer")


def returned(talk: Talk) -> Said:
    """Have Mei give H-1 back."""
    offered(talk)
    return talk.does("mei", 'decline H-1 not_reproducible "the seed is missing" --next Thursday')


def conditional(talk: Talk) -> Said:
    """Have Mei accept H-1 on two conditions, one of them Bo's."""
    offered(talk)
    return talk.does(
        "mei", 'accept H-1 --condition "p95 under 80 ms" --condition "alerts agreed @bo"'
    )
