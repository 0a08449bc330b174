"""Which messages become letters, and when a letter is tried again (RFC 5321, 4.5.4.1: ever longer pauses)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from onestop.notices.rules.messages import Topic

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person chose: topics, since when, and whether the address is confirmed."""

    topics: frozenset[str]
    since: datetime
    is_confirmed: bool

    def wants(self, topic: Topic, happened_at: datetime) -> bool:
        """True if what happened then is to be told by e-mail."""
        return self.is_confirmed and topic in self.topics and happened_at >= self.since


def pause(tries: int) -> timedelta:
    """Return how long to wait after so many tries: one minute, doubled each time, at most an hour."""
    doublings = min(max(0, tries - 1), 10)
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))
