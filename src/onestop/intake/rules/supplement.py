"""What may be asked to be supplemented, and when.

Asked once, in full, in writing (form 02), within 3 working days of reception unless a sector law says otherwise:
Decree 61/2018/NĐ-CP Art 17 and 19(4); Decree 63/2010/NĐ-CP Art 20(4). A second round needs the head of the agency:
house rule against "ask-give", stricter than the law.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

FORM_ITEM = "FORM"


@dataclass(frozen=True, slots=True)
class SupplementItem:
    """One thing asked for: a document of the published list (or the form), why, how to put it right, on what ground."""

    document: str
    why: str
    how: str
    ground: str

    def as_payload(self) -> dict[str, Any]:
        """Return the item as it is kept."""
        return asdict(self)


def find_objections(
    *,
    items: Iterable[SupplementItem],
    published: Iterable[str],
    round: int,
    countersigned_by: str = "",
    working_days_since: int | None = None,
    days_allowed: int = 3,
) -> tuple[str, ...]:
    """Return every reason why this request may not be sent, as codes; empty means it may.

    `working_days_since` counts from acceptance, None before it.
    """
    items, known = tuple(items), {*published, FORM_ITEM}
    found = []
    if not items:
        found.append("supplement.nothing_asked")
    if any(item.document not in known for item in items):
        found.append("supplement.not_on_the_published_list")
    if any(not (item.why.strip() and item.how.strip()) for item in items):
        found.append("supplement.without_reason")
    if any(not item.ground.strip() for item in items):
        found.append("supplement.without_ground")
    if round > 1 and not countersigned_by:
        found.append("supplement.second_needs_the_head")
    if working_days_since is not None and working_days_since > days_allowed and not countersigned_by:
        found.append("supplement.too_late")
    return tuple(found)
