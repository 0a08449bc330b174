"""What an import did, row by row where a row could not be used; and who may do it."""

from dataclasses import dataclass
from typing import Any

from onestop.accounts.rules import Principal, Role
from onestop.errors import Refused

Remark = tuple[int, str, str]
"""The number of the row, the code that stands in it, and the reason or doubt (a code)."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every row. `rows` = created + updated + unchanged + distinct rows in `unusable`.

    A row may be named in `unusable` several times, once a reason. `doubtful` rows were taken.
    """

    kind: str
    rows: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unusable: tuple[Remark, ...] = ()
    doubtful: tuple[Remark, ...] = ()

    @property
    def is_clean(self) -> bool:
        """True if every row could be used."""
        return not self.unusable

    def as_payload(self) -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "kind": self.kind,
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "unusable": [{"row": row, "code": code, "reason": reason} for row, code, reason in self.unusable],
            "doubtful": [{"row": row, "code": code, "doubt": doubt} for row, code, doubt in self.doubtful],
        }


def check_right(by: Principal) -> None:
    """Raise `Refused` unless `by` is an administrator or the system itself."""
    if by.account_id is not None and not by.has(Role.ADMINISTRATOR):
        raise Refused("catalogue.not_permitted")
