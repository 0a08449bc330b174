"""Handing the result over."""

from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform, posting_of
from onestop.dossiers.rules.filing import ReturnWay
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.results.models import Result
from onestop.results.queries import find_sealed


@transaction.atomic
def return_result(
    *,
    code: str,
    by: Principal,
    at: datetime,
    way: ReturnWay | None = None,
    receiver: str = "",
    seen: int | None = None,
) -> Dossier:
    """Return the result, by the way the applicant chose unless another is named, and close the dossier.

    Raises `Refused` if it is to be returned online but there is no electronic result, or it waits for its time stamp.
    """
    dossier = lock(code=code, verb=Verb.RETURN_RESULT, by=by, at=at, seen=seen)
    way = ReturnWay(dossier.return_way) if way is None else way
    sealed, waits_since = find_sealed(dossier)
    if way is ReturnWay.ONLINE and not sealed:
        raise Refused("result.nothing_electronic", code=code)
    if way is ReturnWay.ONLINE and waits_since:
        raise Refused("result.waits_for_stamp", code=code)
    Result.objects.create(
        dossier=dossier,
        sha256=sealed,
        is_electronic=bool(sealed),
        way=way,
        receiver=receiver,
        returned_at=at,
        returned_by_id=posting_of(by),
    )
    perform(
        dossier,
        verb=Verb.RETURN_RESULT,
        by=by,
        at=at,
        ground="61/2018/NĐ-CP Đ20",
        payload={"way": int(way), "electronic": bool(sealed), "sha256": sealed},
        returned_at=at,
        step_due_at=None,
    )
    return dossier
