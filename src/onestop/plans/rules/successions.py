"""Units that end during the year: whose targets go where (kế thừa chỉ tiêu khi sắp xếp đơn vị).

A unit's target goes to its main successor, the one at which figures that cannot be divided are shown
(`agencies.Succession.is_main`); that of a unit parted among several, as the districts of 2025, to each of them. So no
promise is lost. The figures follow the same map (`indicators`), so no dossier is counted twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onestop.plans.rules.targets import FINEST, Assigned, mean, round_up

Heirs = Mapping[str, tuple[str, ...]]
"""For each unit that ended, who stands for it."""


def carry_over(assigned: Sequence[Assigned], heirs: Heirs) -> tuple[Assigned, ...]:
    """Return targets on the new map, in the order in which each unit first appears.

    An heir with a target of its own keeps it; one without gets the mean of what it takes over, weighted by last year's
    figures, rounded up to a hundredth. Its figure of last year is the sum of all it takes over whole; what was parted
    among several has none, since it cannot be divided.
    """
    groups: dict[str, list[Assigned]] = {}
    for item in assigned:
        found = find_heirs(item.unit, heirs)
        for heir in found:
            groups.setdefault(heir, []).append(item if len(found) == 1 else replace(item, base=None))
    return tuple(_merged(unit, parts) for unit, parts in groups.items())


def find_heirs(unit: str, heirs: Heirs) -> tuple[str, ...]:
    """Return who stands for `unit` in the end: itself, if it still exists. A circle ends where it is met again."""
    found: dict[str, None] = {}
    waiting, seen = [unit], {unit}
    while waiting:
        at = waiting.pop(0)
        following = [heir for heir in heirs.get(at, ()) if heir not in seen]
        seen.update(following)
        waiting.extend(following)
        if not following:
            found[at] = None
    return tuple(found)


def _merged(unit: str, parts: list[Assigned]) -> Assigned:
    if len(parts) == 1 and parts[0].unit == unit:
        return parts[0]
    bases = [part.base for part in parts if part.base is not None]
    base = sum(bases[1:], bases[0]) if bases else None
    own = next((part.target for part in parts if part.unit == unit), None)
    taken = mean(parts)
    assert taken is not None  # a group has at least one part
    return Assigned(unit, own if own is not None else round_up(taken, FINEST), base)
