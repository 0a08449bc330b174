"""The facts of a dossier a second time, in plain Python: what the SQL statement has to agree with.

Written from the meaning of the facts, not from the statement; slow and plain on purpose. It is also what an
independent recount of exported entries needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from onestop.facts.rules.facts import DossierFacts
from onestop.facts.rules.periods import PROVINCE_ZONE

CLOCK = ("accept", "answer_supplement", "resume", "extend", "reappoint")
DIGITAL = ("file", "scan")
ON_PAPER = ("paper", "presented", "scan")
SKEW = timedelta(minutes=5)
DROPPED = ("refused", "untrue")


@dataclass(frozen=True, slots=True)
class Deed:
    """What a journal entry contributes: its number, kind, effect, when it was written, and its payload.

    Streams below zero are those of petitions; one about a dossier names its stream in the payload.
    """

    stream: int
    sequence: int
    kind: str
    at: datetime
    recorded_at: datetime
    payload: dict[str, Any]

    @property
    def about(self) -> int | None:
        """The dossier that the deed is about, if any."""
        return self.stream if self.stream >= 0 else self.payload.get("dossier")


def find_facts(
    deeds: Iterable[Deed], *, as_of: datetime, period_from: datetime, known_at: datetime | None = None
) -> DossierFacts | None:
    """Return the facts of one dossier from all deeds about it as of a moment, or None if it did not exist yet.

    Deeds written down after `known_at` are left out; without it all that are known now count.
    """
    known = (deed for deed in deeds if known_at is None or deed.recorded_at <= known_at)
    about = sorted((deed for deed in known if deed.at <= as_of), key=lambda deed: deed.sequence)
    done = [deed for deed in about if deed.stream >= 0]
    filed = next((deed for deed in done if deed.kind == "submit"), None)
    if filed is None:
        return None
    said = filed.payload
    finished, finished_at = _end(done)
    waiting_from = None if finished else _waiting_from(done)
    legal = _last_moment(done, "due_at")
    documents = _documents(done)
    accepted_at, returned_at = _first(done, "accept"), _first(done, "return_result")
    rated = next((deed for deed in reversed(done) if deed.kind == "rate"), None)
    settling = [deed for deed in done if deed.kind == "pay" and deed.payload.get("settles") is True]
    papers = [ways for ways in documents.values() if any(_by(ways, way, accepted_at) for way in ("paper", "scan"))]
    return DossierFacts(
        stream=filed.stream,
        code=said.get("code"),
        procedure=said.get("procedure"),
        online_level=said.get("online_level"),
        applicant_kind=said.get("applicant_kind"),
        channel=said.get("channel"),
        filer=said.get("filer"),
        agency=said.get("agency"),
        desk=said.get("desk"),
        fee=said.get("fee"),
        fee_due=next((deed.payload.get("amount_vnd") for deed in reversed(done) if deed.kind == "charge"), None),
        submitted_at=filed.at,
        accepted_at=accepted_at,
        approved_at=_last(done, "approve"),
        signed_at=_last(done, "sign"),
        processed_at=_first(done, "seal"),
        returned_at=returned_at,
        paid_at=_first(settling, "pay"),
        legal_due_at=legal,
        indicator_due_at=_last_moment(done, "indicator_due_at", or_due=True),
        appointed_at=_last_moment(done, "appointed_at", or_due=True),
        finished=finished,
        finished_at=finished_at,
        finished_on=finished_at.astimezone(PROVINCE_ZONE).date() if finished_at else None,
        legal_due_on=legal.astimezone(PROVINCE_ZONE).date() if legal else None,
        waiting_from=waiting_from,
        judged_at=finished_at or waiting_from or as_of,
        supplements=_count(done, "request_supplement"),
        reappointments=_count(done, "reappoint"),
        papers=len(papers),
        papers_scanned=sum(_by(ways, "scan", accepted_at) for ways in papers),
        has_file=any(way in ways for ways in documents.values() for way in DIGITAL),
        paper_used=said.get("paper") is True or any(way in ways for ways in documents.values() for way in ON_PAPER),
        electronic_result=any(deed.kind == "seal" and deed.payload.get("electronic") is True for deed in done),
        paid_online=any(deed.payload.get("online") is True for deed in settling),
        late_entries=sum(deed.recorded_at > as_of for deed in done),
        future_entries=sum(deed.at > deed.recorded_at + SKEW for deed in done),
        reused=any("data" in ways for ways in documents.values()),
        handling_minutes=_whole(accepted_at, finished_at, timedelta(minutes=1)),
        rated_at=rated.at if rated else None,
        rating=rated.payload.get("rating") if rated else None,
        rated_by=rated.payload.get("rated_by") if rated else None,
        rating_seconds=_whole(returned_at or finished_at, rated.at if rated else None, timedelta(seconds=1)),
        complaints=_complaints([deed for deed in about if deed.stream < 0]),
        hours_left=_whole(finished_at or waiting_from or as_of, legal, timedelta(hours=1)),
        waiting_days=_whole(waiting_from, as_of, timedelta(days=1)),
        as_of=as_of,
        period_from=period_from,
    )


def _whole(begin: datetime | None, end: datetime | None, unit: timedelta) -> int | None:
    """Return how many whole units lie between two moments, cut off downwards; None if either is unknown."""
    return (end - begin) // unit if begin and end else None


def _complaints(deeds: Sequence[Deed]) -> int:
    """Count the petitions whose last outcome, if they have any, lets them stand."""
    outcomes: dict[int, str | None] = {}
    for deed in deeds:
        match deed.kind:
            case "file_petition":
                outcomes.setdefault(deed.stream, None)
            case "refuse_petition":
                outcomes[deed.stream] = "refused"
            case "verify_petition":
                outcomes[deed.stream] = deed.payload.get("verdict")
    return sum(outcome not in DROPPED for outcome in outcomes.values())


def _end(done: Sequence[Deed]) -> tuple[str | None, datetime | None]:
    names = {"seal": "processed", "return_result": "returned", "stop": "stopped", "refuse": "refused"}
    for kind, name in {**names, "withdraw": "withdrawn"}.items():
        moment = _first(done, kind)
        if moment is not None:
            return name, moment
    return None, None


def _waiting_from(done: Sequence[Deed]) -> datetime | None:
    since = None
    for deed in done:
        if deed.kind in ("request_supplement", "suspend"):
            since = deed.at
        elif deed.kind in ("answer_supplement", "resume"):
            since = None
    return since


def _documents(done: Sequence[Deed]) -> dict[str, dict[str, datetime]]:
    """Return for each document the ways in which it was given, each with the first moment."""
    found: dict[str, dict[str, datetime]] = {}
    for deed in done:
        if deed.kind in ("submit", "answer_supplement", "digitise"):
            for part in deed.payload.get("parts", ()):
                ways = found.setdefault(part["document"], {})
                ways[part["given"]] = min(ways.get(part["given"], deed.at), deed.at)
    return found


def _by(ways: dict[str, datetime], way: str, moment: datetime | None) -> bool:
    return moment is not None and way in ways and ways[way] <= moment


def _last_moment(done: Sequence[Deed], name: str, *, or_due: bool = False) -> datetime | None:
    found = None
    for deed in done:
        if deed.kind in CLOCK:
            said = deed.payload.get(name)
            if said is None and or_due and deed.kind in ("accept", "extend"):
                said = deed.payload.get("due_at")
            found = datetime.fromisoformat(said) if said else found
    return found


def _first(done: Sequence[Deed], kind: str) -> datetime | None:
    return min((deed.at for deed in done if deed.kind == kind), default=None)


def _last(done: Sequence[Deed], kind: str) -> datetime | None:
    return max((deed.at for deed in done if deed.kind == kind), default=None)


def _count(done: Sequence[Deed], kind: str) -> int:
    return sum(deed.kind == kind for deed in done)
