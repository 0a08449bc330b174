"""The head of division agrees; where the process asks for it, by initialling the paper that the leader will sign.

The initialled paper bears number and day of the moment it was initialled, and the name of the agency's first leader.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal, Role
from onestop.agencies.queries import find_principal, list_officers
from onestop.catalogue.queries import get_content
from onestop.documents.ports import store
from onestop.documents.rules.papers import SIGNATURE_BOXES
from onestop.dossiers.models import Dossier
from onestop.dossiers.operations.deeds import lock, posting_of
from onestop.dossiers.rules.states import Verb
from onestop.errors import Refused
from onestop.process.operations.bulk import Outcome, Seen, each
from onestop.process.operations.steps import at_step, move_on
from onestop.process.queries.opinions import find_appraisal
from onestop.process.rules.appraisal import Proposal
from onestop.process.rules.templates import StepKind
from onestop.signatures.operations import sign_pdf
from onestop.signing.models import InitialledPaper, ResultPaper
from onestop.signing.operations.drafting import Unsigned, compose, make_unsigned
from onestop.signing.queries import refuse_without_mandate
from onestop.signing.rules import Paper, is_for_another_signer, is_what_was_initialled, paper_for
from onestop.trust.rules import SignatureRole


@transaction.atomic
def approve(*, code: str, by: Principal, at: datetime, seen: int | None = None) -> Dossier:
    """Agree as head of division and pass the dossier on; at a step with initials the paper is initialled by this act.

    One entry, with number and hash of what was initialled. No initials on a refusal, nor where no paper comes out.
    Sent back and agreed again, the paper is made anew under its number. The leader approves by `sign_and_approve`.
    """
    dossier = lock(code=code, verb=Verb.APPROVE, by=by, at=at, seen=seen)
    step = at_step(dossier, StepKind.REVIEW)
    paper = paper_for(get_content(dossier.version_id)) if step.initials else None
    made = {} if paper is None or _is_refusal(dossier) else _initial(dossier, paper, by, at)
    move_on(dossier, step, Verb.APPROVE, by, at, made)
    return dossier


def approve_many(*, codes: Iterable[str], by: Principal, at: datetime, seen: Seen | None = None) -> tuple[Outcome, ...]:
    """Agree to several, as head of division: each in its own transaction."""
    return each(approve, codes=codes, by=by, at=at, seen=seen)


def find_initialled(dossier: Dossier, paper: Paper, *, leader: Principal) -> Unsigned | None:
    """Return the initialled paper for this leader to sign; None if another leader's name stands on it.

    Raises `Refused` (`signing.initialled_otherwise`) if the dossier says something else by now.
    """
    row = InitialledPaper.objects.filter(dossier=dossier).first()
    if row is None:
        return None
    on = date.fromisoformat(row.content["on"])
    now = compose(dossier, paper, number=row.number, leader=leader, on=on)
    if is_what_was_initialled(row.content, now):
        return Unsigned(row.number, row.content, bytes.fromhex(row.claim_id), store().get(row.sha256))
    if is_for_another_signer(row.content, now):
        return None
    raise Refused("signing.initialled_otherwise", code=dossier.code)


def number_taken(dossier: Dossier, *, initials: bool = True) -> str:
    """Return the number that a paper of this dossier has already, or nothing; without `initials` none has initials."""
    for papers in (ResultPaper.objects, InitialledPaper.objects)[: 1 + initials]:
        number = papers.filter(dossier=dossier).values_list("number", flat=True).first()
        if number:
            return str(number)
    return ""


def _is_refusal(dossier: Dossier) -> bool:
    appraisal = find_appraisal(dossier)
    return appraisal is not None and appraisal.proposal == Proposal.REFUSE


def _initial(dossier: Dossier, paper: Paper, by: Principal, at: datetime) -> dict[str, Any]:
    agency = dossier.competent_unit
    refuse_without_mandate(by=by, role=SignatureRole.INITIALS, agency=agency, at=at)
    leader = _leader_of(dossier, at)
    draft = make_unsigned(dossier, paper, number=number_taken(dossier), leader=leader, at=at, initials=by.name)
    initialled = sign_pdf(
        pdf=draft.pdf,
        key=by.key,
        at=at,
        role=SignatureRole.INITIALS,
        name_shown=by.name,
        patient=True,
        box=SIGNATURE_BOXES[paper.template][SignatureRole.INITIALS],
    )
    row, _new = InitialledPaper.objects.update_or_create(
        dossier=dossier,
        defaults={
            "number": draft.number,
            "content": draft.content,
            "claim_id": draft.claim_id.hex(),
            "sha256": store().put(initialled),
            "initialled_at": at,
            "initialled_by_id": posting_of(by),
        },
    )
    return {"number": row.number, "sha256": row.sha256}


def _leader_of(dossier: Dossier, at: datetime) -> Principal:
    """Return the first leader of the agency: the head, or who comes next while that post is empty."""
    agency_id = dossier.competent_unit_id
    for posting in list_officers(frozenset({agency_id}), roles=frozenset({Role.LEADER}), at=at):
        found = find_principal(account_id=posting.account_id, posting_id=posting.pk, at=at)
        if found is not None:
            return found
    raise Refused("signing.no_leader", code=dossier.code)
