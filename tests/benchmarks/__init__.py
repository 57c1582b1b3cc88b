"""Measurements against the budgets of the design: `python -m tests.benchmarks`, or `make bench`."""
