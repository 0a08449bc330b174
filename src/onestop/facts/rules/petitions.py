"""The facts of a petition a second time, in plain Python: what the statement over its entries has to agree with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from onestop.facts.rules.facts import PetitionFacts
from onestop.facts.rules.reference import Deed


def find_petition(
    deeds: Iterable[Deed], *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> PetitionFacts | None:
    """Return the facts of one petition from its deeds as of a moment, or None if it was not filed yet."""
    known = (deed for deed in deeds if known_at is None or deed.recorded_at <= known_at)
    done = sorted((deed for deed in known if deed.at <= as_of), key=lambda deed: deed.sequence)
    filed = [deed.at for deed in done if deed.kind == "file_petition"]
    if not filed:
        return None
    answered, refused = (min((d.at for d in done if d.kind == kind), default=None) for kind in ENDS)
    due = _last(done, "due_at")
    return PetitionFacts(
        stream=done[0].stream,
        topic=_last(done, "topic"),
        agency=_last(done, "agency") or _last(done, "unit"),
        filed_at=min(filed),
        due_at=datetime.fromisoformat(due) if due else None,
        answered_at=answered,
        refused_at=refused,
        judged_at=answered or refused or _waiting_from(done) or as_of,
        extensions=sum(deed.kind == "extend_petition" for deed in done),
        repeats=any("repeats" in deed.payload for deed in done),
        satisfied=_last(done, "satisfied"),
        verdict=_last(done, "verdict"),
        late_entries=sum(deed.recorded_at > as_of for deed in done),
        as_of=as_of,
        period_from=period_from,
    )


ENDS = ("answer_petition", "refuse_petition")


def _last(done: list[Deed], name: str) -> Any:
    return next((deed.payload[name] for deed in reversed(done) if name in deed.payload), None)


def _waiting_from(done: list[Deed]) -> datetime | None:
    since = None
    for deed in done:
        if deed.kind == "ask_petitioner":
            since = deed.at
        elif deed.kind == "clarify_petition":
            since = None
    return since
