"""Publishing that fees can be paid online (tích hợp thanh toán trực tuyến), by decision."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_procedure
from onestop.errors import Refused
from onestop.fees.models import PayableOnline
from onestop.journal.operations import record_in_register

REGISTER = "fees"


@transaction.atomic
def publish_payable(
    *, procedures: Iterable[str], decision: str, valid_from: date, by: Principal, at: datetime
) -> list[str]:
    """Let the fees of these procedures be paid online from a day on; return those that could not be before.

    Raises `Refused` without a decision, `NotFound` for an unknown procedure.
    """
    if not decision.strip():
        raise Refused("fee.decision_missing")
    added = []
    for code in procedures:
        _, is_new = PayableOnline.objects.get_or_create(
            procedure=get_procedure(code),
            valid_until=None,
            defaults={"valid_from": valid_from, "decision": decision.strip(), "published_at": at},
        )
        added += [code] if is_new else []
    if added:
        payload = {"procedures": added, "valid_from": valid_from.isoformat()}
        record_in_register(REGISTER, kind="publish_payable", by=by, at=at, ground=decision.strip(), payload=payload)
    return added
