"""The door for monitoring systems: bytes come in, signals go out.

A request walks through these rooms in order. `transports` says who sent it, `body` reads its
bytes within limits and as strict JSON, `native` turns it into signals, with `plain` for single
values. Nothing here decides what a signal means, and nothing here trusts what it reads.
"""
