"""Bringing electronic forms in. A form that says something else than its last version becomes the next version."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.catalogue import queries
from onestop.catalogue.models import EForm
from onestop.catalogue.operations.reports import ImportReport, Remark, check_right
from onestop.catalogue.rules.files import FileKind, Records, read_file
from onestop.catalogue.rules.forms import find_faults
from onestop.catalogue.rules.packing import digest
from onestop.errors import Invalid
from onestop.journal.operations import actor_name


@transaction.atomic
def import_forms(*, by: Principal, at: datetime, data: bytes = b"", records: Records | None = None) -> ImportReport:
    """Import forms (the shape of `forms.json`). Forms that cannot be used are named with every reason and left out.

    Idempotent: a form equal to its last version changes nothing. Raises `Invalid`, `Refused` as `import_catalogue`.
    """
    check_right(by)
    records = records or read_file(data)
    if records.kind is not FileKind.FORMS:
        raise Invalid("file.unknown_shape")
    unusable: list[Remark] = []
    outcomes: Counter[str] = Counter()
    seen: set[str] = set()
    for number, record in records.rows:
        code = str(record.get("id", "")) if isinstance(record, dict) else ""
        reasons = (*find_faults(record), *(("code_repeated",) if code in seen else ()))
        seen.add(code)
        unusable += [(number, code, reason) for reason in reasons]
        if not reasons:
            outcomes[_keep(record, by=by, at=at)] += 1
    queries.forget_forms()
    transaction.on_commit(queries.forget_forms)
    return ImportReport(
        kind=FileKind.FORMS.value,
        rows=len(records.rows),
        created=outcomes["created"],
        updated=outcomes["updated"],
        unchanged=outcomes["unchanged"],
        unusable=tuple(unusable),
    )


def _keep(record: dict[str, Any], *, by: Principal, at: datetime) -> str:
    last = EForm.objects.select_for_update().filter(code=record["id"]).order_by("-version").first()
    content_hash = digest(record)
    if last is not None and last.content_hash == content_hash:
        return "unchanged"
    EForm.objects.create(
        code=record["id"],
        version=last.version + 1 if last else 1,
        titles=record["title"],
        procedures=list(record.get("procedures") or ()),
        content=record,
        content_hash=content_hash,
        published_at=at,
        published_by=actor_name(by),
    )
    return "updated" if last else "created"
