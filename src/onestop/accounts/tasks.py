"""Background entry points of accounts."""

from onestop.accounts.sessions import SessionStore


def clear_expired_sessions() -> None:
    """Delete sessions whose time is over; safe to run at any time."""
    SessionStore.clear_expired()
