"""Who may do what with figures: one table; whoever settles dossiers keeps his hands off what judges them.

Separation of duties (phân tách nhiệm vụ): the auditor prepares a snapshot and does not settle; the head of the agency
signs it and cannot change a number, since it is computed again on signing; nobody signs what he prepared.
Source: Decree 61/2018/NĐ-CP Art 30-32; TT 01/2020/TT-VPCP (who reports, who checks).
"""

from enum import StrEnum

from onestop.accounts.rules import Principal, Role


class Duty(StrEnum):
    """What may be done with figures."""

    EDIT_DEFINITIONS = "edit_definitions"  # sửa định nghĩa chỉ số
    PUBLISH_CALENDAR = "publish_calendar"  # công bố lịch làm việc
    PREPARE_SNAPSHOT = "prepare_snapshot"  # lập bản chốt số liệu
    SIGN_SNAPSHOT = "sign_snapshot"  # ký bản chốt số liệu
    EXPORT_FIGURES = "export_figures"  # xuất dữ liệu để đếm lại
    READ_ALARMS = "read_alarms"  # xem cảnh báo


SETTLING = frozenset({Role.ONE_STOP_OFFICER, Role.SPECIALIST, Role.DIVISION_HEAD, Role.CLERK})
"""Roles that take a dossier forward. A leader approves as well: he may sign a snapshot, never make one."""

TABLE: dict[Duty, frozenset[Role]] = {
    Duty.EDIT_DEFINITIONS: frozenset({Role.ADMINISTRATOR}),
    Duty.PUBLISH_CALENDAR: frozenset({Role.ADMINISTRATOR}),
    Duty.PREPARE_SNAPSHOT: frozenset({Role.AUDITOR}),
    Duty.SIGN_SNAPSHOT: frozenset({Role.LEADER}),
    Duty.EXPORT_FIGURES: frozenset({Role.AUDITOR}),
    Duty.READ_ALARMS: frozenset({Role.AUDITOR, Role.LEADER}),
}
APART = frozenset({Duty.EDIT_DEFINITIONS, Duty.PUBLISH_CALENDAR, Duty.PREPARE_SNAPSHOT, Duty.EXPORT_FIGURES})
"""Duties that nobody may have who also settles, in whatever further role."""


def find_hindrances(duty: Duty, by: Principal) -> tuple[str, ...]:
    """Return every reason why `by` may not do this, empty if nothing stands against it."""
    found = [] if by.has(*TABLE[duty]) else ["figures.wrong_role"]
    if duty in APART and by.has(*SETTLING, Role.LEADER):
        found.append("figures.settles_too")
    if by.on_behalf_of and duty is Duty.SIGN_SNAPSHOT:
        found.append("figures.not_by_delegation")
    return tuple(found)


def may(duty: Duty, by: Principal) -> bool:
    """True if nothing stands against it."""
    return not find_hindrances(duty, by)
