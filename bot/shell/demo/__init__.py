"""The demo: an embedded council with a past, real captured requests, and a chat to try it in.

`town` says who is there, `past` lives through their last three weeks, `story` tells what `--once`
shows, `scene` is how they all act through the front doors, `stage` sets up, serves and ends.
"""

from bot.shell.demo.stage import play

__all__ = ["play"]
