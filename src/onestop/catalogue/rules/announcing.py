"""Whether a version may be published as it stands: its decision signed, its eligibility explained."""

from dataclasses import dataclass
from datetime import date

from onestop.catalogue.rules.kinds import OnlineLevel


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a decision of publication (quyết định công bố) says besides the content.

    `decided_on` is None where the day of signing is not known, `is_eligible` where nothing is said of full-process.
    """

    decision: str
    decided_on: date | None
    level: OnlineLevel
    is_eligible: bool | None
    eligibility_reason: str


def find_announcement_faults(announcement: Announcement, *, today: date) -> tuple[str, ...]:
    """Return everything that keeps a decision from being published, as codes of refusal.

    A procedure left out of full-process needs the reason why. Sources: Decree 63/2010/NĐ-CP Art 15; Decree
    224/2026/NĐ-CP Art 14.
    """
    kept_out = announcement.is_eligible is False
    faults = {
        "catalogue.decision_missing": not announcement.decision.strip(),
        "catalogue.decision_not_signed_yet": announcement.decided_on is not None and announcement.decided_on > today,
        "catalogue.eligibility_unexplained": kept_out and not announcement.eligibility_reason.strip(),
        "catalogue.full_though_not_eligible": kept_out and announcement.level is OnlineLevel.FULL,
    }
    return tuple(code for code, holds in faults.items() if holds)
