"""The leader signs and approves, the clerk seals."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content
from onestop.documents.ports import store, typesetter
from onestop.documents.rules.papers import SIGNATURE_BOXES
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform, posting_of
from onestop.dossiers.rules.states import Verb
from onestop.errors import Fault, Invalid, Refused, Unavailable
from onestop.intake.operations.filing import PROVINCE_ZONE
from onestop.process.operations.bulk import Outcome, Seen, each
from onestop.process.operations.steps import entering, move_on
from onestop.process.queries.opinions import find_appraisal
from onestop.process.queries.templates import get_template
from onestop.process.rules.appraisal import Proposal
from onestop.process.rules.templates import StepKind
from onestop.signing.models import ResultPaper
from onestop.signing.queries import compose_paper, refuse_without_mandate
from onestop.signing.rules import Paper, paper_for, signature_fields
from onestop.signing.rules.claims import CHECK_PLACE, compose_claim
from onestop.trust.operations import extend_pdf, is_stamped, keep_fields, sign_pdf
from onestop.trust.operations.claims import sign_message
from onestop.trust.rules import Level, SignatureRole
from onestop.trust.rules.claims import CLAIM_ID_BYTES, encode_claim, fit, room_behind, to_digits


@transaction.atomic
def sign_and_approve(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """The leader's one act: the result is typeset, signed with the leader's own key, and the dossier approved.

    Two deeds, two entries (`sign`, `approve`), one transaction. A procedure whose result is no paper is only approved.
    A paper sent back before it was sealed is made and signed anew, from the answers as they are now, under its number.
    Raises `Refused` if the appraisal proposes a refusal (refuse it, or send it back), `Invalid` if an answer that
    stands on the paper is missing.
    """
    dossier = lock(code=code, verb=Verb.APPROVE, by=by, at=at, seen=seen)
    step = get_template(dossier.process).step(dossier.step) if dossier.process else None
    if step is None or step.kind is not StepKind.APPROVE:
        raise Refused("process.other_step", code=code, step=dossier.step)
    appraisal = find_appraisal(dossier)
    if appraisal is not None and appraisal.proposal == Proposal.REFUSE:
        raise Refused("signing.refusal_proposed", code=code)
    paper = paper_for(get_content(dossier.version_id))
    if paper is not None:
        _sign(dossier, paper, by, at)
    move_on(dossier, step, Verb.APPROVE, by, at, {})
    return dossier


@transaction.atomic
def seal(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Put the agency's seal (its organisation signature, with a time stamp) on the signed result: it is settled.

    The entry is signed by the clerk's own key; the document by the agency's.
    """
    dossier = lock(code=code, verb=Verb.SEAL, by=by, at=at, seen=seen)
    template = get_template(dossier.process)
    step = template.step(dossier.step)
    if step.kind is not StepKind.SEAL:
        raise Refused("process.other_step", code=code, step=dossier.step)
    paper = ResultPaper.objects.filter(dossier=dossier).first()
    if paper is not None:
        _seal(paper, dossier, by, at)
    following = template.after(step.code)
    perform(
        dossier,
        verb=Verb.SEAL,
        by=by,
        at=at,
        ground="30/2020/NĐ-CP Đ13",
        payload={
            "step": following.code,
            "electronic": paper is not None,
            "number": paper.number if paper else "",
            "sha256": paper.sealed_sha256 if paper else "",
            "stamped": paper is not None and paper.waits_since is None,
        },
        **entering(dossier, following, at, template),
    )
    return dossier


def sign_and_approve_many(
    *, codes: Iterable[str], by: Principal, at: datetime, seen: Seen | None = None
) -> tuple[Outcome, ...]:
    """Sign and approve several: each in its own transaction, so that one refusal holds up nobody else."""
    return each(sign_and_approve, codes=codes, by=by, at=at, seen=seen)


def seal_many(*, codes: Iterable[str], by: Principal, at: datetime, seen: Seen | None = None) -> tuple[Outcome, ...]:
    """Seal several, each in its own transaction."""
    return each(seal, codes=codes, by=by, at=at, seen=seen)


