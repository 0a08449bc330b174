"""The account of the demo: every dossier with its steps and signature checks, then the figures."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from onestop.documents.ports import store
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.filing import Channel
from onestop.dossiers.rules.states import State
from onestop.journal.queries import find_fault, list_entries
from onestop.results.queries import find_result
from onestop.validation.queries import verify_pdf

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def account_of(codes: Iterable[str]) -> list[dict[str, Any]]:
    """Return the account of each dossier, in the order of the codes."""
    return [_dossier(get_unscoped(code)) for code in codes]


def _dossier(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "procedure": {"code": row.procedure.code, "name": row.procedure.names["vi"]},
        "unit": {"code": row.competent_unit.code, "name": row.competent_unit.name()},
        "desk": row.receiving_unit.code,
        "channel": Channel(row.channel).name.lower(),
        "filed_by": row.filer,
        "state": State(row.state).name.lower(),
        "submitted_at": _local(row.submitted_at),
        "accepted_at": _local(row.accepted_at),
        "promised_at": _local(row.due_at),
        "indicator_due_at": _local(row.indicator_due_at),
        "appointed_at": _local(row.appointed_at),
        "finished_at": _local(row.finished_at),
        "returned_at": _local(row.returned_at),
        "supplements": row.supplements,
        "reappointments": row.reappointments,
        "steps": [_step(entry) for entry in list_entries(row.pk)],
        "result": _result(row),
    }


def _step(entry: Any) -> dict[str, Any]:
    fault = find_fault(entry)
    return {
        "number": entry.sequence,
        "kind": entry.kind,
        "at": _local(entry.at),
        "actor": entry.actor,
        "post": entry.post,
        "unit": entry.unit,
        "signature": "holds" if fault is None else fault,
    }


def _result(row: Any) -> dict[str, Any] | None:
    found = find_result(row)
    if found is None:
        return None
    report = verify_pdf(store().get(found.sha256))
    return {
        "number": found.number,
        "title": found.title,
        "sha256": found.sha256,
        "holds": report.valid,
        "signatures": [
            {"signer": item.signer, "organisation": item.organisation, "stamped_at": _local(item.stamped_at)}
            for item in report.signatures
        ],
    }


def _local(moment: datetime | None) -> str | None:
    return moment.astimezone(ZONE).isoformat(timespec="minutes") if moment else None
