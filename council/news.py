"""What a notice says when it is sent: facts about its subject, resolved then and not before."""

from datetime import datetime


class News:
    """The facts of one notice; each kind is a frozen dataclass beside the noun it is about."""

    __slots__ = ()

    @property
    def overtaken(self) -> bool:
        """Whether nobody must act on it any more, so that no reply is sent."""
        return False

    @property
    def moot(self) -> bool:
        """Whether whoever has not seen a card on it need not be told any more."""
        return False

    @property
    def courtesy(self) -> bool:
        """Whether it is dropped when the person is not in chat."""
        return False

    @property
    def pressing(self) -> bool:
        """Whether it cannot wait: it is said in quiet hours too, and beyond the day's budget."""
        return False

    @property
    def answer_by(self) -> datetime | None:
        """Until when somebody has to answer before it comes to others; None: no clock runs."""
        return None

    @property
    def asks(self) -> bool:
        """Whether whoever it goes to is asked to do something."""
        return not self.courtesy
