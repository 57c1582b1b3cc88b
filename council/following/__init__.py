"""Everything open on an initiative follows a change of its people, its name, or who may see it.

`asked` tells whom each open thing asks, and by whose hours it is due; `follow` compares that with
how it was; `away` and `zones` do so where somebody is away, or works by another wall.
"""

from council.following.asked import asked
from council.following.follow import changes, follow, seeing_all
from council.following.terms import Before

__all__ = ["Before", "asked", "changes", "follow", "seeing_all"]
