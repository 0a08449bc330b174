"""Journals for tests: written straight into the table, and random ones, lawful or not."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from onestop.facts.rules.reference import Deed
from onestop.journal.models import JournalEntry

START = datetime(2026, 2, 2, 1, 0, tzinfo=UTC)
AGENCIES = ("H49.30", "H49.31", "H49.08")


def hours(count: float) -> datetime:
    """Return the moment that many hours after the start of the story."""
    return START + timedelta(hours=count)


def write(deeds: Iterable[Deed]) -> None:
    """Write deeds as entries, without chain and signature: facts do not ask for them."""
    rows = (
        JournalEntry(
            stream=deed.stream,
            sequence=deed.sequence,
            kind=deed.kind,
            actor="system",
            at=deed.at,
            recorded_at=deed.recorded_at,
            payload=deed.payload,
            previous=bytes(32),
            hash=bytes(32),
            signature=b"",
            certificate_id=1,
        )
        for deed in deeds
    )
    JournalEntry.objects.bulk_create(rows, batch_size=2000)


def life(stream: int, *steps: tuple[str, float, dict[str, Any]], **said: Any) -> list[Deed]:
    """Return a dossier filed at hour 0 (or `filed`) with these further steps: kind, hour, payload."""
    filed = said.pop("filed", 0)
    payload = {
        "code": f"H49.30.01-260202-{stream:04d}",
        "procedure": "1.000656",
        "online_level": "full",
        "applicant_kind": "citizen",
        "channel": 2,
        "filer": "self",
        "agency": "H49.30",
        "desk": "H49.30.01",
        "parts": [],
        "paper": False,
        "fee": False,
        **said,
    }
    told = [("submit", filed, payload), *steps]
    return [Deed(stream, n, kind, hours(at), hours(at), body) for n, (kind, at, body) in enumerate(told, 1)]


def accept(at: float, due: float) -> tuple[str, float, dict[str, Any]]:
    """Return an acceptance that promises the moment `due`."""
    return ("accept", at, {"limit": "x", "due_at": hours(due).isoformat()})


def sealed(at: float, *, electronic: bool = True) -> tuple[tuple[str, float, dict[str, Any]], ...]:
    """Return approval, signature and seal at one moment."""
    return (("approve", at, {}), ("sign", at, {}), ("seal", at, {"electronic": electronic}))


PARTS = st.lists(
    st.fixed_dictionaries(
        {
            "document": st.sampled_from(["A", "B", "C"]),
            "given": st.sampled_from(["file", "scan", "paper", "presented", "data"]),
            "sha256": st.just(""),
        }
    ),
    max_size=4,
)
MOMENT = st.integers(-24 * 40, 24 * 40).map(hours)
DUE = MOMENT.map(lambda moment: moment.isoformat())
CLOCK = st.fixed_dictionaries({}, optional={"due_at": DUE, "indicator_due_at": DUE, "appointed_at": DUE})
SAID = st.fixed_dictionaries(
    {"code": st.just("x")},
    optional={
        "procedure": st.just("1.000656"),
        "online_level": st.sampled_from(["full", "partial", "unknown"]),
        "channel": st.sampled_from([1, 2, 3, None]),
        "filer": st.sampled_from(["self", "assisted", "by_officer", "representative", None]),
        "agency": st.sampled_from(AGENCIES),
        "desk": st.sampled_from(["H49.30.01", "H49.99.01"]),
        "fee": st.sampled_from([True, False, None]),
        "paper": st.booleans(),
        "parts": PARTS,
    },
)
PAYLOADS = {
    "submit": SAID,
    "accept": CLOCK,
    "extend": CLOCK,
    "resume": CLOCK,
    "reappoint": CLOCK,
    "answer_supplement": st.tuples(CLOCK, PARTS).map(lambda both: {**both[0], "parts": both[1]}),
    "digitise": PARTS.map(lambda parts: {"parts": parts}),
    "seal": st.fixed_dictionaries({}, optional={"electronic": st.booleans()}),
    "consult": CLOCK,
    "charge": st.fixed_dictionaries({}, optional={"amount_vnd": st.sampled_from([0, 8000, 600000])}),
    "pay": st.fixed_dictionaries({}, optional={"settles": st.booleans(), "online": st.booleans()}),
    "rate": st.fixed_dictionaries(
        {"rating": st.integers(1, 5)}, optional={"rated_by": st.sampled_from(["online", "link", "desk_device"])}
    ),
}
TAKEN = (
    "refuse_petition", "verify_petition", "assign_petition", "ask_petitioner", "clarify_petition", "extend_petition",
    "answer_petition", "rate_answer",
)  # fmt: skip
PETITION_SAID = {
    "file_petition": st.fixed_dictionaries(
        {"topic": st.sampled_from(["rules", "conduct", "delay"])},
        optional={"unit": st.sampled_from(AGENCIES), "due_at": DUE},
    ),
    "assign_petition": st.fixed_dictionaries(
        {"agency": st.sampled_from(AGENCIES)},
        optional={"topic": st.sampled_from(["rules", "conduct"]), "repeats": st.just("PA-260101-0001")},
    ),
    "clarify_petition": st.fixed_dictionaries({}, optional={"due_at": DUE}),
    "extend_petition": st.fixed_dictionaries({}, optional={"due_at": DUE}),
    "verify_petition": st.fixed_dictionaries({"verdict": st.sampled_from(["upheld", "untrue"])}),
    "rate_answer": st.fixed_dictionaries({"satisfied": st.booleans()}),
}
KINDS = (
    *PAYLOADS, "request_supplement", "suspend", "stop", "refuse", "withdraw", "approve", "sign",
    "return_result", "hand_over",
)  # fmt: skip


@st.composite
def random_lives(draw: st.DrawFn, most: int = 6) -> list[Deed]:
    """Return the deeds of a few dossiers and petitions about them, in any order that sequences allow, lawful or not."""
    found: list[Deed] = []
    streams = draw(st.integers(1, most))
    for stream in range(1, streams + 1):
        kinds = ["submit", *draw(st.lists(st.sampled_from([kind for kind in KINDS if kind != "submit"]), max_size=10))]
        for number, kind in enumerate(kinds, 1):
            at = draw(MOMENT)
            written = at + timedelta(hours=draw(st.sampled_from([0, 0, 0, 30, -2])))
            payload = draw(PAYLOADS.get(kind, st.just({})))
            found.append(Deed(stream, number, kind, at, written, payload))
    for stream in range(1, draw(st.integers(0, 3)) + 1):
        found += draw(petitions(-stream, streams))
    return found


@st.composite
def petitions(draw: st.DrawFn, stream: int, dossiers: int) -> list[Deed]:
    """Return the deeds of one petition, about one of the dossiers or none."""
    about = draw(st.one_of(st.none(), st.integers(1, dossiers)))
    found = []
    for number, kind in enumerate(["file_petition", *draw(st.lists(st.sampled_from(TAKEN), max_size=5))], 1):
        said = {**draw(PETITION_SAID.get(kind, st.just({}))), **({} if about is None else {"dossier": about})}
        at = draw(MOMENT)
        found.append(Deed(stream, number, kind, at, at + timedelta(hours=draw(st.sampled_from([0, 0, 30]))), said))
    return found
