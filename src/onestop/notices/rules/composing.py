"""What stands on each slip, from the entry's payload and the dossier's own facts. Shapes: `documents.rules.slips`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onestop.documents.rules.wording import moment
from onestop.notices.rules.slips import SlipKind

Content = dict[str, Any]
RETURN_WAYS = {0: "Tại Bộ phận Một cửa", 1: "Qua bưu chính công ích", 2: "Trực tuyến (bản điện tử)"}
GIVEN = {
    "file": "bản điện tử",
    "scan": "bản giấy, đã số hóa",
    "paper": "bản giấy",
    "presented": "xuất trình",
    "data": "dữ liệu đã có",
}


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """What a slip says beside the entry. `documents` are names and ways of giving; `people` names posts by code."""

    agency: str
    agency_above: str
    place: str
    one_stop: str
    dossier_code: str
    look_up: str
    number: str
    applicant: Mapping[str, str]
    procedure: str
    officer: str
    documents: Sequence[tuple[str, str]]
    document_names: Mapping[str, str]
    time_limit: str
    return_way: int
    received_at: datetime
    due_at: datetime
    people: Mapping[str, str]
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the journal as a slip needs it."""

    kind: str
    at: datetime
    post: str
    payload: Mapping[str, Any]


def compose_slip(kind: SlipKind, event: Event, facts: SlipFacts, history: Sequence[Event]) -> Content:
    """Return the content of a slip. `history` is the whole stream up to the entry, for the control slip."""
    content = {**_frame(event, facts), **BUILDERS[kind](event, facts, history)}
    return {name: value for name, value in content.items() if value not in ("", None)}


def _frame(event: Event, facts: SlipFacts) -> Content:
    return {
        "agency": facts.agency,
        "agency_above": facts.agency_above,
        "place": facts.place,
        "on": moment(event.at)[:10],
        "dossier_code": facts.dossier_code,
        "look_up": facts.look_up,
        "number": facts.number,
        "one_stop": facts.one_stop,
        "applicant": {name: value for name, value in facts.applicant.items() if value},
        "procedure": facts.procedure,
    }


def _receipt(event: Event, facts: SlipFacts, _: Sequence[Event]) -> Content:
    return {
        "documents": [
            {"name": name, "quantity": 1, "form": GIVEN.get(given, given)} for name, given in facts.documents
        ],
        "sets": 1,
        "time_limit": facts.time_limit,
        "received_at": moment(event.at),
        "due_at": moment(datetime.fromisoformat(event.payload["due_at"])),
        "return_way": RETURN_WAYS[facts.return_way],
        "officer": facts.officer,
    }


def _supplement(event: Event, facts: SlipFacts, _: Sequence[Event]) -> Content:
    items = [
        {
            "name": facts.document_names.get(item["document"], "Tờ khai"),
            "reason": item["why"],
            "ground": item["ground"],
            "how": item["how"],
        }
        for item in event.payload["items"]
    ]
    return {"items": items, "reason": event.payload.get("reason") or "", "officer": facts.officer}


def _refusal(event: Event, facts: SlipFacts, _: Sequence[Event]) -> Content:
    reasons = [{"text": reason["why"], "ground": reason["ground"]} for reason in event.payload["reasons"]]
    return {"reasons": reasons, "officer": facts.officer}


def _apology(event: Event, facts: SlipFacts, _: Sequence[Event]) -> Content:
    return {
        "received_at": moment(facts.received_at),
        "due_at": moment(facts.due_at),
        "new_due_at": moment(datetime.fromisoformat(event.payload["appointed_at"])),
        "reason": event.payload["reason"],
        "responsible": event.payload["unit"],
        "signer": {"post": facts.people.get(event.post, "Người giải quyết").upper(), "name": facts.officer},
    }


def _control(_: Event, facts: SlipFacts, history: Sequence[Event]) -> Content:
    moves = [entry for entry in history if entry.post]
    pairs = zip(moves, [*moves[1:], None], strict=True)
    steps = [
        {
            "handed_by": facts.people.get(move.post, move.post),
            "received_by": facts.people.get(following.post, following.post) if following else "Người nộp hồ sơ",
            "handed_at": moment(move.at),
            "received_at": moment(move.at),
            "verdict": "Quá hạn" if move.at > facts.due_at else "Đúng hạn",
        }
        for move, following in pairs
    ]
    return {
        "competent": facts.agency,
        "received_at": moment(facts.received_at),
        "due_at": moment(facts.due_at),
        "steps": steps,
    }


BUILDERS: Mapping[SlipKind, Callable[[Event, SlipFacts, Sequence[Event]], Content]] = {
    SlipKind.RECEIPT: _receipt,
    SlipKind.SUPPLEMENT: _supplement,
    SlipKind.REFUSAL: _refusal,
    SlipKind.APOLOGY: _apology,
    SlipKind.CONTROL: _control,
}
