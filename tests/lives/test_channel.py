"""What somebody understands who reads one initiative's channel and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lives.channel import Post, as_read
from tests.lives.living import HERE, Living, a_desk_on, live
from tests.lives.plans import LIVES
from tests.stories.transcript import same_as_told

_HEAD = """\
A whole life of `late-order` with the playbook `lead-support-learn`, as its channel stands at the
end: every card once, as it reads after all that changed it, with what was said in its thread. It
goes from data to production, drifts, goes back to the features, and to production again; at the
end it is retired.
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """Return the life of the default playbook."""
    database: Path = tmp_path_factory.mktemp("life") / "life.db"
    with a_desk_on(f"sqlite:///{database}") as desk:
        yield live(desk, LIVES[0])


@pytest.fixture(scope="module")
def posts(lived: Living) -> list[Post]:
    return lived.talk.posts(HERE)


def test_the_channel_of_a_whole_life_reads_as_it_is_told(posts: list[Post]) -> None:
    same_as_told("life", "The channel of a whole life", f"{_HEAD}\n{as_read(posts)}")


def test_at_the_end_nothing_in_the_channel_asks_anybody_for_anything(posts: list[Post]) -> None:
    asking = [
        (button.label, post.states[-1][1].fallback)
        for post in posts
        for button in post.states[-1][1].buttons
        if button.primary
    ]
    assert asking == []


def test_nobody_is_written_to_who_can_read_the_channel(lived: Living) -> None:
    kinds = {heard.kind for _, heard, _ in lived.talk.direct()}
    assert kinds == {"assigned"}
