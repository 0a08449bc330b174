"""Trust lists: which services were granted what, since when, until when (danh sách tin cậy).

Source: ETSI TS 119 612, 5.5 (service information, status, history). A service withdrawn later does not undo what was
signed while it was granted; a list past its next update says nothing about what came after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ServiceKind(StrEnum):
    """What a service on a list issues."""

    CERTIFICATES = "certificates"  # cấp chứng thư số
    STAMPS = "stamps"  # cấp dấu thời gian


@dataclass(frozen=True, slots=True)
class Status:
    """Granted or not, from a moment on."""

    since: datetime
    granted: bool


@dataclass(frozen=True, slots=True)
class Service:
    """A service of a list: its certificate (DER) is believed for its kind, at the moments when it was granted."""

    name: str
    kind: ServiceKind
    certificate: bytes
    history: tuple[Status, ...]
    until: datetime | None = None
    """The next update of its list: what the list says ends there."""

    def granted_at(self, moment: datetime) -> bool:
        """True if the status in force at the moment was granted."""
        past = [status for status in self.history if status.since <= moment]
        return bool(past) and max(past, key=lambda status: status.since).granted


class Standing(StrEnum):
    """How a certificate stands on the lists at a moment."""

    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    OUTDATED = "outdated"  # granted by a list that ended before the moment
    ABSENT = "absent"


def find_standing(services: Iterable[Service], certificate: bytes, kind: ServiceKind, moment: datetime) -> Standing:
    """Return the best standing that any list gives a certificate for a kind of service at a moment."""
    found = [service for service in services if service.certificate == certificate and service.kind is kind]
    granted = [service for service in found if service.granted_at(moment)]
    if any(service.until is None or moment <= service.until for service in granted):
        return Standing.GRANTED
    if granted:
        return Standing.OUTDATED
    return Standing.WITHDRAWN if found else Standing.ABSENT
