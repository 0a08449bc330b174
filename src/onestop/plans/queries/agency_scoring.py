"""Points of agencies, all at once: a fixed number of statements, however many agencies there are.

What is on record of indicators 5 and 6 (Circular 01/2018/TT-VPCP Art 13):
    5   every process template begins with reception and ends with return at a desk of the one-stop, and where each
        dossier came in is on record. Whether a fifth of the procedures is appraised and approved at the centre too is
        not: a template names the division and the agency, not the room in which their officers sit
    6   the catalogue's version that a dossier follows, and when it was published: the electronic way. Whether the
        procedure was posted on the wall as well is not on record, so the points stay a range of one point's width
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Q

from onestop.accounts.rules import Principal, Role
from onestop.agencies.models import Unit
from onestop.agencies.rules import UnitKind
from onestop.catalogue.models import ProcedureVersion
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.filing import Channel
from onestop.errors import Refused
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.queries.units import list_agencies_below, unit_filter
from onestop.plans.queries.feedback import list_handled
from onestop.plans.queries.plans import top_unit_id
from onestop.plans.queries.scoring import finished_between, list_facts, total_pace
from onestop.plans.rules.agency_scoring import AgencyFacts, score_agency
from onestop.plans.rules.scoring import DossierFacts, Pace, Total
from onestop.process.models import ProcessTemplate

ONE_STOP = (UnitKind.DESK, UnitKind.CENTRE)
Owners = Mapping[int, str]
"""Which agency answers for the dossiers of a unit, by the unit's id."""


@dataclass(frozen=True, slots=True)
class AgencyScore:
    """An agency with its points, and how many dossiers it finished in the period."""

    unit: str
    names: dict[str, str]
    dossiers: int
    total: Total


def list_agency_scores(*, begin: datetime, end: datetime, by: Principal) -> list[AgencyScore]:
    """Return the points of every agency below the province, for its leader and control officers: else `Refused`."""
    check_may_compare(by)
    code = Unit.objects.values_list("code", flat=True).get(pk=top_unit_id())
    shown = list_agencies_below(code, on=_day(end))
    totals, counts = _score({unit.code: unit.filter.codes for unit in shown}, begin, end)
    return [AgencyScore(unit.code, unit.names, counts[unit.code], totals[unit.code]) for unit in shown]


def check_may_compare(by: Principal) -> None:
    """Raise `Refused` unless `by` leads or controls the province, in person."""
    if not by.has(Role.LEADER, Role.AUDITOR) or by.on_behalf_of or by.unit_id != top_unit_id():
        raise Refused("score.not_for_you")


def score_agencies(*, units: Sequence[str], begin: datetime, end: datetime) -> dict[str, Total]:
    """Return the points of agencies over a period: no names, no dossiers."""
    return _score({code: unit_filter(code, on=_day(end)).codes for code in units}, begin, end)[0]


def _score(
    units: Mapping[str, Collection[str]], begin: datetime, end: datetime
) -> tuple[dict[str, Total], dict[str, int]]:
    owners = _owners(units)
    rows = Dossier.objects.filter(competent_unit_id__in=owners)
    dossiers = list(finished_between(rows, begin, end))
    facts: dict[str, list[DossierFacts]] = {code: [] for code in units}
    for dossier, fact in zip(dossiers, list_facts(dossiers, None, end), strict=True):
        facts[owners[dossier.competent_unit_id]].append(fact)
    known, handled = _agency_facts(owners, dossiers, begin, end), list_handled(units, begin=begin, end=end)
    totals = {code: score_agency(replace(known[code], handled=handled[code]), facts[code]) for code in units}
    return totals, {code: len(found) for code, found in facts.items()}


def _owners(units: Mapping[str, Collection[str]]) -> Owners:
    owner_of = {part: code for code, parts in units.items() for part in parts}
    return {pk: owner_of[code] for pk, code in Unit.objects.filter(code__in=owner_of).values_list("pk", "code")}


@dataclass(slots=True)
class _Sums:
    """What is summed up for an agency."""

    filed: int = 0
    online: int = 0
    pending_late: int = 0
    published: int = 0
    elsewhere: int = 0
    late: int = 0


def _agency_facts(
    owners: Owners, finished: Sequence[Dossier], begin: datetime, end: datetime
) -> dict[str, AgencyFacts]:
    sums = {code: _Sums() for code in set(owners.values())}
    for row in _filed(owners, begin, end):
        found = sums[owners[row.pop("competent_unit_id")]]
        for name, number in row.items():
            setattr(found, name, getattr(found, name) + number)
    for dossier in finished:
        if dossier.channel == Channel.ONLINE and total_pace(dossier) is Pace.LONGER:
            sums[owners[dossier.competent_unit_id]].late += 1
    all_at_desks = _every_procedure_begins_at_a_desk(end)
    return {code: _facts(found, all_at_desks) for code, found in sums.items()}


def _filed(owners: Owners, begin: datetime, end: datetime) -> Iterable[Any]:
    """Return for each unit: filed, online, of these late and unsettled, published before, received elsewhere."""
    online, elsewhere = Q(channel=Channel.ONLINE), ~Q(receiving_unit__kind__in=ONE_STOP)
    rows = Dossier.objects.filter(competent_unit_id__in=owners, submitted_at__gte=begin, submitted_at__lte=end)
    counts = {
        "filed": Count("pk"),
        "online": Count("pk", filter=online),
        "pending_late": Count("pk", filter=online & Q(finished_at=None, due_at__lt=end)),
        "published": Count("pk", filter=Q(version__published_at__lte=F("submitted_at"))),
        "elsewhere": Count("pk", filter=elsewhere),
    }
    return rows.order_by().values("competent_unit_id").annotate(**counts)


def _facts(sums: _Sums, all_at_desks: bool) -> AgencyFacts:
    if not sums.filed:
        return AgencyFacts()
    return AgencyFacts(
        desk_share=Fraction(sums.filed - sums.elsewhere, sums.filed) if sums.elsewhere or all_at_desks else None,
        published_share=Fraction(sums.published, sums.filed),
        online_share=Fraction(sums.online, sums.filed),
        online_late=sums.late + sums.pending_late,
    )


def _every_procedure_begins_at_a_desk(end: datetime) -> bool:
    """True if every procedure in force runs under a template: each begins and ends at a desk of the one-stop."""
    bound = list(ProcessTemplate.objects.values_list("procedures", flat=True))
    if any(not procedures for procedures in bound):
        return True  # a general one serves whatever has none of its own
    day, served = _day(end), {code for procedures in bound for code in procedures}
    in_force = ProcedureVersion.objects.filter(Q(effective_until=None) | Q(effective_until__gt=day))
    return not in_force.filter(effective_from__lte=day).exclude(procedure__code__in=served).exists()


def _day(end: datetime) -> date:
    return end.astimezone(PROVINCE_ZONE).date()
