"""The columns of a day as the format of facts wants them: unknown where nothing has happened yet."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from onestop.demo.history.days import DAY
from onestop.demo.history.lives import ENDS, FILERS, KINDS, NEVER, UNCLEAR, Column, Columns
from onestop.demo.history.stage import Stage
from onestop.indicators.rules.columnar import CODED
from onestop.worktime.rules.calendar import LOCAL_ZONE

AHEAD = int(LOCAL_ZONE.utcoffset(None).total_seconds())
_TYPES = {field.name: field.type for field in CODED}


def as_batch(stage: Stage, found: Columns, first_stream: int) -> pa.RecordBatch:
    """Return what the journal would say of these dossiers at the moment the history ends."""
    columns = {**_said(stage, found), **_happened(stage, found), **_counted(found)}
    count = len(found["office"])
    columns["stream"] = pa.array(np.arange(first_stream, first_stream + count))
    columns["code"] = pa.nulls(count, pa.string())
    return pa.RecordBatch.from_arrays([columns[field.name] for field in CODED], schema=CODED)


def _said(stage: Stage, found: Columns) -> dict[str, pa.Array]:
    """Return what is said at filing."""
    services, offices = stage.services, stage.offices
    channel = found["channel"]
    fee, due = stage.service["fee"][found["service"]], found["fee_due"]
    return {
        "procedure": _coded("procedure", found["service"], [item.code for item in services]),
        "online_level": _coded("online_level", found["service"], [item.level for item in services]),
        "applicant_kind": _coded("applicant_kind", found["kind"], KINDS),
        "channel": pa.array(channel.astype(np.int32), mask=channel == UNCLEAR),
        "filer": _coded("filer", found["filer"], FILERS),
        "agency": _coded("agency", found["office"], [item.code for item in offices]),
        "desk": _coded("desk", found["office"], [item.desk for item in offices]),
        "fee": pa.array(fee > 0, mask=fee < 0),
        "fee_due": _numbers(due, due >= 0),
    }


def _happened(stage: Stage, found: Columns) -> dict[str, pa.Array]:
    """Return what has happened by the end of the history, and the due moments that hold by then."""
    as_of = stage.as_of
    accepted = np.where(found["accepted"] <= as_of, found["accepted"], NEVER)
    is_accepted = accepted != NEVER
    refused_at_once = (found["accepted"] == NEVER) & (found["begun"] <= as_of)
    is_finished = (is_accepted & (found["finished"] <= as_of)) | refused_at_once
    finished = np.where(is_finished, np.where(refused_at_once, found["begun"], found["finished"]), NEVER)
    has_result = is_accepted & (found["end"] == 0)
    processed = np.where(has_result, finished, NEVER)
    span = found["finished"] - found["begun"]
    approved, signed = (_by(found["begun"] + span * part // 20, has_result, as_of) for part in (17, 19))
    due = {name: np.where(is_accepted, found[name], NEVER) for name in ("legal_due", "indicator_due", "appointed")}
    waiting = is_accepted & ~is_finished & (found["asked"] <= as_of) & (found["answered"] > as_of)
    found["processed"], found["is_accepted"] = processed, is_accepted
    return {
        "submitted_at": _moments(found["submitted"]),
        "accepted_at": _moments(accepted),
        "approved_at": _moments(np.minimum(approved, signed)),
        "signed_at": _moments(signed),
        "processed_at": _moments(processed),
        "returned_at": _moments(_by(found["returned"], processed != NEVER, as_of)),
        "paid_at": _moments(found["paid"]),
        "legal_due_at": _moments(due["legal_due"]),
        "indicator_due_at": _moments(due["indicator_due"]),
        "appointed_at": _moments(due["appointed"]),
        "finished": _coded("finished", np.where(is_finished, found["end"], -1), ENDS),
        "finished_at": _moments(finished),
        "finished_on": _days(finished),
        "legal_due_on": _days(due["legal_due"]),
        "waiting_from": _moments(np.where(waiting, found["asked"], NEVER)),
        "handling_minutes": _numbers((finished - accepted) // 60, is_finished & is_accepted),
    }


def _counted(found: Columns) -> dict[str, pa.Array]:
    """Return the numbers and truths."""
    is_accepted = found["is_accepted"]
    return {
        "supplements": _numbers(np.where(is_accepted, found["rounds"], 0)),
        "reappointments": _numbers(np.where(is_accepted, found["re"], 0)),
        "papers": _numbers(np.where(is_accepted, found["papers"], 0)),
        "papers_scanned": _numbers(np.where(is_accepted, found["scanned"], 0)),
        "has_file": pa.array(found["has_file"]),
        "paper_used": pa.array(found["papers"] > 0),
        "electronic_result": pa.array(found["electronic"] & (found["processed"] != NEVER)),
        "paid_online": pa.array(found["paid_online"]),
        "late_entries": _numbers(found["late"]),
        "future_entries": _numbers(found["future"]),
        "reused": pa.array(found["reused"]),
    }


def _by(moments: Column, happens: Column, as_of: int) -> Column:
    return np.where(happens & (moments <= as_of), moments, NEVER)


def _moments(seconds: Column) -> pa.Array:
    unknown = seconds == NEVER
    return pa.array((np.where(unknown, 0, seconds) - AHEAD) * 1_000_000, mask=unknown).cast(
        pa.timestamp("us", tz="UTC")
    )


def _days(seconds: Column) -> pa.Array:
    return pa.array((seconds // DAY).astype(np.int32), mask=seconds == NEVER).cast(pa.date32())


def _numbers(values: Column, known: Column | None = None) -> pa.Array:
    return pa.array(values.astype(np.int32), mask=None if known is None else ~known)


def _coded(name: str, numbers: Column, values: Sequence[str | None]) -> pa.Array:
    """Return values by their numbers; unknown where the number is below zero, or the value is none."""
    distinct = [value for value in dict.fromkeys(values) if value is not None]
    places = np.array([-1 if value is None else distinct.index(value) for value in values], dtype=np.int32)
    codes = np.where(numbers < 0, -1, places[numbers])
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array(distinct)).cast(_TYPES[name])
