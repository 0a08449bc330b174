"""What a foreign record says of a procedure, once read: the same shape whichever file it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onestop.catalogue.rules.content import ProcedureContent
from onestop.catalogue.rules.kinds import Applicability, Level, Names, OnlineLevel, ProcedureKind, ProcedureState


class Detail(StrEnum):
    """How much a file tells of each procedure."""

    LIST = "list"  # one line: name, sector, level, perhaps a time limit
    CORE = "core"  # curated: required documents, fees, time limits, results


@dataclass(frozen=True, slots=True)
class SectorFacts:
    """The sector a record names; `code` is empty where the file gives only the Vietnamese name."""

    names: Names
    code: str = ""
    national_code: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """One usable record. None means that this file does not say; what another file said stays then."""

    detail: Detail
    content: ProcedureContent
    sector: SectorFacts
    levels: tuple[Level, ...]
    applicant_kinds: tuple[str, ...]
    agency: str
    promulgated_by: str
    kind: ProcedureKind | None
    state: ProcedureState | None
    applicability: Applicability | None
    provincial_online_examples: tuple[str, ...]
    online_level: OnlineLevel
    online_submission: bool | None
    online_basis: str
    decision: str
    as_of: str
    successor: str = ""
    facts_source: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The procedure code."""
        return self.content.code


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one record: facts if it can be used, and every reason (codes) if not.

    `doubts` are codes of what looks wrong although the record was taken.
    """

    row: int
    code: str
    facts: ProcedureFacts | None
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
