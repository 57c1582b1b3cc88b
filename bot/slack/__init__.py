"""Slack: cards as Block Kit, the messenger, and what people send."""
