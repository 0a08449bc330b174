"""Which version of a plan holds at a moment, and what its signature covers."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onestop.plans.rules.kinds import PlanState


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What decides about a version: its number, and when it was signed (None: it is a draft)."""

    number: int
    signed_at: datetime | None


def find_in_force(versions: Iterable[VersionFacts], at: datetime) -> VersionFacts | None:
    """Return the version in force at `at`: the last one signed by then, or None. Progress is judged against it."""
    signed = [item for item in versions if item.signed_at is not None and item.signed_at <= at]
    return max(signed, key=lambda item: item.number, default=None)


def state_of(version: VersionFacts, versions: Iterable[VersionFacts], at: datetime) -> PlanState:
    """Return the state of a version at a moment: a draft, in force, or replaced by an amendment signed by then."""
    if version.signed_at is None or version.signed_at > at:
        return PlanState.DRAFT
    in_force = find_in_force(versions, at)
    return PlanState.SIGNED if in_force == version else PlanState.AMENDED


def content_hash(lines: Sequence[Mapping[str, object]]) -> str:
    """Return the SHA-256 of the lines, whatever their order: what stands in the signed journal entry."""
    texts = sorted(json.dumps(dict(line), ensure_ascii=False, sort_keys=True, separators=(",", ":")) for line in lines)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
