"""Decisions about what may be cut, each citing its legal source."""
