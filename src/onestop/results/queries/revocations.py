"""Which claims hold no longer: revoked by an officer, or signed but never issued."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.states import ENDED, Verb
from onestop.journal.models import JournalEntry
from onestop.results.models import Revocation
from onestop.results.rules.revocations import RevocationCause, Revoked
from onestop.signatures.rules.claims import Claim

_SIGNED = JournalEntry.objects.filter(kind=Verb.SIGN.value, payload__has_key="claim")


def find_revocation(dossier: Dossier) -> Revocation | None:
    """Return the revocation of a dossier's result, or None."""
    return Revocation.objects.filter(dossier=dossier).first()


def list_revoked(at: datetime) -> list[Revoked]:
    """Return every claim that holds no longer at a moment."""
    rows = Revocation.objects.filter(revoked_at__lte=at).exclude(claim_id=b"")
    revoked = [Revoked(bytes(row.claim_id), row.revoked_at, RevocationCause(row.cause)) for row in rows]
    return revoked + _list_never_issued(at)


def find_revoked(claim: Claim, at: datetime) -> Revoked | None:
    """Return since when and why this claim holds no longer, or None: what `list_revoked` says of it."""
    row = Revocation.objects.filter(claim_id=claim.claim_id, revoked_at__lte=at).first()
    if row is not None:
        return Revoked(claim.claim_id, row.revoked_at, RevocationCause(row.cause))
    stream = Dossier.objects.filter(code=claim.dossier_code).values("pk")
    never = _list_never_issued(at, _SIGNED.filter(stream__in=stream, payload__claim=claim.claim_id.hex()))
    return never[0] if never else None


def was_revoked_since(since: datetime, until: datetime) -> bool:
    """True if a result was revoked in this time."""
    return Revocation.objects.filter(revoked_at__gt=since, revoked_at__lte=until).exists()


def _list_never_issued(at: datetime, signed: "QuerySet[JournalEntry]" = _SIGNED) -> list[Revoked]:
    """Claims signed and then signed anew after a sending back, and claims of dossiers that ended without a seal."""
    later = _SIGNED.filter(stream=OuterRef("stream"), sequence__gt=OuterRef("sequence"))
    sent_back = JournalEntry.objects.filter(kind=Verb.SEND_BACK.value).values("stream")
    superseded = signed.filter(Exists(later), stream__in=sent_back)
    ended = Dossier.objects.filter(state__in=sorted(ENDED), result_paper__sealed_at=None, result_paper__isnull=False)
    unsealed = signed.filter(stream__in=ended.values("pk"))
    found = {entry.payload["claim"]: entry.at for entry in (*superseded, *unsealed) if entry.at <= at}
    return [Revoked(bytes.fromhex(claim), since, RevocationCause.NEVER_ISSUED) for claim, since in found.items()]
