"""Papers signed while the time-stamp authority was down: stamped once it answers, nothing signed anew."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import SYSTEM
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import perform
from onestop.dossiers.operations.rows import lock_row
from onestop.dossiers.rules.states import Verb
from onestop.errors import NotFound, OneStopError, Unavailable
from onestop.signatures.operations import extend_pdf
from onestop.signatures.rules import Level
from onestop.signing.models import ResultPaper
from onestop.signing.queries import list_waiting_for_stamp

MANY = 500


@transaction.atomic
def stamp(*, code: str, at: datetime) -> Dossier:
    """Put the missing time stamp into the last signature of a result; a paper that has it already stays as it is.

    Raises `Unavailable` while the authority is down.
    """
    dossier = lock_row(code)
    if dossier is None:
        raise NotFound("dossier.unknown", code=code)
    paper = ResultPaper.objects.select_for_update(of=("self",)).filter(dossier=dossier).first()
    if paper is None or paper.waits_since is None:
        return dossier
    file = "sealed_sha256" if paper.sealed_sha256 else "signed_sha256"
    earlier = getattr(paper, file)
    setattr(paper, file, store().put(extend_pdf(pdf=store().get(earlier), level=Level.B_T, at=at)))
    waited, paper.waits_since = paper.waits_since, None
    paper.save(update_fields=[file, "waits_since"])
    perform(
        dossier,
        verb=Verb.STAMP,
        by=SYSTEM,
        at=at,
        ground="20/2023/QH15 Đ31",
        payload={
            "number": paper.number,
            "sha256": getattr(paper, file),
            "in_place_of": earlier,
            "waited_since": waited.isoformat(),
        },
    )
    return dossier


def stamp_all(*, at: datetime, progress: Callable[[str], None] = lambda code: None) -> dict[str, str]:
    """Stamp every paper that waits, the longest first, each in its own transaction; return code → error, or nothing.

    Stops at the first paper that finds the authority down: the others would only wait for it too.
    """
    outcomes: dict[str, str] = {}
    for code in list_waiting_for_stamp(MANY):
        progress(code)
        try:
            stamp(code=code, at=at)
            outcomes[code] = ""
        except Unavailable as error:
            return {**outcomes, code: error.code}
        except OneStopError as error:
            outcomes[code] = error.code
    return outcomes
