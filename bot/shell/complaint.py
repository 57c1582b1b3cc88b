"""What the shell itself cannot do: a file that is missing, a port that is taken."""


class Complaint(Exception):
    """Something to tell in a line; `code` is what the shell exits with."""

    def __init__(self, line: str, code: int = 1) -> None:
        """Remember the line and the code."""
        super().__init__(line)
        self.code = code
