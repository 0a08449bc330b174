"""What the entries of an export say of each dossier, as the format describes it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from onestop.recount.reading import Export

Facts = dict[str, Any]
ENDS = {"seal": "processed", "return_result": "returned", "stop": "stopped", "refuse": "refused",
        "withdraw": "withdrawn"}  # fmt: skip
SETS_CLOCK = {"accept", "extend", "answer_supplement", "resume", "reappoint"}
DROPPED = ("refused", "untrue")
SAID = ("code", "procedure", "online_level", "applicant_kind", "channel", "filer", "agency", "desk", "fee")


def all_dossiers(export: Export) -> list[Facts]:
    """Return the facts of every dossier of an export; those that only show beside others come last."""
    lives, complaints = streams(export, below_zero=False), _complaints(export)
    found = [facts for facts in (_dossier(export, life) for life in lives.values()) if facts]
    for facts in found:
        facts["complaints"] = complaints[facts["stream"]]
    minutes = Counter(_minute(facts) for facts in found if facts["finished_at"])
    accounts = Counter(
        facts["filed_by"]
        for facts in found
        if facts["filed_by"] is not None and facts["submitted_at"] >= export.period_from
    )
    for facts in found:
        facts["same_minute"] = minutes[_minute(facts)] if facts["finished_at"] else None
        facts["same_account"] = None if facts["filed_by"] is None else accounts[facts["filed_by"]]
    return found


def streams(export: Export, *, below_zero: bool) -> dict[int, list[dict[str, Any]]]:
    """Return the entries of each dossier, or below zero of each petition, in their order."""
    lives: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for entry in export.entries:
        if (entry["stream"] < 0) is below_zero:
            lives[entry["stream"]].append(entry)
    return {stream: sorted(life, key=lambda entry: int(entry["sequence"])) for stream, life in lives.items()}


def all_procedures(export: Export) -> list[Facts]:
    """Return the facts of every procedure of an export."""
    return [{**item, "as_of": export.as_of, "period_from": export.period_from} for item in export.procedures]


def _dossier(export: Export, life: list[dict[str, Any]]) -> Facts | None:
    filing = next((entry for entry in life if entry["kind"] == "submit"), None)
    if filing is None:
        return None
    when: dict[str, list[datetime]] = defaultdict(list)
    for entry in life:
        when[entry["kind"]].append(moment_of(entry["at"]))
    end_kind = next((kind for kind in ENDS if when[kind]), None)
    finished_at = min(when[end_kind]) if end_kind else None
    accepted_at = min(when["accept"], default=None)
    due = _due_moments(life)
    waiting = None if finished_at else _waiting(life)
    judged = finished_at or waiting or export.as_of
    charges = [entry["payload"].get("amount_vnd") for entry in life if entry["kind"] == "charge"]
    settled = [entry for entry in life if entry["kind"] == "pay" and entry["payload"].get("settles") is True]
    returned_at = min(when["return_result"], default=None)
    return {
        **{name: filing["payload"].get(name) for name in SAID},
        "stream": filing["stream"],
        "filed_by": filing.get("filed_by"),
        "as_of": export.as_of,
        "period_from": export.period_from,
        "submitted_at": moment_of(filing["at"]),
        "accepted_at": accepted_at,
        "approved_at": max(when["approve"], default=None),
        "signed_at": max(when["sign"], default=None),
        "processed_at": min(when["seal"], default=None),
        "returned_at": returned_at,
        "fee_due": charges[-1] if charges else None,
        "paid_at": min((moment_of(entry["at"]) for entry in settled), default=None),
        "paid_online": any(entry["payload"].get("online") is True for entry in settled),
        **due,
        "legal_due_on": _day(export, due["legal_due_at"]),
        "finished": ENDS[end_kind] if end_kind else None,
        "finished_at": finished_at,
        "finished_on": _day(export, finished_at),
        "waiting_from": waiting,
        "judged_at": judged,
        "supplements": len(when["request_supplement"]),
        "reappointments": len(when["reappoint"]),
        "electronic_result": any(e["kind"] == "seal" and e["payload"].get("electronic") is True for e in life),
        "late_entries": sum(moment_of(entry["recorded_at"]) > export.as_of for entry in life),
        "future_entries": sum(moment_of(e["at"]) - moment_of(e["recorded_at"]) > timedelta(minutes=5) for e in life),
        "handling_minutes": _whole(accepted_at, finished_at, 60),
        "hours_left": _whole(judged, due["legal_due_at"], 3600),
        "waiting_days": _whole(waiting, export.as_of, 86400),
        **_rating(life, returned_at or finished_at),
        **_papers(life, accepted_at, handed_in=filing["payload"].get("paper") is True),
    }


def _rating(life: list[dict[str, Any]], ended_at: datetime | None) -> Facts:
    """The last rating holds."""
    last = next((entry for entry in reversed(life) if entry["kind"] == "rate"), None)
    if last is None:
        return dict.fromkeys(("rated_at", "rating", "rated_by", "rating_seconds"))
    at, said = moment_of(last["at"]), last["payload"]
    return {
        "rated_at": at,
        "rating": said.get("rating"),
        "rated_by": said.get("rated_by"),
        "rating_seconds": _whole(ended_at, at, 1),
    }


def _complaints(export: Export) -> Counter[int]:
    """Count for each dossier the petitions about it that stand."""
    found: Counter[int] = Counter()
    for life in streams(export, below_zero=True).values():
        outcome, about = None, None
        for entry in life:
            about = entry["payload"].get("dossier", about)
            match entry["kind"]:
                case "refuse_petition":
                    outcome = "refused"
                case "verify_petition":
                    outcome = entry["payload"].get("verdict")
        if about is not None and outcome not in DROPPED:
            found[about] += 1
    return found


def _due_moments(life: list[dict[str, Any]]) -> Facts:
    """The last entry that sets a due moment holds; acceptance and extension set all three at once."""
    found: Facts = {"legal_due_at": None, "indicator_due_at": None, "appointed_at": None}
    for entry in life:
        if entry["kind"] in SETS_CLOCK:
            said, all_at_once = entry["payload"], entry["kind"] in ("accept", "extend")
            for fact, name in (("legal_due_at", "due_at"), ("indicator_due_at", "indicator_due_at"),
                               ("appointed_at", "appointed_at")):  # fmt: skip
                text = said.get(name) or (said.get("due_at") if all_at_once else None)
                found[fact] = moment_of(text) if text else found[fact]
    return found


def _waiting(life: list[dict[str, Any]]) -> datetime | None:
    since = None
    for entry in life:
        match entry["kind"]:
            case "request_supplement" | "suspend":
                since = moment_of(entry["at"])
            case "answer_supplement" | "resume":
                since = None
    return since


def _papers(life: list[dict[str, Any]], accepted_at: datetime | None, *, handed_in: bool) -> Facts:
    """What came as file, on paper, as data; which papers were there, and scanned, by acceptance."""
    given = list(_given(life))
    ways = {way for _, way, _ in given}

    def by_acceptance(*wanted: str) -> set[str]:
        return {name for name, way, at in given if way in wanted and accepted_at is not None and at <= accepted_at}

    papers = by_acceptance("paper", "scan")
    return {
        "papers": len(papers),
        "papers_scanned": len(by_acceptance("scan") & papers),
        "has_file": bool(ways & {"file", "scan"}),
        "paper_used": handed_in or bool(ways & {"paper", "scan", "presented"}),
        "reused": "data" in ways,
    }


def _given(life: list[dict[str, Any]]) -> Iterator[tuple[str, str, datetime]]:
    for entry in life:
        if entry["kind"] in ("submit", "answer_supplement", "digitise"):
            for part in entry["payload"].get("parts", ()):
                yield part["document"], part["given"], moment_of(entry["at"])


def moment_of(text: str) -> datetime:
    """Return a moment of an export in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def _day(export: Export, at: datetime | None) -> Any:
    return at.astimezone(export.zone).date() if at else None


def _minute(facts: Facts) -> tuple[Any, datetime]:
    return facts["agency"], facts["finished_at"].replace(second=0, microsecond=0)


def _whole(begin: datetime | None, end: datetime | None, seconds: int) -> int | None:
    return (end - begin) // timedelta(seconds=seconds) if begin and end else None
