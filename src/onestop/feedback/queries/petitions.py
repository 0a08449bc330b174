"""Reading petitions: one, the work of an officer, those of a petitioner, those published. Rights on the row."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from onestop.accounts.rules import Principal
from onestop.agencies.models import Posting
from onestop.dossiers.queries.dossiers import Page
from onestop.dossiers.queries.scope import Ids
from onestop.errors import NotFound
from onestop.feedback.models import Petition
from onestop.feedback.rules.duties import Condition, PetitionRights, conditions_for, permits
from onestop.feedback.rules.petitions import OPEN, TABLE, PetitionDeed, PetitionState, find_next
from onestop.journal.models import JournalEntry
from onestop.journal.queries import list_register

NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which petitions a list shows: only open ones, only late ones."""

    only_open: bool = True
    only_late: bool = False


def scope(by: Principal) -> Q:
    """Return the filter of all petitions that `by` may read: the table of duties as SQL."""
    found = NOTHING
    for condition in conditions_for(PetitionDeed.READ, by):
        found |= _filter(condition, by)
    if by.account_id is None:
        return found
    complained = Posting.objects.filter(account_id=by.account_id).values("post__code")
    return found & (~Q(complained_post__in=complained) | Q(account_id=by.account_id))


def get_petition(code: str, *, by: Principal) -> Petition:
    """Return one petition. Raises `NotFound`, also if it is not for `by`."""
    row = _shown().filter(scope(by), code=code.strip().upper()).first()
    if row is None:
        raise NotFound("petition.unknown", code=code)
    return row


def find_by_code_and_contact(code: str, contact: str) -> Petition | None:
    """Return the petition of this code if this telephone number or address was left with it; else None."""
    row = _shown().filter(code=code.strip().upper()).first()
    return row if row is not None and is_left_with(row, contact) else None


def is_left_with(row: Petition, contact: str) -> bool:
    """True if this telephone number or address was left with the petition."""
    left = contact.strip().lower() if "@" in contact else contact.replace(" ", "").replace(".", "")
    return bool(left) and left in (row.phone, row.email)


def list_petitions(*, by: Principal, wanted: Wanted, at: datetime, size: int = 50, after: str = "") -> Page[Petition]:
    """Return the petitions that `by` may read, those due first in front. `after` is the key of the page before."""
    rows = _shown().filter(scope(by))
    if wanted.only_open or wanted.only_late:
        rows = rows.filter(state__in=sorted(OPEN))
    if wanted.only_late:
        rows = rows.filter(due_at__lt=at, waits_from=None)
    moment, _, pk = after.partition("~")
    if pk.isdigit():
        due = datetime.fromisoformat(moment)
        rows = rows.filter(Q(due_at=due, pk__gt=int(pk)) | Q(due_at__gt=due))
    found = list(rows.order_by("due_at", "pk")[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(tuple(found[:size]), f"{last.due_at.isoformat()}~{last.pk}" if last else "")


def list_own(*, by: Principal, size: int = 50) -> tuple[Petition, ...]:
    """Return the petitions that this account filed, newest first."""
    return tuple(_shown().filter(account_id=by.account_id).order_by("-pk")[:size]) if by.account_id else ()


def list_published(*, size: int = 20, before: int | None = None) -> Page[Petition]:
    """Return the published questions and answers, newest first: for everybody, and nobody's name."""
    rows = Petition.objects.select_related("agency").filter(published_at__isnull=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return Page(tuple(found[:size]), str(found[size - 1].pk) if len(found) > size else "")


def list_same(row: Petition) -> tuple[Petition, ...]:
    """Return earlier petitions by the same petitioner: of them one may be repeated."""
    same = Q(account_id=row.account_id) if row.account_id else Q(phone=row.phone, email=row.email)
    return tuple(Petition.objects.filter(same, pk__lt=row.pk).order_by("-pk")[:10])


def list_deeds(row: Petition) -> list[JournalEntry]:
    """Return what was done to a petition, oldest first."""
    return list_register(row.register)


def deeds_for(row: Petition, by: Principal) -> frozenset[PetitionDeed]:
    """Return what `by` may do to this petition as it stands."""
    facts, state = rights_of(row), PetitionState(row.state)
    can = (deed for deed in TABLE if find_next(deed, state, assigned=row.agency_id is not None))
    return frozenset(deed for deed in can if permits(deed, by, facts))


def rights_of(row: Petition) -> PetitionRights:
    """Return what decides about rights on this petition."""
    held = Posting.objects.filter(post__code=row.complained_post) if row.complained_post else Posting.objects.none()
    accounts = frozenset(held.values_list("account_id", flat=True)) if row.complained_post else frozenset()
    return PetitionRights(row.account_id, row.unit_id, row.agency_id, accounts)


def _filter(condition: Condition, by: Principal) -> Q:
    units = Ids(by.unit_ids)
    match condition:
        case Condition.OWN:
            return Q(account_id=by.account_id) if by.account_id is not None else NOTHING
        case Condition.IN_UNITS:
            return Q(unit__among=units) | Q(agency__among=units)
        case Condition.ASSIGNED:
            return Q(agency__among=units)


def _shown() -> "QuerySet[Petition]":
    return Petition.objects.select_related("unit", "agency", "dossier", "answered_by__post")
