"""Who acts, as what: the principal that every operation and query is handed."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may act as (vai trò)."""

    APPLICANT = "applicant"  # tổ chức, cá nhân nộp hồ sơ
    ONE_STOP_OFFICER = "one_stop_officer"  # công chức Bộ phận Một cửa
    SPECIALIST = "specialist"  # chuyên viên thụ lý
    DIVISION_HEAD = "division_head"  # lãnh đạo phòng
    LEADER = "leader"  # lãnh đạo cơ quan
    CLERK = "clerk"  # văn thư
    AUDITOR = "auditor"  # kiểm soát thủ tục hành chính
    ADMINISTRATOR = "administrator"  # quản trị hệ thống


@dataclass(frozen=True, slots=True)
class Principal:
    """Who acts, in which post, for whom, and with which key.

    `unit_ids` holds the own unit and all subordinate ones; `key` names the signing key, e.g.
    `officer:12`, `seal:H49.21`, `system:portal`. An applicant has no post; an officer no applicants.
    """

    account_id: int | None
    name: str
    roles: frozenset[Role]
    key: str
    applicant_ids: frozenset[int] = frozenset()
    posting_id: int | None = None
    post_code: str = ""
    unit_id: int | None = None
    unit_code: str = ""
    unit_ids: frozenset[int] = frozenset()
    on_behalf_of: str = ""

    def has(self, *roles: Role) -> bool:
        """True if the principal acts in any of `roles`."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Principal(account_id=None, name="system", roles=frozenset(), key="system:portal")
