"""Issuing, renewing and revoking certificates."""

from datetime import datetime

from cryptography import x509
from django.db import connection, transaction
from django.db.models import F

from onestop.errors import Fault, Invalid, NotFound, Refused, Unavailable
from onestop.trust import ports
from onestop.trust.models import Certificate
from onestop.trust.rules import KeyKind, RevocationReason, certificate_id, is_key_name
from onestop.trust.rules.certificates import FIRST_VALID
from onestop.trust.rules.names import kind_of

VALID_YEARS = 10


@transaction.atomic
def issue_key(
    *, key: str, common_name: str, organisation: str, kind: KeyKind, at: datetime, valid_from: datetime = FIRST_VALID
) -> Certificate:
    """Make sure that `key` exists and is certified; return its current certificate. Doing it twice changes nothing.

    `common_name` is the person's or the body's name, `organisation` the agency. The certificate is valid for
    `VALID_YEARS` from `valid_from`. Raises `Invalid` for a bad name, `Refused` (`key.revoked`) for a key whose last
    certificate was revoked (use `renew`), `Unavailable` if there is no authority.
    """
    _check(key, common_name, kind)
    found = _find_current(key)
    if found is None:
        _lock(key)
        found = _find_current(key)
    if found is not None:
        return found
    if Certificate.objects.filter(key=key, revoked_at__isnull=False).exists():
        raise Refused("key.revoked", key=key)
    subject = _subject(key, common_name, organisation, kind, valid_from)
    return _keep(subject, _adopt(subject) or _enrol(subject), at)


@transaction.atomic
def renew(*, key: str, at: datetime) -> Certificate:
    """Give `key` a new pair and certificate, valid from `at`; the old one is superseded and its private key gone.

    Raises `NotFound` for a key never issued.
    """
    _lock(key)
    newest_first = F("superseded_at").desc(nulls_first=True)
    last = Certificate.objects.select_for_update(of=("self",)).filter(key=key).order_by(newest_first).first()
    if last is None:
        raise NotFound("key.unknown", key=key)
    Certificate.objects.filter(key=key, superseded_at=None, revoked_at=None).update(superseded_at=at)
    subject = _subject(key, last.common_name, last.organisation, KeyKind(last.kind), at)
    return _keep(subject, _enrol(subject), at)


@transaction.atomic
def revoke(*, certificate: int, at: datetime, reason: RevocationReason) -> Certificate:
    """Declare that a certificate holds no longer from `at` on, publish it, and destroy its key if still in use.

    What was signed before `at` holds on. Revoking twice keeps the first. Raises `NotFound`.
    """
    row = Certificate.objects.select_for_update(of=("self",)).filter(id=certificate).first()
    if row is None:
        raise NotFound("certificate.unknown", certificate=certificate)
    if row.revoked_at is not None:
        return row
    ports.authority().revoke(int(row.serial, 16), at, reason)
    if row.superseded_at is None:
        ports.keys().withdraw(row.key)
    row.revoked_at, row.revocation_reason = at, reason.value
    row.save(update_fields=["revoked_at", "revocation_reason"])
    return row


def _check(key: str, common_name: str, kind: KeyKind) -> None:
    faults = []
    if not is_key_name(key):
        faults.append(Fault("key", "key.bad_name"))
    elif kind_of(key) is not kind:
        faults.append(Fault("kind", "key.kind_differs"))
    if not common_name.strip():
        faults.append(Fault("common_name", "required"))
    if faults:
        raise Invalid("key.cannot_issue", faults=tuple(faults))


def _find_current(key: str) -> Certificate | None:
    return Certificate.objects.filter(key=key, superseded_at=None, revoked_at=None).first()


def _lock(key: str) -> None:
    """Let one transaction at a time issue for this key: a row to lock may not exist yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"trust.key:{key}"])


def _subject(key: str, common_name: str, organisation: str, kind: KeyKind, valid_from: datetime) -> ports.Subject:
    valid_until = valid_from.replace(year=valid_from.year + VALID_YEARS, day=min(valid_from.day, 28))
    return ports.Subject(key, common_name.strip(), organisation.strip(), kind, valid_from, valid_until)


def _enrol(subject: ports.Subject) -> bytes:
    return ports.keys().enrol(subject.key, lambda public_key: ports.authority().issue(subject, public_key))[0]


def _adopt(subject: ports.Subject) -> bytes | None:
    """Return the certificate of a key whose row was lost with a rolled-back transaction, if it is for this subject."""
    try:
        der = ports.keys().chain(subject.key)[0]
    except Unavailable as error:
        if error.code == "key.locked":
            raise
        return None
    names = x509.load_der_x509_certificate(der).subject
    wanted = {x509.NameOID.COMMON_NAME: subject.common_name[:64], x509.NameOID.ORGANIZATION_NAME: subject.organisation}
    same = all(names.get_attributes_for_oid(oid)[0].value == text for oid, text in wanted.items() if text)
    return der if same else None


def _keep(subject: ports.Subject, der: bytes, at: datetime) -> Certificate:
    certificate = x509.load_der_x509_certificate(der)
    row, _ = Certificate.objects.get_or_create(
        id=certificate_id(der),
        defaults={
            "key": subject.key,
            "kind": subject.kind.value,
            "common_name": subject.common_name,
            "organisation": subject.organisation,
            "serial": f"{certificate.serial_number:x}",
            "der": der,
            "valid_from": certificate.not_valid_before_utc,
            "valid_until": certificate.not_valid_after_utc,
            "issued_at": at,
        },
    )
    return row
