"""The leader signs and approves, the clerk seals."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.documents.ports import store
from onestop.documents.rules.papers import SIGNATURE_BOXES
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused, Unavailable
from onestop.process.operations.bulk import Outcome, Seen, each
from onestop.process.operations.steps import entering, move_on
from onestop.process.queries.templates import get_template
from onestop.process.rules.templates import StepKind
from onestop.signatures.operations import extend_pdf, is_stamped, sign_pdf
from onestop.signatures.rules import Level
from onestop.signing.models import ResultPaper
from onestop.signing.operations.leading import draft_result, keep_signed, open_for_leader
from onestop.signing.queries import refuse_without_mandate
from onestop.trust import ports
from onestop.trust.rules import SignatureRole


@transaction.atomic
def sign_and_approve(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """The leader's one act: the result is typeset, signed with the leader's own key, and the dossier approved.

    Two deeds, two entries (`sign`, `approve`), one transaction. A procedure whose result is no paper is only approved.
    A paper sent back before it was sealed is made and signed anew, from the answers as they are now, under its number.
    Raises `Refused` if the appraisal proposes a refusal (refuse it, or send it back), `Invalid` if an answer that
    stands on the paper is missing, `Unavailable` (`key.asks_holder`: only `sign_with_factors` will do).
    """
    opened = open_for_leader(code=code, by=by, at=at, seen=seen)
    draft = draft_result(opened, by, at)
    if draft is not None:
        keep_signed(opened, draft, ports.keys().sign(draft.prepared.key, draft.prepared.digest), by, at)
    move_on(opened.dossier, opened.step, Verb.APPROVE, by, at, {})
    return opened.dossier


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
