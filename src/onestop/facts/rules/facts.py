"""What a definition may ask about: the facts of a dossier and of a procedure, each with its kind.

An unknown fact (None) makes every comparison with it false: an unknown due moment is not in time, an unknown channel
is not online.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum


class FactKind(StrEnum):
    """What sort of value a fact has; only values of one kind are compared."""

    MOMENT = "moment"
    DAY = "day"
    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What the journal says of one dossier as of a moment (dữ kiện của hồ sơ).

    `finished` and `finished_at` follow the order of indicator 2.1: processed, else returned, else stopped, refused or
    withdrawn. `waiting_from` is set while a supplement or a suspension stops the clock. `judged_at` is the moment that
    is held against a due moment: the end, else the begin of the waiting, else `as_of`.
    `papers` counts documents that came on paper by acceptance, `papers_scanned` those of them that an officer had
    scanned by then; `has_file` is true if a file or a scan of any document is held; `paper_used` if anything was handed
    in or shown on paper. `late_entries` counts entries that took effect by `as_of` but were written down later,
    `future_entries` those that claim to have taken effect more than five minutes after they were written down.
    `fee` is what the catalogue says at filing, `fee_due` what was stated to be paid, in đồng (0: exempt). `paid_at` is
    the moment at which all of it was paid, `paid_online` true if that payment came through the payment platform.
    `reused` is true if any document was given as data that is held already. `handling_minutes` lie between acceptance
    and end, `rating_seconds` between return (else end) and the last rating, `hours_left` between `judged_at` and the
    legal due moment (below zero: late), `waiting_days` between `waiting_from` and `as_of`; all by the calendar, whole
    ones, the rest cut off downwards.
    `rating` is 1 to 5 as the applicant last said it, `rated_by` how: `online`, `link` or `desk_device`. `complaints`
    counts petitions about the dossier but for those refused or verified untrue.
    """

    stream: int
    code: str | None
    procedure: str | None
    online_level: str | None
    applicant_kind: str | None
    channel: int | None
    filer: str | None
    agency: str | None
    desk: str | None
    fee: bool | None
    fee_due: int | None
    submitted_at: datetime | None
    accepted_at: datetime | None
    approved_at: datetime | None
    signed_at: datetime | None
    processed_at: datetime | None
    returned_at: datetime | None
    paid_at: datetime | None
    legal_due_at: datetime | None
    indicator_due_at: datetime | None
    appointed_at: datetime | None
    finished: str | None
    finished_at: datetime | None
    finished_on: date | None
    legal_due_on: date | None
    waiting_from: datetime | None
    judged_at: datetime
    supplements: int
    reappointments: int
    papers: int
    papers_scanned: int
    has_file: bool
    paper_used: bool
    electronic_result: bool
    paid_online: bool
    late_entries: int
    future_entries: int
    reused: bool
    handling_minutes: int | None
    rated_at: datetime | None
    rating: int | None
    rated_by: str | None
    rating_seconds: int | None
    complaints: int
    hours_left: int | None
    waiting_days: int | None
    as_of: datetime
    period_from: datetime


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """What is known of one procedure in force on a day (dữ kiện của thủ tục).

    `at_province` and `at_commune`: done at that level; `has_workflow`: a process template of its own is published.
    `dossiers` were filed in the period, `online_dossiers` of them online. `is_eligible`: can be done full-process at
    all, None where nobody has said. `announcements` are the decisions of the province on it that took effect in the
    period; `announced_late` of them were signed too late before that, `publicised_late` of them made public too late
    after signing; both unknown if the day of signing of any is. `fee` is what the catalogue says, `pays_online`: by a
    decision its fee can be paid online. `fee_dossiers` had a fee stated in the period, `paid_online_dossiers` paid it
    through the payment platform.
    """

    code: str
    online_level: str | None
    is_eligible: bool | None
    kind: str | None
    state: str | None
    applicability: str | None
    at_province: bool
    at_commune: bool
    has_workflow: bool
    dossiers: int
    online_dossiers: int
    announcements: int
    announced_late: int | None
    publicised_late: int | None
    fee: bool | None
    pays_online: bool
    fee_dossiers: int
    paid_online_dossiers: int


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """What the journal says of one petition as of a moment (dữ kiện của phản ánh, kiến nghị).

    `agency` has to answer; before it is assigned, what the petition is about. `judged_at` is the end (an answer or a
    refusal), else the begin of the waiting for the petitioner, else `as_of`. `repeats` is true if the centre linked it
    to an earlier one, `extensions` how often its term was prolonged, `satisfied` what is said of the answer.
    """

    stream: int
    topic: str | None
    agency: str | None
    filed_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    refused_at: datetime | None
    judged_at: datetime
    extensions: int
    repeats: bool
    satisfied: bool | None
    verdict: str | None
    late_entries: int
    as_of: datetime
    period_from: datetime


_KINDS = {
    "datetime": FactKind.MOMENT,
    "date": FactKind.DAY,
    "str": FactKind.TEXT,
    "int": FactKind.NUMBER,
    "bool": FactKind.TRUTH,
}


def kinds_of(facts: type[DossierFacts] | type[ProcedureFacts] | type[PetitionFacts]) -> dict[str, FactKind]:
    """Return the kind of every fact by its name."""
    return {item.name: _kind(item.type) for item in fields(facts)}


def _kind(annotation: object) -> FactKind:
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation))
    return _KINDS[name.split(" | ")[0].rpartition(".")[2]]


DOSSIER_FACTS = kinds_of(DossierFacts)
PROCEDURE_FACTS = kinds_of(ProcedureFacts)
PETITION_FACTS = kinds_of(PetitionFacts)
GROUPED_FACTS = {**DOSSIER_FACTS, "same_minute": FactKind.NUMBER, "same_account": FactKind.NUMBER}
"""Facts of a dossier beside all others: how many ended at the agency in the same minute, how many this account filed
in the period. Itself is counted too; unknown if it has not ended, or was filed by an officer."""

ASKED = ("as_of", "period_from", "judged_at", "hours_left", "waiting_days")
"""Facts that depend on what is asked: computed then, never stored."""
STORED = tuple(name for name in DOSSIER_FACTS if name not in ASKED)
