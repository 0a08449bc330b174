"""A reason given to an applicant: what does not hold, and the rule that says so."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for refusing or stopping, with its legal ground (Decree 61/2018 Art 17(1))."""

    why: str
    ground: str

    def as_payload(self) -> dict[str, str]:
        """Return the reason as it is kept."""
        return asdict(self)


def find_faults_of_reasons(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """Return every reason why these reasons are not enough, as codes."""
    given = tuple(reasons)
    found = [] if given else ["refusal.no_reason"]
    if any(not reason.why.strip() for reason in given):
        found.append("refusal.empty_reason")
    if any(not reason.ground.strip() for reason in given):
        found.append("refusal.no_ground")
    return tuple(found)
