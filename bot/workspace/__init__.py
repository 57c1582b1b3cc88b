"""A chat in the browser, for the demo: a platform like Slack, in memory and on loopback only."""
