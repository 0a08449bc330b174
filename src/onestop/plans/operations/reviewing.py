"""The leader of a unit signs the review sheet of a quarter (ký phiếu rà soát quý)."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.agencies.queries import get_unit
from onestop.documents.ports import store, typesetter
from onestop.documents.rules.papers import SIGNATURE_BOXES
from onestop.errors import Refused
from onestop.plans.models import ReviewSheet
from onestop.plans.operations.entries import enter, lock_plan, posting_of
from onestop.plans.queries.reviews import TEMPLATE, compose_review, end_of_quarter, find_review
from onestop.plans.rules.kinds import Deed
from onestop.signatures.operations import sign_pdf
from onestop.signing.queries import refuse_without_mandate
from onestop.trust.rules import SignatureRole


@transaction.atomic
def sign_review(*, year: int, unit: str, quarter: int, by: Principal, at: datetime) -> ReviewSheet:
    """Typeset the sheet of a quarter that is over, sign it (PAdES) with the leader's own key, and keep it.

    Once a quarter: what was signed stands. Raises `Refused` before the quarter's end, or if it was signed already.
    """
    row = get_unit(unit)
    plan = lock_plan(year=year, deed=Deed.SIGN_REVIEW, by=by, at=at, unit_id=row.pk)
    ended = end_of_quarter(year, quarter)
    if at <= ended:
        raise Refused("plan.quarter_not_over", quarter=quarter, year=year)
    if find_review(plan, unit=unit, quarter=quarter) is not None:
        raise Refused("plan.review_signed", quarter=quarter, year=year)
    refuse_without_mandate(by=by, role=SignatureRole.LEADER, agency=row, at=at)
    content = compose_review(plan, unit=unit, quarter=quarter, at=at, signer=by)
    signed = sign_pdf(
        pdf=typesetter().typeset(TEMPLATE, content),
        key=by.key,
        at=at,
        role=SignatureRole.LEADER,
        name_shown=by.name,
        box=SIGNATURE_BOXES[TEMPLATE][SignatureRole.LEADER],
    )
    sheet = ReviewSheet.objects.create(
        plan=plan,
        unit=row,
        quarter=quarter,
        as_of=ended,
        sha256=store().put(signed),
        signed_at=at,
        signed_by_id=posting_of(by),
    )
    told = {"unit": unit, "quarter": quarter, "sha256": sheet.sha256}
    enter(plan, Deed.SIGN_REVIEW, by, at, told, "30/2020/NĐ-CP Đ13")
    return sheet
