"""The leader's part of a result: opened, drafted as it waits for the signature, kept once it is signed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_content
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, perform, posting_of
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.process.operations.steps import at_step
from onestop.process.queries.opinions import find_appraisal
from onestop.process.queries.templates import get_template
from onestop.process.rules.appraisal import Proposal
from onestop.process.rules.templates import Step, StepKind
from onestop.signatures.operations import PreparedPdf, complete_pdf, is_stamped, prepare_pdf
from onestop.signing.models import ResultPaper
from onestop.signing.operations.drafting import Unsigned, make_unsigned
from onestop.signing.operations.initialling import find_initialled, number_taken
from onestop.signing.queries import papers_key, refuse_without_mandate
from onestop.signing.rules import Paper, paper_for
from onestop.trust.rules import SignatureRole


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
    step = at_step(dossier, StepKind.APPROVE)
    appraisal = find_appraisal(dossier)
    if appraisal is not None and appraisal.proposal == Proposal.REFUSE:
        raise Refused("signing.refusal_proposed", code=code)
    return Opened(dossier, step, paper_for(get_content(dossier.version_id)))


def draft_result(opened: Opened, by: Principal, at: datetime) -> Draft | None:
    """Make the paper, or take the one that was initialled, and say what must be signed; None if no paper comes out."""
    dossier, paper = opened.dossier, opened.paper
    if paper is None:
        return None
    key = papers_key(by)
    refuse_without_mandate(by=by, role=SignatureRole.LEADER, agency=dossier.competent_unit, at=at, key=key)
    unsigned = _unsigned(dossier, paper, by, at)
    prepared = prepare_pdf(
        pdf=unsigned.pdf,
        key=key,
        at=at,
        role=SignatureRole.LEADER,
        name_shown=by.name,
        patient=True,
    )
    return Draft(unsigned.number, unsigned.content, unsigned.claim_id, prepared)


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


def _unsigned(dossier: Dossier, paper: Paper, by: Principal, at: datetime) -> Unsigned:
    """Return the paper that was initialled for this leader, or else one made now, under the number it has already."""
    initials = get_template(dossier.process).asks_initials
    initialled = find_initialled(dossier, paper, leader=by) if initials else None
    if initialled is not None:
        return initialled
    return make_unsigned(dossier, paper, number=number_taken(dossier, initials=initials), leader=by, at=at)
