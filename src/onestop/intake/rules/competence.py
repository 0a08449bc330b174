"""Which kind of agency can decide a procedure of which level (thẩm quyền giải quyết theo cấp).

Law on Organisation of Local Government 72/2025/QH15: province and commune; what districts did until 30 June 2025 went
to either of them. A sector law may be narrower: that is for the desk to say.
"""

from collections.abc import Iterable

from onestop.agencies.rules import UnitKind
from onestop.catalogue.rules.kinds import Level

DECIDES: dict[UnitKind, frozenset[Level]] = {
    UnitKind.COMMUNE: frozenset({Level.COMMUNE, Level.DISTRICT, Level.OTHER}),
    UnitKind.DEPARTMENT: frozenset({Level.PROVINCE, Level.CENTRAL, Level.DISTRICT, Level.OTHER}),
    UnitKind.PROVINCE: frozenset({Level.PROVINCE, Level.CENTRAL, Level.DISTRICT, Level.OTHER}),
}


def may_decide(kind: UnitKind, levels: Iterable[str]) -> bool:
    """True if an agency of this kind can be competent for a procedure of these levels; empty: the source tells none."""
    stated = frozenset(levels)
    return kind in DECIDES and (not stated or not stated.isdisjoint(DECIDES[kind]))