def _sign(dossier: Dossier, paper: Paper, by: Principal, at: datetime) -> None:
    local = at.astimezone(PROVINCE_ZONE)
    agency = dossier.competent_unit
    refuse_without_mandate(by=by, role=SignatureRole.LEADER, agency=agency, at=at)
    earlier = ResultPaper.objects.filter(dossier=dossier).first()
    number = earlier.number if earlier else f"{_next_number(agency.code, paper.series, local.year)}/{paper.series}"
    content = _compose(dossier, paper, number, by, local.date())
    claim_id = secrets.token_bytes(CLAIM_ID_BYTES)
    content["claim"] = _claim(paper, content, agency.code, claim_id, at)
    typeset = typesetter().typeset(paper.template, content)
    signed = sign_pdf(
        pdf=keep_fields(typeset, signature_fields(paper.template, leader=by.name, agency=agency.agency_name())),
        key=by.key,
        at=at,
        role=SignatureRole.LEADER,
        name_shown=by.name,
        patient=True,
    )
    row = ResultPaper(
        pk=earlier.pk if earlier else None,
        dossier=dossier,
        template=paper.template,
        title=paper.title,
        number=number,
        content=content,
        signed_sha256=store().put(signed),
        signed_at=at,
        signed_by_id=posting_of(by),
        waits_since=None if is_stamped(signed) else at,
    )
    row.save(force_insert=earlier is None, force_update=earlier is not None)
    perform(
        dossier,
        verb=Verb.SIGN,
        by=by,
        at=at,
        ground="30/2020/NĐ-CP Đ13",
        payload={"number": number, "sha256": row.signed_sha256, "claim": claim_id.hex()},
    )


def _claim(paper: Paper, content: dict[str, Any], agency: str, claim_id: bytes, at: datetime) -> str:
    """Return the address that the QR code holds, with the claim of the agency's own key behind `#`."""
    address = f"{settings.PUBLIC_ADDRESS}{CHECK_PLACE}"
    whole = compose_claim(
        template=paper.template, title=paper.title, content=content, issuer=agency, claim_id=claim_id, at=at
    )
    claim = fit(whole, room_behind(address))
    return address + to_digits(sign_message(payload=encode_claim(claim), key=f"claim:{agency}"))


def _compose(dossier: Dossier, paper: Paper, number: str, by: Principal, on: date) -> dict[str, Any]:
    try:
        return compose_paper(dossier, paper, number=number, signer=by, on=on)
    except KeyError as missing:  # typed from paper at a desk, where not every field was filled in
        fault = Fault(str(missing.args[0]), "field.required")
        raise Invalid("dossier.incomplete", code=dossier.code, faults=(fault,)) from missing


def _seal(paper: ResultPaper, dossier: Dossier, by: Principal, at: datetime) -> None:
    agency = dossier.competent_unit
    refuse_without_mandate(by=by, role=SignatureRole.ORGANISATION, agency=agency, at=at)
    sealed = sign_pdf(
        pdf=_stamped_if_possible(paper, at),
        key=f"seal:{agency.code}",
        at=at,
        role=SignatureRole.ORGANISATION,
        name_shown=agency.agency_name(),
        patient=True,
        box=SIGNATURE_BOXES[paper.template][SignatureRole.ORGANISATION],
    )
    paper.sealed_sha256 = store().put(sealed)
    paper.sealed_at, paper.sealed_by_id = at, by.posting_id
    paper.waits_since = None if is_stamped(sealed) else at
    paper.save(update_fields=["sealed_sha256", "sealed_at", "sealed_by", "waits_since"])


def _stamped_if_possible(paper: ResultPaper, at: datetime) -> bytes:
    """Return the signed paper; under a seal its signature can be stamped no more, but the seal's stamp covers it."""
    signed = store().get(paper.signed_sha256)
    if paper.waits_since is None:
        return signed
    try:
        return extend_pdf(pdf=signed, level=Level.B_T, at=at)
    except Unavailable:
        return signed


def _next_number(agency_code: str, series: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signing_numbercounter (agency_code, series, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (agency_code, series, year) DO UPDATE SET last = signing_numbercounter.last + 1"
            " RETURNING last",
            [agency_code, series, year],
        )
        return int(cursor.fetchone()[0])
