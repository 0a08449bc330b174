"""How keys are named, and what a signature stands for."""

import re
from enum import StrEnum

_KEY = re.compile(r"(?:officer|seal|claim|system):[A-Za-z0-9][A-Za-z0-9._-]{0,47}")


class KeyKind(StrEnum):
    """Whose key it is (loại chứng thư số)."""

    OFFICER = "officer"  # chứng thư số cá nhân
    ORGANISATION = "organisation"  # chứng thư số cơ quan, tổ chức
    SYSTEM = "system"  # chứng thư số hệ thống


_KINDS = {
    "officer": KeyKind.OFFICER,
    "seal": KeyKind.ORGANISATION,  # puts the agency's seal on papers
    "claim": KeyKind.ORGANISATION,  # signs what QR codes and credentials say of them
    "system": KeyKind.SYSTEM,
}


class SignatureRole(StrEnum):
    """What a signature on a paper stands for (vai trò chữ ký).

    Source: Decree 30/2020/NĐ-CP, Annex I, part II: the competent person's signature and the organisation's; Circular
    01/2023/TT-VPCP: the officer's own on what is digitised.
    """

    LEADER = "leader"  # chữ ký số của người có thẩm quyền
    ORGANISATION = "organisation"  # chữ ký số của cơ quan
    INITIALS = "initials"  # ký nháy
    RECEIPT = "receipt"  # ký số phiếu
    COPY = "copy"  # ký số bản sao điện tử
    SCAN = "scan"  # ký số kết quả số hóa


class RevocationReason(StrEnum):
    """Why a certificate was revoked (lý do thu hồi). Source: RFC 5280, 5.3.1."""

    KEY_COMPROMISE = "key_compromise"  # lộ khóa
    AFFILIATION_CHANGED = "affiliation_changed"  # chuyển công tác
    SUPERSEDED = "superseded"  # đã được thay thế
    CESSATION = "cessation_of_operation"  # cơ quan chấm dứt hoạt động


def is_key_name(key: str) -> bool:
    """True for `officer:<account id>`, `seal:<unit code>`, `claim:<unit code>` and `system:<name>`."""
    return _KEY.fullmatch(key) is not None


def kind_of(key: str) -> KeyKind:
    """Return the kind that a key's name tells."""
    return _KINDS[key.partition(":")[0]]
