"""When an alert begins and when it is over: once an episode, however often it is looked at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onestop.alerts.rules.kinds import AlertKind

Key = tuple[AlertKind, str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found wrong: of which kind, in which unit, with which indicator or thing (`subject`).

    `is_grave` is False for what is not worth an alert yet but does not end one either. `facts` are codes, whole numbers
    and per cents as text: what the words are filled with.
    """

    kind: AlertKind
    unit: str
    subject: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    is_grave: bool = True

    @property
    def key(self) -> Key:
        """What makes two findings the same trouble."""
        return self.kind, self.unit, self.subject


@dataclass(frozen=True, slots=True)
class Turns:
    """What turned since the last look: findings that begin an alert, keys of those that are over."""

    begins: tuple[Finding, ...]
    ends: tuple[Key, ...]


def find_turns(open_keys: Collection[Key], findings: Sequence[Finding], looked_at: Collection[AlertKind]) -> Turns:
    """Return what begins and what is over. Alerts of kinds that were not looked at stay as they are."""
    found = {finding.key: finding for finding in findings}
    begins = tuple(finding for key, finding in found.items() if finding.is_grave and key not in open_keys)
    ends = tuple(key for key in sorted(open_keys) if key[0] in looked_at and key not in found)
    return Turns(begins, ends)
