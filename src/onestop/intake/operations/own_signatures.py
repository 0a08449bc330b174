"""Checking, as parts come in, what applicants signed themselves: in the PDF or XML, or in a `.p7s` beside the file."""

from dataclasses import replace
from datetime import datetime

from onestop.accounts.rules import Principal
from onestop.applicants.models import Applicant
from onestop.documents.ports import store
from onestop.dossiers.rules.filing import Given, PartGiven
from onestop.dossiers.rules.own_signatures import (
    IN_FUTURE,
    Match,
    Outcome,
    OwnSignature,
    Person,
    is_in_future,
    looks_signed,
    match_signer,
    nearest,
)
from onestop.errors import OneStopError
from onestop.validation.queries import verify_file
from onestop.validation.rules import Finding, Indication, SignatureReport, VerificationReport

_OUTCOMES = {
    Indication.TOTAL_PASSED: Outcome.HOLDS,
    Indication.INDETERMINATE: Outcome.OPEN,
    Indication.TOTAL_FAILED: Outcome.FAILS,
}
FOLLOWED = {"signature.followed", "stamp.missing"}  # no reason to doubt


def with_own_signatures(
    parts: tuple[PartGiven, ...], *, applicant: Applicant, by: Principal, at: datetime
) -> tuple[PartGiven, ...]:
    """Return the parts, each signed one with what was found of its signature. A finding never turns a part away."""
    reports = [_check(part, at) for part in parts]
    if not any(reports):
        return parts
    owner, filer = _person(applicant), _filer(by, applicant)
    return tuple(
        replace(part, signature=_finding(report, owner, filer, at)) if report else part
        for part, report in zip(parts, reports, strict=True)
    )


def _check(part: PartGiven, at: datetime) -> VerificationReport | None:
    """Return what holds of a part that seems to be signed, or None."""
    if part.given is not Given.FILE or not part.sha256:
        return None
    try:
        data = store().get(part.sha256)
        beside = store().get(part.p7s_sha256) if part.p7s_sha256 else None
    except OneStopError:  # a file that cannot be read is for whoever opens it to complain about
        return None
    if beside is not None:
        return verify_file(beside, at, content=data)
    return verify_file(data, at) if looks_signed(data, part.media_type) else None


def _filer(by: Principal, applicant: Applicant) -> Person:
    """Who files: the applicant, or another with an own record; an officer who helps has none."""
    if by.account_id is None or by.account_id == applicant.account_id:
        return _person(applicant)
    own = Applicant.objects.filter(account_id=by.account_id).first()
    return _person(own) if own else Person(by.name)


def _person(applicant: Applicant) -> Person:
    return Person(applicant.name, tuple(n for n in (applicant.personal_id, applicant.tax_code) if n))


def _finding(report: VerificationReport, applicant: Person, filer: Person, at: datetime) -> OwnSignature | None:
    whole = tuple(finding.value for finding in report.findings)
    if not report.signatures:
        doubts = tuple(code for code in whole if code != Finding.NO_SIGNATURE)
        return OwnSignature(Outcome.OPEN, Match.UNKNOWN, "", None, False, doubts) if doubts else None
    found = [_one(signature, whole, applicant, filer, at) for signature in report.signatures]
    return nearest(found)


def _one(
    signature: SignatureReport, whole: tuple[str, ...], applicant: Person, filer: Person, at: datetime
) -> OwnSignature:
    outcome = _OUTCOMES[signature.verdict.indication]
    moment = signature.stamped_at or signature.signed_at
    reasons = [*whole, *(code for code in signature.reasons if code not in FOLLOWED)]
    if is_in_future(moment, at):
        reasons.append(IN_FUTURE)
    if outcome is Outcome.HOLDS and reasons:
        outcome = Outcome.OPEN
    return OwnSignature(
        outcome=outcome,
        match=match_signer(Person(signature.signer, signature.numbers), applicant=applicant, filer=filer),
        signer=signature.signer[:200],
        signed_at=moment,
        stamped=signature.stamped_at is not None,
        reasons=tuple(dict.fromkeys(reasons)),
    )
