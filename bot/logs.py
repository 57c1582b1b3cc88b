"""Structured logs on standard error; secrets and request bodies never reach them."""

import logging
import sys

import structlog


def set_up(*, verbose: bool = False) -> None:
    """Send every log line to standard error, as text for people or JSON where nobody watches."""
    level = logging.DEBUG if verbose else logging.INFO
    watched = sys.stderr.isatty()
    render: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    for chatty in ("apscheduler", "slack_bolt", "slack_sdk", "httpx", "alembic"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
