"""Opening a petition is a deed too: who read whose words is kept for their owner (Decree 13/2023/NĐ-CP)."""

from datetime import datetime

from onestop.accounts.rules import Principal
from onestop.applicants.models import Applicant
from onestop.applicants.operations import record_read
from onestop.feedback.models import Petition
from onestop.feedback.queries.petitions import get_petition


def open_petition(*, code: str, by: Principal, at: datetime) -> Petition:
    """Return a petition that `by` may read, and record the reading if it is not the own one. Raises `NotFound`."""
    row = get_petition(code, by=by)
    if row.account_id is not None and row.account_id != by.account_id:
        owners = list(Applicant.objects.filter(account_id=row.account_id).values_list("pk", flat=True))
        if owners:
            record_read(by=by, applicant_ids=owners, what=f"petition:{row.code}", at=at)
    return row
