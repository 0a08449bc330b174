"""Reading applicants, whom an account may act for, and who read an applicant's data."""

from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from onestop.accounts.rules import Principal, Role
from onestop.applicants.models import Applicant, ReadRecord, Representation
from onestop.applicants.rules import normal_number, search_key
from onestop.errors import NotFound

_PRINCIPAL = """
SELECT account.full_name, own.id, ARRAY(
    SELECT DISTINCT representation.principal_id
    FROM applicants_representation representation
    WHERE representation.representative_id = own.id AND representation.valid_from <= %(at)s
        AND (representation.valid_until IS NULL OR representation.valid_until > %(at)s)
)
FROM accounts_account account JOIN applicants_applicant own ON own.account_id = account.id
WHERE account.id = %(account)s AND account.is_active
"""


def get_applicant(applicant_id: int) -> Applicant:
    """Return the applicant of that id. Raises `NotFound`."""
    found = Applicant.objects.filter(pk=applicant_id).first()
    if found is None:
        raise NotFound("applicant.not_found", applicant_id=applicant_id)
    return found


def find_applicants(applicant_ids: frozenset[int]) -> dict[int, Applicant]:
    """Return the applicants of these ids by id, in one statement; unknown ids are left out."""
    return Applicant.objects.in_bulk(applicant_ids)


def find_by_personal_id(personal_id: str) -> Applicant | None:
    """Return the citizen of that personal number, typed with or without spaces, or None."""
    return Applicant.objects.filter(personal_id=normal_number(personal_id)).first()


def find_by_tax_code(tax_code: str) -> Applicant | None:
    """Return the applicant of that tax code, typed with or without dashes, or None."""
    return Applicant.objects.filter(tax_code=normal_number(tax_code)).first()


def find_applicant(*, personal_id: str = "", tax_code: str = "") -> Applicant | None:
    """Return the applicant of that personal number or tax code, or None."""
    return find_by_personal_id(personal_id) if personal_id else find_by_tax_code(tax_code)


def list_applicants_by_name(words: str, *, limit: int = 20) -> QuerySet[Applicant]:
    """Return applicants whose name begins with `words`, accents and case aside, as a Vietnamese list is sorted."""
    return Applicant.objects.filter(search_key__startswith=search_key(words)).order_by("sort_key", "id")[:limit]


def principal_of(account_id: int, at: datetime) -> Principal | None:
    """Return the account as the applicant it is, acting also for whom it represents at `at`; None if it is none.

    One statement. An applicant has no signing key of its own: the portal signs what it did in its name.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PRINCIPAL, {"account": account_id, "at": at})
        row = cursor.fetchone()
    if row is None:
        return None
    name, own_id, represented = row
    return Principal(
        account_id=account_id,
        name=name,
        roles=frozenset({Role.APPLICANT}),
        key="system:portal",
        applicant_ids=frozenset({own_id, *represented}),
    )


def list_represented(account_id: int, at: datetime) -> list[Applicant]:
    """Return for whom the account may act at that moment: the own person first, then by name."""
    current = representations_at(at).filter(representative__account_id=account_id)
    rows = Applicant.objects.filter(Q(account_id=account_id) | Q(pk__in=current.values("principal_id")))
    return sorted(rows, key=lambda row: (row.account_id != account_id, row.sort_key, row.pk))


def list_representations(applicant_id: int) -> QuerySet[Representation]:
    """Return all representations of and by an applicant, past ones included, the latest first."""
    rows = Representation.objects.select_related("principal", "representative")
    return rows.filter(Q(principal_id=applicant_id) | Q(representative_id=applicant_id)).order_by("-valid_from", "-id")


def representations_at(at: datetime) -> QuerySet[Representation]:
    """Return the representations valid at that moment."""
    return Representation.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at), valid_from__lte=at)


def list_reads(applicant_id: int, *, before_id: int | None = None, limit: int = 50) -> list[ReadRecord]:
    """Return who read an applicant's data, the latest first; `before_id` is the last id of the page before."""
    rows = ReadRecord.objects.select_related("account").filter(applicant_id=applicant_id)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-id")[:limit])
