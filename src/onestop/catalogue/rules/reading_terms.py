"""Reading the time limits and the fees of a curated record, with the slips national records are known for."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from onestop.catalogue.rules import scraps
from onestop.catalogue.rules.content import Fee, TimeLimitCase
from onestop.catalogue.rules.kinds import FeeKind, FilingChannel
from onestop.catalogue.rules.reading_list import UNITS
from onestop.catalogue.rules.scraps import Notes
from onestop.errors import Invalid
from onestop.worktime.rules import TimeLimit

LEAST_PLAUSIBLE_FEE = 1000
LONGEST_CASE = 60

Record = Mapping[str, Any]


def read_limits(record: Record, notes: Notes) -> tuple[TimeLimitCase, ...]:
    """Read all time limits; none is thrown away. Reasons: `unit_unknown`, `quantity_unusable`. Rows of the channel
    table with the unit OTHER are placeholders of the portal and never become limits.
    """
    found = [_limit(item, notes) for item in scraps.items(record.get("deadlines"), notes, "deadlines")]
    if any(row.get("unit") == "other" for row in scraps.items(record.get("channels"), notes, "channels")):
        notes.doubtful("channel_unit_other_left_out")
    return tuple(item for item in found if item is not None)


def _limit(item: Record, notes: Notes) -> TimeLimitCase | None:
    unit, quantity, delta = item.get("unit"), item.get("qty"), item.get("delta")
    if unit not in UNITS:
        notes.unusable("unit_unknown")
        return None
    case = item.get("case") if isinstance(item.get("case"), Mapping) else {}
    assert isinstance(case, Mapping)
    wording = scraps.optional_names(case)
    limit = None if delta is not None else _counted(quantity, str(unit), notes)
    return TimeLimitCase(
        case=(wording["vi"] if wording else str(case.get("portal_case") or ""))[:LONGEST_CASE],
        quantity=Decimal(str(quantity)) if _is_number(quantity) else None,
        unit=str(unit),
        limit=limit,
        basis=scraps.text(item.get("basis"), notes, "basis", longest=200),
        wording=wording,
        cutoff=scraps.text(item.get("cutoff"), notes, "cutoff", longest=5),
        delta=delta if isinstance(delta, int) else None,
    )


def _counted(quantity: Any, unit: str, notes: Notes) -> TimeLimit | None:
    if unit != "same_day" and not _is_number(quantity):
        notes.unusable("quantity_unusable")
        return None
    try:
        return TimeLimit.of(quantity, unit)
    except Invalid:
        notes.unusable("quantity_unusable")
        return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def read_fees(record: Record, notes: Notes) -> tuple[Fee, ...]:
    """Read all fees. Reasons: `fee_kind_unknown`, `amount_unusable`. Doubts: `zero_but_set_by_others` (the zero is
    dropped: it is not free), `fee_implausibly_small` (100 for 100,000).
    """
    return tuple(_fee(item, notes) for item in scraps.items(record.get("fees"), notes, "fees"))


def _fee(item: Record, notes: Notes) -> Fee:
    set_by = scraps.text(item.get("set_by"), notes, "set_by", longest=60)
    return Fee(
        kind=scraps.one_of(FeeKind, item.get("kind"), notes, "fee_kind") or FeeKind.FEE_OR_CHARGE,
        amount_vnd=_amount(item.get("amount_vnd"), set_by, notes),
        channel=scraps.one_of(FilingChannel, item.get("channel"), notes, "channel"),
        set_by=set_by,
        per=scraps.text(item.get("per_vi"), notes, "per", longest=300),
        amount_usd=item.get("amount_usd") if isinstance(item.get("amount_usd"), int) else None,
        documents=scraps.texts(item.get("per_documents")),
        amounts_in_text=tuple(value for value in item.get("amounts_in_text_vnd") or () if isinstance(value, int)),
        is_indicative=bool(item.get("indicative")),
        note=scraps.text(item.get("note") or item.get("correction"), notes, "note"),
    )


def _amount(value: Any, set_by: str, notes: Notes) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        notes.unusable("amount_unusable")
        return None
    if value == 0 and set_by:
        notes.doubtful("zero_but_set_by_others")
        return None
    if 0 < value < LEAST_PLAUSIBLE_FEE:
        notes.doubtful("fee_implausibly_small")
    return value
