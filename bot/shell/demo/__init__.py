"""The demo: an embedded council, real captured requests, and what people would read.

`story` tells it, `terminal` is the chat platform that prints, `stage` sets up and serves.
"""

from bot.shell.demo.stage import play

__all__ = ["play"]
