"""Reading drafts, and what a sending became."""

from django.db.models import QuerySet

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.filing import Given, PartGiven
from onestop.errors import NotFound
from onestop.intake.models import Draft, Filed


def get_draft(*, token: str, by: Principal) -> Draft:
    """Return one draft of this account. Raises `NotFound` for anybody else's."""
    draft = _drafts().filter(token=token, account_id=by.account_id).first() if by.account_id else None
    if draft is None:
        raise NotFound("draft.unknown")
    return draft


def list_drafts(*, by: Principal, size: int = 20) -> list[Draft]:
    """Return the open drafts of this account, last touched first."""
    return list(_drafts().filter(account_id=by.account_id).order_by("-changed_at")[:size]) if by.account_id else []


def draft_parts(draft: Draft) -> tuple[PartGiven, ...]:
    """Return the parts of a draft as the rules take them."""
    return tuple(PartGiven(**{**part, "given": Given(part["given"])}) for part in draft.parts)


def find_filed(*, key: str, by: Principal) -> Dossier | None:
    """Return the dossier that the sending `key` of this account became, or None."""
    if not key or by.account_id is None:
        return None
    found = Filed.objects.select_related("dossier").filter(account_id=by.account_id, key=key).first()
    return found.dossier if found else None


def _drafts() -> "QuerySet[Draft]":
    return Draft.objects.select_related("version__procedure", "applicant")
