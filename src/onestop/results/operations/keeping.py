"""Keeping results for decades: extended to B-LTA, and stamped again before certificates or algorithms give way.

The original stays what it was; what is kept stands beside it. Each result in a transaction of its own, so a job that is
cut off goes on where it stopped.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.db import transaction

from onestop.accounts.rules import SYSTEM
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import perform
from onestop.dossiers.operations.rows import lock_row
from onestop.dossiers.rules.states import Verb
from onestop.errors import NotFound, OneStopError, Refused, Unavailable
from onestop.results.models import KeptResult
from onestop.results.queries.files import find_sealed
from onestop.results.queries.keeping import list_to_keep, list_to_renew
from onestop.results.rules.keeping import Seal, holds_until, renew_at
from onestop.signatures.operations import archive_certificate, extend_pdf
from onestop.signatures.rules import Level

Progress = Callable[[int, int, str], None]


@transaction.atomic
def keep_result(*, code: str, at: datetime) -> KeptResult:
    """Make the long-lived form of a sealed result, or stamp again what is kept already.

    Done by the system. Raises `Refused` (`result.waits_for_stamp`, `archive.*`), `NotFound` if there is no sealed
    result, `Unavailable` while the time-stamp authority is down.
    """
    dossier = lock_row(code)
    original, waits_since = find_sealed(dossier) if dossier else ("", None)
    if dossier is None or not original:
        raise NotFound("result.none_yet", code=code)
    if waits_since:
        raise Refused("result.waits_for_stamp", code=code)
    kept = KeptResult.objects.select_for_update(of=("self",)).filter(dossier=dossier).first()
    before = kept.sha256 if kept else original
    made = extend_pdf(pdf=store().get(before), level=Level.B_LTA, at=at)
    kept = kept or KeptResult(dossier=dossier, original_sha256=original, stamps=0)
    _note(kept, made, at)
    kept.save()
    _tell(dossier, kept, before, at)
    return kept


def keep_all(*, at: datetime, progress: Progress = lambda done, of, code: None) -> dict[str, str]:
    """Keep every sealed result that is not kept yet; return code → error, or nothing."""
    return _each(list_to_keep(), at, progress)


def renew_all(*, before: datetime, at: datetime, progress: Progress = lambda done, of, code: None) -> dict[str, str]:
    """Stamp again every kept result that has to be before a moment; return code → error, or nothing."""
    return _each(list_to_renew(before), at, progress)


def _each(codes: Iterable[str], at: datetime, progress: Progress) -> dict[str, str]:
    """Keep one after the other; stop when the authority is down, the rest would only wait for it too."""
    outcomes: dict[str, str] = {}
    waiting = list(codes)
    for number, code in enumerate(waiting, 1):
        try:
            keep_result(code=code, at=at)
            outcomes[code] = ""
        except Unavailable as error:
            return {**outcomes, code: error.code}
        except OneStopError as error:
            outcomes[code] = error.code
        progress(number, len(waiting), code)
    return outcomes


def _note(kept: KeptResult, made: bytes, at: datetime) -> None:
    seal = _seal_of(archive_certificate(made))
    kept.sha256 = store().put(made)
    kept.stamped_at, kept.stamps = at, kept.stamps + 1
    kept.holds_until, kept.renew_at = holds_until(seal), renew_at(seal)


def _seal_of(certificate: bytes) -> Seal:
    parsed = x509.load_der_x509_certificate(certificate)
    key = parsed.public_key()
    bits = key.key_size if isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey) else 0
    return Seal(parsed.not_valid_after_utc, isinstance(key, rsa.RSAPublicKey), bits)


def _tell(dossier: Dossier, kept: KeptResult, before: str, at: datetime) -> None:
    perform(
        dossier,
        verb=Verb.ARCHIVE,
        by=SYSTEM,
        at=at,
        ground="30/2020/NĐ-CP Đ30",
        payload={
            "level": Level.B_LTA.value,
            "sha256": kept.sha256,
            "made_of": before,
            "stamps": kept.stamps,
            "renew_at": kept.renew_at.isoformat(),
        },
    )
