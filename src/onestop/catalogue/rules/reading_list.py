"""Reading one line of the whole national catalogue (the shape of `procedures_list.csv`)."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from onestop.applicants.rules import ApplicantKind
from onestop.catalogue.rules import scraps
from onestop.catalogue.rules.content import ProcedureContent, TimeLimitCase
from onestop.catalogue.rules.facts import Detail, ProcedureFacts, Reading, SectorFacts
from onestop.catalogue.rules.kinds import (
    Applicability,
    FilingChannel,
    Level,
    OnlineLevel,
    ProcedureKind,
    ProcedureState,
)
from onestop.catalogue.rules.limits import choose_default
from onestop.catalogue.rules.scraps import Notes
from onestop.errors import Invalid
from onestop.worktime.rules import TimeLimit

COLUMNS = frozenset({"code", "name", "field", "level", "applicants", "type", "state"})
UNITS = frozenset({"working_day", "day", "hour", "month", "same_day"})
LONGEST_AGENCY = 20_000  # some lines name every ministry there is
_SUBMISSION = {"yes": True, "no": False, "": None}

Row = Mapping[str, str]


def read_line(number: int, row: Row) -> Reading:
    """Read one line. Reasons it cannot be used: see `scraps`, and `unit_unknown`, `quantity_unusable`,
    `online_submission_unknown`. Doubt: `customs_marked_commune`.
    """
    notes = Notes()
    code = scraps.procedure_code(row.get("code"), notes)
    facts = _facts(code, row, notes)
    if facts.sector.names["vi"] == "Hải quan" and Level.COMMUNE in facts.levels:
        notes.doubtful("customs_marked_commune")
    return Reading(number, code, None if notes.reasons else facts, tuple(notes.reasons), tuple(notes.doubts))


def _facts(code: str, row: Row, notes: Notes) -> ProcedureFacts:
    level = scraps.one_of(OnlineLevel, row.get("online_level"), notes, "online_level")
    submission = (row.get("online_submission") or "").strip()
    if submission not in _SUBMISSION:
        notes.unusable("online_submission_unknown")
    return ProcedureFacts(
        detail=Detail.LIST,
        content=_content(code, row, submission, notes),
        sector=SectorFacts({"vi": scraps.text(row.get("field"), notes, "sector", required=True, longest=300)}),
        levels=scraps.several_of(Level, _parts(row.get("level")), notes, "level"),
        applicant_kinds=scraps.several_of(ApplicantKind, _parts(row.get("applicants")), notes, "applicant_kind"),
        agency=scraps.text(row.get("agency"), notes, "agency", longest=LONGEST_AGENCY),
        promulgated_by=scraps.text(row.get("promulgated_by"), notes, "promulgated_by", longest=300),
        kind=scraps.one_of(ProcedureKind, row.get("type"), notes, "kind"),
        state=scraps.one_of(ProcedureState, row.get("state"), notes, "state"),
        applicability=scraps.one_of(
            Applicability, row.get("could_apply_in_quang_ninh_inferred") or "unknown", notes, "applicability"
        ),
        provincial_online_examples=tuple(_parts(row.get("provincial_online_examples"), by=";")),
        online_level=level or OnlineLevel.UNKNOWN,
        online_submission=_SUBMISSION.get(submission),
        online_basis=scraps.text(row.get("online_level_source"), notes, "online_basis", longest=120),
        decision="",
        as_of=scraps.text(row.get("as_of"), notes, "as_of", longest=80),
        facts_source={
            "record": row.get("source") or "",
            "levels": row.get("level_source") or "not stated",
            "applicability": "inferred from level, agency and name",
        },
    )


def _content(code: str, row: Row, submission: str, notes: Notes) -> ProcedureContent:
    limits = _limits(row, notes)
    choice = choose_default(limits)
    agency = scraps.text(row.get("agency"), notes, "agency", longest=LONGEST_AGENCY)
    channels = {FilingChannel.DIRECT, FilingChannel.POSTAL} | ({FilingChannel.ONLINE} if submission == "yes" else set())
    return ProcedureContent(
        code=code,
        names={"vi": scraps.text(row.get("name"), notes, "name", required=True)},
        time_limits=limits,
        default_case=choice.place,
        default_reason=choice.reason,
        needs_curation=True,
        channels=frozenset(channels),
        agencies=(agency,) if agency else (),
        provenance={"source": row.get("source") or "", "detail": Detail.LIST.value},
    )


def _limits(row: Row, notes: Notes) -> tuple[TimeLimitCase, ...]:
    quantity, unit = (row.get("deadline_qty") or "").strip(), (row.get("deadline_unit") or "").strip()
    if not quantity and not unit:
        return ()
    if unit not in UNITS:
        notes.unusable("unit_unknown")
        return ()
    try:
        number = Decimal(quantity) if quantity else None
        limit = TimeLimit.of(None if number is None else float(number), unit)
    except (InvalidOperation, Invalid):
        notes.unusable("quantity_unusable")
        return ()
    return (TimeLimitCase("", number, unit, limit, basis="national catalogue"),)


def _parts(value: str | None, *, by: str = "|") -> list[str]:
    return [part.strip() for part in (value or "").split(by) if part.strip()]
