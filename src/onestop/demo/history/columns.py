"""The columns of some days as the format of facts wants them: unknown where nothing has happened yet."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from onestop.demo.history.days import DAY
from onestop.demo.history.lives import ENDS, FILERS, KINDS, NEVER, UNCLEAR, Column, Columns
from onestop.demo.history.stage import Stage
from onestop.demo.history.voices import RATED_BY
from onestop.facts.rules.columnar import CODED, SCHEMA
from onestop.worktime.rules.calendar import LOCAL_ZONE

AHEAD = int(LOCAL_ZONE.utcoffset(None).total_seconds())


def as_batch(stage: Stage, found: Columns, first_stream: int) -> pa.RecordBatch:
    """Return what the journal would say of these dossiers at the moment the history ends."""
    columns = {**_said(stage, found), **_happened(stage, found), **_counted(found)}
    count = len(found["office"])
    columns["stream"] = _array("stream", np.arange(first_stream, first_stream + count), None)
    columns["code"] = pa.nulls(count, pa.string())
    return pa.RecordBatch.from_arrays([columns[field.name] for field in CODED], schema=CODED)


def _said(stage: Stage, found: Columns) -> dict[str, pa.Array]:
    """Return what is said at filing."""
    services, offices = stage.services, stage.offices
    channel = found["channel"]
    fee, due = stage.service["fee"][found["service"]], found["fee_due"]
    return {
        "procedure": _coded(found["service"], [item.code for item in services]),
        "online_level": _coded(found["service"], [item.level for item in services]),
        "applicant_kind": _coded(found["kind"], KINDS),
        "channel": _numbers(channel, channel != UNCLEAR),
        "filer": _coded(found["filer"], FILERS),
        "agency": _coded(found["office"], [item.code for item in offices]),
        "desk": _coded(found["office"], [item.desk for item in offices]),
        "fee": _truths(fee > 0, fee >= 0),
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
        "finished": _coded(np.where(is_finished, found["end"], -1), ENDS),
        "finished_at": _moments(finished),
        "finished_on": _days(finished),
        "legal_due_on": _days(due["legal_due"]),
        "waiting_from": _moments(np.where(waiting, found["asked"], NEVER)),
        "rated_at": _moments(found["rated"]),
        "rated_by": _coded(found["rated_by"], RATED_BY),
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
        "has_file": _truths(found["has_file"]),
        "paper_used": _truths(found["papers"] > 0),
        "electronic_result": _truths(found["electronic"] & (found["processed"] != NEVER)),
        "paid_online": _truths(found["paid_online"]),
        "rating": _numbers(found["rating"], found["rating"] > 0),
        "rating_seconds": _numbers(found["rating_seconds"], found["rating"] > 0),
        "complaints": _numbers(found["complaints"]),
        "late_entries": _numbers(found["late"]),
        "future_entries": _numbers(found["future"]),
        "reused": _truths(found["reused"]),
    }


def _by(moments: Column, happens: Column, as_of: int) -> Column:
    return np.where(happens & (moments <= as_of), moments, NEVER)


def _moments(seconds: Column) -> pa.Array:
    return _array("submitted_at", (seconds - AHEAD) * 1_000_000, seconds != NEVER)


def _days(seconds: Column) -> pa.Array:
    return _array("finished_on", (seconds // DAY).astype(np.int32), seconds != NEVER)


def _numbers(values: Column, known: Column | None = None) -> pa.Array:
    return _array("supplements", values.astype(np.int32), known)


def _truths(values: Column, known: Column | None = None) -> pa.Array:
    return _array("fee", _bits(values), known, len(values))


def _coded(numbers: Column, values: Sequence[str | None]) -> pa.Array:
    """Return values by their numbers; unknown where the number is below zero, or the value is none."""
    distinct = list(dict.fromkeys(value for value in values if value is not None))
    number_of = {value: number for number, value in enumerate(distinct)}
    codes = np.array([-1 if value is None else number_of[value] for value in values] + [-1], dtype=np.int32)[numbers]
    return pa.DictionaryArray.from_arrays(_array("supplements", codes, codes >= 0), _texts(distinct))


def _texts(values: Sequence[str]) -> pa.Array:
    raw = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, raw)], dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(raw), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(raw))])


def _array(like: str, values: Column, known: Column | None, count: int | None = None) -> pa.Array:
    """Return an array of the type of a column over numbers as they lie in memory.

    `pyarrow.array` would load pandas first, which takes longer than a hundred thousand dossiers.
    """
    unknown = None if known is None else pa.py_buffer(_bits(known))
    kind = SCHEMA.field(like).type
    return pa.Array.from_buffers(kind, len(values) if count is None else count, [unknown, pa.py_buffer(values)])


def _bits(truths: Column) -> Column:
    return np.packbits(truths, bitorder="little")
