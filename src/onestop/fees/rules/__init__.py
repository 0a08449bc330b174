"""Decisions about money: what is owed, what is paid, what differs from the books of the platform."""
