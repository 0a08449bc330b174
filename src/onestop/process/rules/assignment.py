"""Who should take a dossier: the one with the least work, so that nobody picks his applicant."""

from collections.abc import Mapping, Sequence


def suggest(candidates: Sequence[int], open_work: Mapping[int, int]) -> int | None:
    """Return the posting with the fewest open dossiers; among equals the one longest in the list. None if nobody."""
    return min(candidates, key=lambda posting: (open_work.get(posting, 0), candidates.index(posting)), default=None)
