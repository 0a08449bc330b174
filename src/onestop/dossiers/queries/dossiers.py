"""One dossier, work lists, searches. Keyset pages, no unbounded counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import F, Q, QuerySet

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier, DossierPart, SupplementRequest
from onestop.dossiers.queries.scope import newest, scope
from onestop.dossiers.rules.codes import parse_code
from onestop.dossiers.rules.states import TO_DO, State, Verb
from onestop.errors import NotFound
from onestop.journal.queries import find_register
from onestop.journal.rules import Head

T = TypeVar("T")
COUNT_CAP = 1000
ACTIVE = sorted(TO_DO)
_LISTED = (
    *(field.name for field in Dossier._meta.concrete_fields if field.name not in {"answers", "journal_hash"}),
    *("procedure__code", "procedure__names"),
    *(f"{unit}__{name}" for unit in ("competent_unit", "holder_unit") for name in ("code", "names", "type", "kind")),
)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows of one page and the key of the next, empty if this is the last."""

    rows: tuple[T, ...]
    next_key: str = ""


def get_dossier(*, code: str, by: Principal) -> Dossier:
    """Return one dossier with the names it is shown with. Raises `NotFound` if it does not exist for `by`."""
    row = _shown().filter(scope(Verb.READ, by), code=_typed(code)).first()
    if row is None:
        raise NotFound("dossier.unknown", code=code)
    return row


def find_by_code_and_holder(*, code: str, personal_id: str) -> Dossier | None:
    """Return the dossier of this code if this personal number or tax code is its holder's; else None.

    For following without log-in: a code alone is guessable, so the holder's number is asked beside it.
    """
    holder = Q(applicant__personal_id=personal_id) | Q(applicant__tax_code=personal_id)
    return _shown().filter(holder, code=_typed(code)).first() if personal_id else None


def list_work(*, by: Principal, size: int = 50, after: str = "", verb: Verb | None = None) -> Page[Dossier]:
    """Return the dossiers that wait for `by` here and now, the most urgent first. A handful of columns, one statement.

    `verb` narrows to those on which it is allowed. `after` is the key of the page before.
    """
    rows = _listed().filter(
        Q(assignee_id=None) | Q(assignee_id=by.posting_id),
        holder_unit_id=by.unit_id,
        step_role__in=sorted(by.roles),
        state__in=ACTIVE,
    )
    if verb is not None:
        rows = rows.filter(scope(verb, by))
    return _page_by_due(rows, size, after)


def list_dossiers(
    *,
    by: Principal,
    states: Iterable[State] = (),
    unit_ids: Iterable[int] = (),
    procedure_code: str = "",
    codes: Iterable[str] = (),
    size: int = 50,
    after: str = "",
) -> Page[Dossier]:
    """Return the dossiers that `by` may read, newest first, narrowed by state, unit, procedure or codes."""
    rows = _listed()
    if states := sorted(states):
        rows = rows.filter(state__in=states)
    if unit_ids := sorted(unit_ids):
        rows = rows.filter(Q(competent_unit_id__in=unit_ids) | Q(settling_unit_id__in=unit_ids))
    if procedure_code:
        rows = rows.filter(procedure__code=procedure_code)
    if codes := sorted(codes):
        rows = rows.filter(code__in=codes)
    if after:
        rows = rows.filter(pk__lt=int(after) if after.isdigit() else 0)
    found = list(newest(rows, Verb.READ, by, size + 1))
    return Page(tuple(found[:size]), str(found[size - 1].pk) if len(found) > size else "")


def list_consulted(*, by: Principal, size: int = 50) -> tuple[Dossier, ...]:
    """Return the open dossiers on which the unit of `by` has been asked for an opinion, oldest first."""
    rows = _listed().filter(scope(Verb.READ, by), consulted_unit_ids__overlap=sorted(by.unit_ids), state__in=ACTIVE)
    return tuple(rows.order_by("pk")[:size])


def count_work(*, by: Principal) -> int:
    """Return how many dossiers wait for `by`, counted up to `COUNT_CAP`."""
    rows = Dossier.objects.filter(
        Q(assignee_id=None) | Q(assignee_id=by.posting_id),
        holder_unit_id=by.unit_id,
        step_role__in=sorted(by.roles),
        state__in=ACTIVE,
    )
    return rows.values("pk")[:COUNT_CAP].count()


def list_parts(dossier: Dossier) -> list[DossierPart]:
    """Return every part ever handed in, oldest first."""
    return list(DossierPart.objects.filter(dossier=dossier).order_by("id"))


def get_part(*, dossier: Dossier, part_id: int) -> DossierPart:
    """Return one part of this dossier. Raises `NotFound`."""
    part = DossierPart.objects.filter(dossier=dossier, pk=part_id).first()
    if part is None:
        raise NotFound("dossier.part_unknown", code=dossier.code)
    return part


def list_supplement_requests(dossier: Dossier) -> list[SupplementRequest]:
    """Return what was asked to be supplemented, round by round."""
    return list(SupplementRequest.objects.filter(dossier=dossier).order_by("round"))


def journal_heads() -> dict[int, Head]:
    """Return where each dossier's chain ought to end, for the audit."""
    rows = Dossier.objects.values_list("pk", "journal_sequence", "journal_hash").iterator(chunk_size=10_000)
    return {pk: Head(sequence, bytes(digest)) for pk, sequence, digest in rows}


def find_code(stream: int) -> str:
    """Return the code of the dossier whose entries form this stream, a register's name, or the number if it is gone."""
    if stream < 0:
        return find_register(stream) or f"#{stream}"
    return Dossier.objects.filter(pk=stream).values_list("code", flat=True).first() or f"#{stream}"


def _shown() -> "QuerySet[Dossier]":
    return Dossier.objects.select_related(
        "procedure", "applicant", "receiving_unit", "competent_unit", "settling_unit", "holder_unit"
    )


def _listed() -> "QuerySet[Dossier]":
    """What a row of a list shows; anything else is read when asked for."""
    return Dossier.objects.select_related("procedure", "competent_unit", "holder_unit").only(*_LISTED)


def _typed(code: str) -> str:
    parsed = parse_code(code)
    return str(parsed) if parsed else code


def _page_by_due(rows: "QuerySet[Dossier]", size: int, after: str) -> Page[Dossier]:
    ordered = rows.order_by(F("step_due_at").asc(nulls_last=True), "pk")
    key = _parse_key(after)
    if key is not None:
        due, pk = key
        later = Q(step_due_at=due, pk__gt=pk) | Q(step_due_at__gt=due) | Q(step_due_at=None)
        ordered = ordered.filter(later if due else Q(step_due_at=None, pk__gt=pk))
    found = list(ordered[: size + 1])
    last = found[size - 1] if len(found) > size else None
    return Page(tuple(found[:size]), _key(last) if last else "")


def _key(dossier: Dossier) -> str:
    return f"{dossier.step_due_at.isoformat() if dossier.step_due_at else ''}~{dossier.pk}"


def _parse_key(after: str) -> tuple[datetime | None, int] | None:
    moment, _, pk = after.partition("~")
    try:
        return (datetime.fromisoformat(moment) if moment else None), int(pk)
    except ValueError:
        return None


def get_unscoped(code: str) -> Dossier:
    """Return one dossier without row rights: for the system's own work (slips, accounts), never for a face."""
    row = _shown().filter(code=code).first()
    if row is None:
        raise NotFound("dossier.unknown", code=code)
    return row


def list_codes() -> list[str]:
    """Return the codes of all dossiers in the order of filing: for the system's own work, never for a face."""
    return list(Dossier.objects.order_by("pk").values_list("code", flat=True))
