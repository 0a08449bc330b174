"""Kinds of applicants, and why one may act for another."""

from enum import StrEnum


class ApplicantKind(StrEnum):
    """What sort of applicant it is (loại đối tượng nộp hồ sơ)."""

    CITIZEN = "citizen"  # công dân, cá nhân (also a foreigner)
    BUSINESS = "business"  # doanh nghiệp, hộ kinh doanh
    ORGANISATION = "organisation"  # tổ chức khác


class Sex(StrEnum):
    """Sex as civil status records it (giới tính)."""

    MALE = "male"  # nam
    FEMALE = "female"  # nữ
    UNSTATED = "unstated"  # chưa rõ


class RepresentationGround(StrEnum):
    """Why one acts for another (căn cứ đại diện). Source: Civil Code 2015, Art 135-138."""

    LEGAL_REPRESENTATIVE = "legal_representative"  # đại diện theo pháp luật của pháp nhân
    AUTHORISATION = "authorisation"  # đại diện theo uỷ quyền
    PARENT = "parent"  # cha, mẹ đối với con chưa thành niên
    GUARDIAN = "guardian"  # người giám hộ
