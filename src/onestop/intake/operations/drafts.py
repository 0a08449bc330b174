"""Drafts: kept from page to page, found again, never doubled (hồ sơ nháp)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.catalogue.queries import get_version_in_force
from onestop.dossiers.rules.filing import PartGiven
from onestop.errors import NotFound, Refused
from onestop.intake.models import Draft
from onestop.intake.operations.filing import PROVINCE_ZONE


@transaction.atomic
def start_draft(*, procedure_code: str, applicant_id: int, by: Principal, at: datetime) -> Draft:
    """Return the open draft of this person for this procedure; a new one only if there is none."""
    if by.account_id is None or applicant_id not in by.applicant_ids:
        raise Refused("filing.not_permitted")
    version = get_version_in_force(procedure_code, at.astimezone(PROVINCE_ZONE).date())
    draft, _ = Draft.objects.get_or_create(
        account_id=by.account_id,
        applicant_id=applicant_id,
        version_id=version.pk,
        defaults={"started_at": at, "changed_at": at},
    )
    return draft


@transaction.atomic
def save_draft(
    *,
    token: str,
    by: Principal,
    at: datetime,
    answers: dict[str, Any] | None = None,
    parts: tuple[PartGiven, ...] = (),
    removed: tuple[str, ...] = (),
    **choices: Any,
) -> Draft:
    """Keep what was typed, uploaded or removed since. `choices`: unit_code, limit_case, return_way.

    A new file for a document takes the place of the old one. Raises `NotFound` for somebody else's draft.
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(token=token, account_id=by.account_id or 0).first()
    if draft is None:
        raise NotFound("draft.unknown")
    replaced = {part.document for part in parts} | set(removed)
    kept = [part for part in draft.parts if part["document"] not in replaced]
    draft.parts = kept + [_as_json(part) for part in parts]
    draft.answers = {**draft.answers, **(answers or {})}
    draft.changed_at = at
    for name in ("unit_code", "limit_case", "return_way"):
        if name in choices:
            setattr(draft, name, choices[name])
    draft.save()
    return draft


def discard_draft(*, token: str, by: Principal) -> None:
    """Throw a draft away at its owner's wish. Nothing happens if it is gone already."""
    Draft.objects.filter(token=token, account_id=by.account_id or 0).delete()


def _as_json(part: PartGiven) -> dict[str, Any]:
    return {
        "document": part.document,
        "given": part.given.value,
        "sha256": part.sha256,
        "file_name": part.file_name,
        "size": part.size,
        "media_type": part.media_type,
        "evidence": part.evidence,
        "p7s_sha256": part.p7s_sha256,
    }
