"""The leader's part of a result: opened, drafted as it waits for the signature, kept once it is signed."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content
from onestop.documents.ports import store, typesetter
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform, posting_of
from onestop.dossiers.rules.states import Verb
from onestop.errors import Fault, Invalid, Refused
from onestop.intake.operations.filing import PROVINCE_ZONE
from onestop.process.queries.opinions import find_appraisal
from onestop.process.queries.templates import get_template
from onestop.process.rules.appraisal import Proposal
from onestop.process.rules.templates import Step, StepKind
from onestop.signing.models import ResultPaper
from onestop.signing.queries import compose_paper, papers_key, refuse_without_mandate
from onestop.signing.rules import Paper, paper_for, signature_fields
from onestop.signing.rules.claims import CHECK_PLACE, compose_claim
from onestop.trust.operations import PreparedPdf, complete_pdf, is_stamped, keep_fields, prepare_pdf
from onestop.trust.operations.claims import sign_message
from onestop.trust.rules import SignatureRole
from onestop.trust.rules.claims import CLAIM_ID_BYTES, encode_claim, fit, room_behind, to_digits


@dataclass(frozen=True, slots=True)
class Opened:
    """A dossier locked for its leader; `paper` is None if none comes out of it."""

    dossier: Dossier
    step: Step
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A result paper that only lacks the leader's signature."""

    number: str
    content: dict[str, Any]
    claim_id: bytes
    prepared: PreparedPdf


def open_for_leader(*, code: str, by: Principal, at: datetime, seen: int | None) -> Opened:
    """Lock a dossier that waits for its approval. Raises `Refused` if it does not, or a refusal is proposed."""
    dossier = lock(code=code, verb=Verb.APPROVE, by=by, at=at, seen=seen)
    step = get_template(dossier.process).step(dossier.step) if dossier.process else None
    if step is None or step.kind is not StepKind.APPROVE:
        raise Refused("process.other_step", code=code, step=dossier.step)
    appraisal = find_appraisal(dossier)
    if appraisal is not None and appraisal.proposal == Proposal.REFUSE:
        raise Refused("signing.refusal_proposed", code=code)
    return Opened(dossier, step, paper_for(get_content(dossier.version_id)))


def draft_result(opened: Opened, by: Principal, at: datetime) -> Draft | None:
    """Number, compose and typeset the paper, and say what must be signed; None if no paper comes out."""
    dossier, paper = opened.dossier, opened.paper
    if paper is None:
        return None
    agency, key, local = dossier.competent_unit, papers_key(by), at.astimezone(PROVINCE_ZONE)
    refuse_without_mandate(by=by, role=SignatureRole.LEADER, agency=agency, at=at, key=key)
    earlier = ResultPaper.objects.filter(dossier=dossier).first()
    number = earlier.number if earlier else f"{_next_number(agency.code, paper.series, local.year)}/{paper.series}"
    content = _compose(dossier, paper, number, by, local.date())
    claim_id = secrets.token_bytes(CLAIM_ID_BYTES)
    content["claim"] = _claim(paper, content, agency.code, claim_id, at)
    typeset = typesetter().typeset(paper.template, content)
    fields = signature_fields(paper.template, leader=by.name, agency=agency.agency_name())
    prepared = prepare_pdf(
        pdf=keep_fields(typeset, fields),
        key=key,
        at=at,
        role=SignatureRole.LEADER,
        name_shown=by.name,
        patient=True,
    )
    return Draft(number, content, claim_id, prepared)


def keep_signed(opened: Opened, draft: Draft, signature: bytes, by: Principal, at: datetime) -> None:
    """Put the signature in, keep the paper, and enter `sign`."""
    dossier, paper = opened.dossier, opened.paper
    assert paper is not None
    earlier = ResultPaper.objects.filter(dossier=dossier).first()
    signed = complete_pdf(prepared=draft.prepared, signature=signature)
    row = ResultPaper(
        pk=earlier.pk if earlier else None,
        dossier=dossier,
        template=paper.template,
        title=paper.title,
        number=draft.number,
        content=draft.content,
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
        payload={"number": draft.number, "sha256": row.signed_sha256, "claim": draft.claim_id.hex()},
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


def _next_number(agency_code: str, series: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO signing_numbercounter (agency_code, series, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (agency_code, series, year) DO UPDATE SET last = signing_numbercounter.last + 1"
            " RETURNING last",
            [agency_code, series, year],
        )
        return int(cursor.fetchone()[0])
