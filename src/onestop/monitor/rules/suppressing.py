"""Small cells kept back from the public (che số nhỏ), and enough others that no difference gives them away.

A cell is small if 1 to 4 dossiers stand behind a number of it. If exactly one cell of a total is kept back, the total
less the others would tell it: so the next smallest one is kept back as well.
"""

from collections.abc import Mapping

from onestop.monitor.rules.members import Counts

SMALL = 5


def is_small(counts: Counts) -> bool:
    """True if so few stand behind one of the numbers that somebody could be recognised."""
    rest = counts.denominator - counts.numerator
    return any(0 < number < SMALL for number in (counts.numerator, rest, counts.denominator))


def find_hidden(cells: Mapping[str, Counts]) -> frozenset[str]:
    """Return the keys of the cells that are not shown beside their total."""
    hidden = {key for key, counts in cells.items() if is_small(counts)}
    if len(hidden) == 1:
        others = [
            (counts.denominator, key) for key, counts in cells.items() if key not in hidden and counts.denominator
        ]
        hidden |= {min(others)[1]} if others else set()
    return frozenset(hidden)
