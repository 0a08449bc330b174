"""What filing needs besides its pages: who files, and what was filed a moment ago."""

from datetime import datetime, timedelta

from django.utils import timezone

from onestop.accounts.rules import Principal
from onestop.applicants.queries import list_represented
from onestop.dossiers.queries.dossiers import list_dossiers
from onestop.dossiers.rules.filing import Filer

A_MOMENT = timedelta(minutes=10)


def filer_of(principal: Principal, applicant_id: int) -> Filer:
    """Return whether the applicant files, or somebody who acts for them. Who acts for nobody else files for himself."""
    if principal.applicant_ids == {applicant_id}:
        return Filer.SELF
    rows = list_represented(principal.account_id or 0, timezone.now())
    own = {row.pk for row in rows if row.account_id == principal.account_id}
    return Filer.SELF if applicant_id in own else Filer.REPRESENTATIVE


def find_just_filed(principal: Principal, procedure_code: str, at: datetime) -> str:
    """Return the code of the dossier of this procedure filed a moment ago, or an empty text."""
    if not procedure_code:
        return ""
    rows = list_dossiers(by=principal, procedure_code=procedure_code, size=1).rows
    return rows[0].code if rows and at - rows[0].submitted_at < A_MOMENT else ""
