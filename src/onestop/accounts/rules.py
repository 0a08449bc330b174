"""Who acts, as what: the principal that every operation and query is handed."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from onestop.errors import Fault

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")


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
    Who acts by delegation has `on_behalf_of` set to the delegating officer, e.g. `officer:7`; if `only_verbs` is not
    empty, the delegation covers no other verbs.
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
    only_verbs: frozenset[str] = frozenset()

    def has(self, *roles: Role) -> bool:
        """True if the principal acts in any of `roles`."""
        return not self.roles.isdisjoint(roles)

    def may_by_delegation(self, verb: str) -> bool:
        """True unless the principal acts by a delegation that leaves `verb` out."""
        return not self.only_verbs or verb in self.only_verbs


@dataclass(frozen=True, slots=True)
class GuessLimit:
    """How often somebody may be wrong about a secret: `most` times within `within`, then not asked until it is over."""

    purpose: str
    most: int
    within: timedelta

    def wait(self, since: datetime, wrong: int, at: datetime) -> timedelta:
        """Return how long to wait after `wrong` guesses, the first of them at `since`; zero if one may go on."""
        over = since + self.within - at
        return over if wrong >= self.most and over > timedelta() else timedelta()


SYSTEM = Principal(account_id=None, name="system", roles=frozenset(), key="system:portal")


def find_username_faults(username: str, full_name: str) -> tuple[Fault, ...]:
    """Return what is wrong with a user name (3 to 64 of `a-z 0-9 . _ -`, in lower case) and a person's name."""
    faults = []
    if not _USERNAME.fullmatch(username):
        faults.append(Fault("username", "username.malformed"))
    if not full_name or len(full_name) > 120:
        faults.append(Fault("full_name", "full_name.length", {"longest": 120}))
    return tuple(faults)
