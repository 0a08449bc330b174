"""Which paper a procedure results in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onestop.catalogue.rules.content import ProcedureContent
from onestop.documents.rules.papers import SIGNATURE_BOXES
from onestop.signatures.rules import FieldWish
from onestop.trust.rules import SignatureRole

GENERAL = "decision"


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of a result: the template it is typeset with, its title, the series its number belongs to.

    `series` is the part of the number after the stroke, e.g. `GPXD` in 12/GPXD (Decree 30/2020/NĐ-CP, Annex III).
    """

    template: str
    title: str
    series: str


PAPERS = {
    "1.001193": Paper("birth_certificate", "Giấy khai sinh", "KS"),
    "1.004873": Paper("marital_status", "Giấy xác nhận tình trạng hôn nhân", "UBND-XNTTHN"),
    "2.000635": Paper("civil_status_extract", "Trích lục hộ tịch (bản sao)", "TLHT-BS"),
    "1.001612": Paper("household_business", "Giấy chứng nhận đăng ký hộ kinh doanh", "HKD"),
    "1.013225": Paper("construction_permit", "Giấy phép xây dựng", "GPXD"),
    "3.000333": Paper("criminal_record", "Phiếu lý lịch tư pháp số 1", "LLTP"),
    "1.001699": Paper("disability_certificate", "Giấy xác nhận khuyết tật", "XNKT"),
    "2.000205": Paper("work_permit", "Giấy phép lao động", "GPLĐ"),
}


def signature_fields(template: str, *, leader: str, agency: str, initials: str = "") -> tuple[FieldWish, ...]:
    """Return the places kept on a paper before anybody signs it, with what is read aloud there.

    `initials` is the name of who initials it; without one no place is kept for that.
    """
    boxes = SIGNATURE_BOXES[template]
    spoken = {SignatureRole.INITIALS: f"Ký nháy của {initials}"} if initials else {}
    spoken |= {
        SignatureRole.LEADER: f"Chữ ký số của {leader}",
        SignatureRole.ORGANISATION: f"Chữ ký số, con dấu của {agency}",
    }
    return tuple(FieldWish(role, text, boxes[role]) for role, text in spoken.items())


def is_what_was_initialled(initialled: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """True if a paper made now, for the leader who is about to sign, would say what the initialled one says."""
    return _said(initialled) == _said(now)


def is_for_another_signer(initialled: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """True if both say the same but for the leader who signs."""
    return {**_said(initialled), "signer": None} == {**_said(now), "signer": None}


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "claim"}


def paper_for(content: ProcedureContent) -> Paper | None:
    """Return the paper of this procedure, the general one if it has no layout of its own; None if none comes out."""
    own = PAPERS.get(content.code)
    if own is not None:
        return own
    if not content.results:
        return None
    return Paper(GENERAL, content.results[0].names["vi"][:300], "KQ")
