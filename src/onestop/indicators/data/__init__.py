"""Definitions and schemes as data: read by `queries.definitions`, never by code that knows their codes."""
