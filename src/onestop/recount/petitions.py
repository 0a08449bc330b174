"""What the entries of an export say of each petition, as the format describes it."""

from datetime import datetime
from typing import Any

from onestop.recount.facts import Facts, moment_of, streams
from onestop.recount.reading import Export


def all_petitions(export: Export) -> list[Facts]:
    """Return the facts of every petition of an export."""
    lives = streams(export, below_zero=True).values()
    return [_petition(export, life) for life in lives if any(entry["kind"] == "file_petition" for entry in life)]


def _petition(export: Export, life: list[dict[str, Any]]) -> Facts:
    said: Facts = {}
    first: dict[str, datetime] = {}
    since = None
    for entry in life:
        said.update(entry["payload"])
        at = moment_of(entry["at"])
        first[entry["kind"]] = min(first.get(entry["kind"], at), at)
        if entry["kind"] in ("ask_petitioner", "clarify_petition"):
            since = at if entry["kind"] == "ask_petitioner" else None
    answered_at, refused_at = first.get("answer_petition"), first.get("refuse_petition")
    return {
        "stream": life[0]["stream"],
        "topic": said.get("topic"),
        "agency": said.get("agency", said.get("unit")),
        "desk": None,
        "filed_at": first["file_petition"],
        "due_at": moment_of(said["due_at"]) if "due_at" in said else None,
        "answered_at": answered_at,
        "refused_at": refused_at,
        "judged_at": answered_at or refused_at or since or export.as_of,
        "extensions": sum(entry["kind"] == "extend_petition" for entry in life),
        "repeats": "repeats" in said,
        "satisfied": said.get("satisfied"),
        "verdict": said.get("verdict"),
        "late_entries": sum(moment_of(entry["recorded_at"]) > export.as_of for entry in life),
        "as_of": export.as_of,
        "period_from": export.period_from,
    }
