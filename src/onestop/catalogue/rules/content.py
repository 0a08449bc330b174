"""What one version of a procedure says: required documents, time limits, fees, channels, results, legal basis.

Source of the parts: Decree 63/2010/NĐ-CP Art 8(2), the compulsory parts of an administrative procedure. A version is
immutable; `rules/packing.py` turns it into JSON and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from onestop.catalogue.rules.kinds import DocumentKind, FeeKind, FilingChannel, Names
from onestop.worktime.rules import TimeLimit


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """A required document (thành phần hồ sơ).

    `originals` and `copies` are None where the source does not say how many. `condition` is None for what everybody
    needs, else the case in which it is needed. `channels` is empty if it is the same however one files.
    `reuse_from` names the databases that may replace it; `reuse_stated` is true only if the source itself says so.
    """

    code: str
    names: Names
    kind: DocumentKind
    originals: int | None = None
    copies: int | None = None
    condition: Names | None = None
    channels: frozenset[FilingChannel] = frozenset()
    reuse_from: tuple[str, ...] = ()
    reuse_stated: bool = False

    def is_needed_by(self, channel: FilingChannel) -> bool:
        """True if the document belongs to a dossier that comes in by `channel`."""
        return not self.channels or channel in self.channels


@dataclass(frozen=True, slots=True)
class TimeLimitCase:
    """One time limit for settlement (thời hạn giải quyết) as the source gives it.

    `case` is what tells it from others: the wording of the case, else the code the national portal gives it, else
    empty. `quantity` and `unit` are as written (unit in the source's words: `working_day`, `day`, `hour`, `month`,
    `same_day`); `limit` is what the legal clock can count, None if it cannot. `delta` is set on a rule that changes
    the other limits (e.g. one day less online) and is no limit itself. `cutoff` is the local time after which receipt
    counts for the next working day. `basis` names the part of the source.
    """

    case: str
    quantity: Decimal | None
    unit: str
    limit: TimeLimit | None
    basis: str
    wording: Names | None = None
    cutoff: str = ""
    delta: int | None = None

    @property
    def at_once(self) -> bool:
        """True for a result on the day of receipt (trả kết quả ngay trong ngày)."""
        return self.unit == "same_day"


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee or charge (phí, lệ phí).

    `amount_vnd` None means that no amount is known; then `set_by` says who sets it. An amount with `is_indicative`
    was shown by the source although somebody else sets the real one.
    """

    kind: FeeKind
    amount_vnd: int | None
    channel: FilingChannel | None = None
    set_by: str = ""
    per: str = ""
    amount_usd: int | None = None
    documents: tuple[str, ...] = ()
    amounts_in_text: tuple[int, ...] = ()
    is_indicative: bool = False
    note: str = ""

    @property
    def is_free(self) -> bool:
        """True only for a stated zero that nobody else sets: "0 VND, set by the People's Council" is not free."""
        return self.amount_vnd == 0 and not self.set_by and self.amount_usd is None


@dataclass(frozen=True, slots=True)
class ResultKind:
    """A settlement result of the procedure (kết quả giải quyết); `code` is the national one, may be empty."""

    code: str
    names: Names


@dataclass(frozen=True, slots=True)
class ProcedureContent:
    """All that one version says. `code` is the procedure's.

    All time limits of the source are kept; `default_case` names by its place the one that holds if nobody names a case
    (None: there is none), `default_reason` why that one, as a code, and `needs_curation` that a person should look.
    """

    code: str
    names: Names
    components: tuple[RequiredDocument, ...] = ()
    time_limits: tuple[TimeLimitCase, ...] = ()
    default_case: int | None = None
    default_reason: str = ""
    needs_curation: bool = False
    fees: tuple[Fee, ...] = ()
    channels: frozenset[FilingChannel] = frozenset()
    results: tuple[ResultKind, ...] = ()
    legal_basis: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    settled_at_once: bool = False
    form_code: str = ""
    is_interlinked: bool = False
    notes: Names = field(default_factory=dict)
    provenance: Mapping[str, object] = field(default_factory=dict)

    @property
    def default_limit(self) -> TimeLimitCase | None:
        """Return the time limit that holds if nobody names a case, or None."""
        return None if self.default_case is None else self.time_limits[self.default_case]

    def limit_for(self, case: str) -> TimeLimitCase | None:
        """Return the time limit of a named case, else the default one."""
        return next((item for item in self.time_limits if case and item.case == case), self.default_limit)

    def document(self, code: str) -> RequiredDocument | None:
        """Return the required document with this code, or None."""
        return next((item for item in self.components if item.code == code), None)
