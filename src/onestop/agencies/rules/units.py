"""What a unit is, how its code is made, and which unit it belongs to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from onestop.errors import Fault


class UnitKind(StrEnum):
    """What sort of unit it is (loại đơn vị)."""

    PROVINCE = "province"  # tỉnh
    DEPARTMENT = "department"  # sở, ban, ngành; cơ quan ngành dọc
    CENTRE = "centre"  # Trung tâm Phục vụ hành chính công tỉnh
    DISTRICT = "district"  # huyện, thị xã, thành phố (until 30 June 2025)
    COMMUNE = "commune"  # xã, phường, thị trấn, đặc khu
    DIVISION = "division"  # phòng chuyên môn
    DESK = "desk"  # Bộ phận Một cửa


AGENCY_KINDS = frozenset({UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.CENTRE, UnitKind.DISTRICT, UnitKind.COMMUNE})
"""Kinds that are an agency of their own: they have a seal and answer for a dossier; desks and divisions are parts."""


class SuccessionShare(StrEnum):
    """How much of a unit went to its successor (phạm vi sáp nhập)."""

    WHOLE = "whole"  # toàn bộ
    PART = "part"  # một phần


class ActingForm(StrEnum):
    """In what form a person acts in another's place (hình thức ký thay). Source: Decree 30/2020/NĐ-CP, Art 13."""

    DEPUTY = "deputy"  # KT., ký thay
    AUTHORISED = "authorised"  # TUQ., thừa uỷ quyền
    BY_ORDER = "by_order"  # TL., thừa lệnh


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open period of moments: from `start` on, before `end`; None is unbounded."""

    start: datetime
    end: datetime | None

    def holds(self, at: datetime) -> bool:
        """True if `at` lies in the period."""
        return self.start <= at and (self.end is None or at < self.end)

    def covers(self, other: "Period") -> bool:
        """True if `other` lies wholly within this period."""
        if other.start < self.start:
            return False
        return self.end is None or (other.end is not None and other.end <= self.end)

    def overlaps(self, other: "Period") -> bool:
        """True if the two share a moment."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


def is_valid_on(on: date, valid_from: date | None, valid_until: date | None) -> bool:
    """True if a unit with this half-open validity exists on the day `on`; None is unbounded."""
    return (valid_from is None or valid_from <= on) and (valid_until is None or on < valid_until)


def find_delegation_faults(
    *, asked: Period, given: Period, held: Period, same_account: bool, ground: str, document_number: str
) -> tuple[Fault, ...]:
    """Return what is wrong with a delegation: a term within both postings, to another person, in writing.

    `given` and `held` are the periods of the delegating and of the receiving posting. Source: Decree
    30/2020/NĐ-CP, Art 13 (in writing, for a term), Law on Organisation of Local Government 2025, Art 6.
    """
    faults = []
    if asked.end is None or asked.end <= asked.start:
        faults.append(Fault("valid_until", "delegation.no_term"))
    if not given.covers(asked):
        faults.append(Fault("valid_from", "delegation.outside_own_posting"))
    if not held.covers(asked):
        faults.append(Fault("valid_from", "delegation.outside_their_posting"))
    if same_account:
        faults.append(Fault("to_posting", "delegation.to_oneself"))
    if not ground.strip():
        faults.append(Fault("ground", "delegation.no_ground"))
    if not document_number.strip():
        faults.append(Fault("document_number", "delegation.no_document"))
    return tuple(faults)
