"""In which order a paper is signed, and how far a signature is carried.

Sources: Decree 30/2020/NĐ-CP Art 10 (who drafts and who checks initial first), Art 13 (the competent person signs), Art
18 and 26 and Annex I (the organisation signs last); ETSI EN 319 142-1, 6 (baseline levels).
"""

from collections.abc import Collection
from enum import StrEnum

from onestop.trust.rules.names import SignatureRole

LEGAL_ORDER = (SignatureRole.INITIALS, SignatureRole.LEADER, SignatureRole.ORGANISATION)


class Level(StrEnum):
    """How far a signature is carried (mức chữ ký PAdES)."""

    B_B = "B-B"  # ký số
    B_T = "B-T"  # có dấu thời gian
    B_LT = "B-LT"  # có dữ liệu kiểm tra lâu dài
    B_LTA = "B-LTA"  # có dấu thời gian lưu trữ


def find_later(role: SignatureRole, signed: Collection[SignatureRole]) -> SignatureRole | None:
    """Return a role that comes after `role` in the legal order and has signed already, or None."""
    if role not in LEGAL_ORDER:
        return None
    later = LEGAL_ORDER[LEGAL_ORDER.index(role) + 1 :]
    return next((one for one in later if one in signed), None)
