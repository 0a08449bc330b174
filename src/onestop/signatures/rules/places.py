"""Where signatures stand on a page.

Source: Decree 30/2020/NĐ-CP, Annex I: the leader's signature stands at the lower right (box 7a), the organisation's
at the place of the stamp, overlapping the leader's on its left (box 8); on an electronic copy of a paper the
organisation's signature stands at the top right of page 1. Circular 01/2023/TT-VPCP: the officer's signature on a
digitised paper stands at the top left of page 1.
"""

from dataclasses import dataclass
from typing import TypeAlias

from onestop.trust.rules.names import SignatureRole

Box: TypeAlias = tuple[int, float, float, float, float]
"""Page (from 0; -1 is the last), then x0, y0, x1, y1 in points from the lower left corner of the page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as shares of the page, so that it fits A4 and A5 alike."""

    page: int
    left: float
    bottom: float
    width: float
    height: float

    def on(self, width: float, height: float) -> tuple[float, float, float, float]:
        """Return x0, y0, x1, y1 in points on a page of this size."""
        x0, y0 = self.left * width, self.bottom * height
        return (round(x0, 2), round(y0, 2), round(x0 + self.width * width, 2), round(y0 + self.height * height, 2))


DEFAULT_PLACES: dict[SignatureRole, Place] = {
    SignatureRole.LEADER: Place(-1, 0.56, 0.14, 0.36, 0.075),
    SignatureRole.ORGANISATION: Place(-1, 0.30, 0.12, 0.30, 0.075),
    SignatureRole.INITIALS: Place(-1, 0.14, 0.01, 0.34, 0.038),
    SignatureRole.RECEIPT: Place(0, 0.62, 0.90, 0.32, 0.065),
    SignatureRole.COPY: Place(0, 0.62, 0.93, 0.35, 0.06),
    SignatureRole.SCAN: Place(0, 0.03, 0.93, 0.35, 0.06),
}


@dataclass(frozen=True, slots=True)
class FieldWish:
    """A place kept for a signature to come: whose it is, what is read aloud, where (by default the role's place)."""

    role: SignatureRole
    spoken: str
    box: Box | None = None
