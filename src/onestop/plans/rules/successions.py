"""Units that merge during the year: whose figures and whose targets go where (kế thừa khi sắp xếp đơn vị).

Figures and targets of a unit that ended belong to its main successor: the one that figures which cannot be divided are
shown at (`agencies.Succession.is_main`). So no dossier and no promise is lost, and none is counted twice.
"""

from collections.abc import Mapping, Sequence

from onestop.plans.rules.targets import FINEST, Assigned, Base, mean, round_up


def merge_bases(bases: Mapping[str, Base], heirs: Mapping[str, str]) -> dict[str, Base]:
    """Return figures on the new map: what a unit that ended had is added to its heir's.

    `heirs` names for each unit that ended the one that stands for it.
    """
    found: dict[str, Base] = {}
    for unit, base in bases.items():
        heir = find_heir(unit, heirs)
        found[heir] = found[heir] + base if heir in found else base
    return found


def carry_over(assigned: Sequence[Assigned], heirs: Mapping[str, str]) -> tuple[Assigned, ...]:
    """Return targets on the new map, in the order in which each unit first appears.

    An heir with a target of its own keeps it; one without gets the mean of what it takes over, weighted by last year's
    figures, rounded up to a hundredth. Its figure of last year is the sum of all.
    """
    groups: dict[str, list[Assigned]] = {}
    for item in assigned:
        groups.setdefault(find_heir(item.unit, heirs), []).append(item)
    return tuple(_merged(unit, parts) for unit, parts in groups.items())


def find_heir(unit: str, heirs: Mapping[str, str]) -> str:
    """Return who stands for `unit` in the end: itself, if it still exists. A circle ends where it began."""
    seen = {unit}
    while unit in heirs and heirs[unit] not in seen:
        unit = heirs[unit]
        seen.add(unit)
    return unit


def _merged(unit: str, parts: list[Assigned]) -> Assigned:
    if len(parts) == 1 and parts[0].unit == unit:
        return parts[0]
    bases = [part.base for part in parts if part.base is not None]
    base = sum(bases[1:], bases[0]) if bases else None
    own = next((part.target for part in parts if part.unit == unit), None)
    taken = mean(parts)
    assert taken is not None  # a group has at least one part
    return Assigned(unit, own if own is not None else round_up(taken, FINEST), base)
