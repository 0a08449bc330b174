"""The table of permissions compiled to SQL: the same conditions, as a filter on rows."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, ForeignKey, Func, Lookup, OuterRef, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from onestop.accounts.rules import Principal
from onestop.agencies.models import Unit
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.permissions import Condition, conditions_for
from onestop.dossiers.rules.states import Verb


class Ids:
    """A set of ids as PostgreSQL reads an array: one thing on its way there, not looked through one by one."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.text = f"{{{','.join(map(str, ids))}}}"


@ForeignKey.register_lookup
class Among(Lookup):
    """`= ANY` of `Ids`: an agency has hundreds of units, and as many parameters would cost more than the rows."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition with the array as its one parameter."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*params, self.rhs.text)


NOTHING = Q(pk__in=[])
UNIT_COLUMNS = ("receiving_unit", "settling_unit", "holder_unit")


FEW_UNITS = 64
"""Up to so many units each walks its own index; who reads more of them soon meets their rows by walking all."""


def scope(verb: Verb, principal: Principal) -> Q:
    """Return the filter of all dossiers on which `principal` may use `verb`; matches nothing if there are none."""
    found = NOTHING
    for condition in conditions_for(verb, principal):
        found |= _filter(condition, principal)
    return found


def newest(rows: "QuerySet[Dossier]", verb: Verb, principal: Principal, size: int) -> "QuerySet[Dossier]":
    """Return of `rows` the `size` newest on which `principal` may use `verb`, newest first.

    The newest of all are among the newest of each unit, so each unit walks its own index for no more than are shown.
    One condition over all of an agency's units would put everything it ever had in order.
    """
    conditions = conditions_for(verb, principal)
    if len(principal.unit_ids) > FEW_UNITS or Condition.IN_UNITS not in conditions:
        return rows.filter(scope(verb, principal)).order_by("-pk")[:size]
    found = [_newest_of_each(rows, column, principal, size) for column in UNIT_COLUMNS]
    others = [_filter(condition, principal) for condition in conditions if condition is not Condition.IN_UNITS]
    found += [rows.filter(other).order_by("-pk").values("pk")[:size] for other in others]
    return rows.filter(pk__in=found[0].union(*found[1:])).order_by("-pk")[:size]


def _newest_of_each(rows: "QuerySet[Dossier]", column: str, principal: Principal, size: int) -> "QuerySet[Any]":
    """Return the ids of the `size` newest rows of each unit: one walk of the index (unit, newest first) a unit."""
    of_unit = rows.filter(**{column: OuterRef("pk")}).order_by("-pk").values("pk")[:size]
    walked = Func(ArraySubquery(of_unit), function="unnest", output_field=BigIntegerField())
    return Unit.objects.filter(pk__in=sorted(principal.unit_ids)).annotate(newest=walked).values("newest")


def _filter(condition: Condition, principal: Principal) -> Q:
    units = sorted(principal.unit_ids)
    match condition:
        case Condition.OWN:
            return Q(applicant_id__in=sorted(principal.applicant_ids))
        case Condition.IN_UNITS:
            ids = Ids(units)
            return Q(receiving_unit__among=ids) | Q(settling_unit__among=ids) | Q(holder_unit__among=ids)
        case Condition.CONSULTED:  # the second condition is the index's own: few dossiers have anybody consulted
            return Q(consulted_unit_ids__overlap=units) & ~Q(consulted_unit_ids=[]) if units else NOTHING
        case Condition.RECEIVED_HERE:
            return Q(receiving_unit_id=principal.unit_id) if principal.unit_id else NOTHING
        case Condition.HELD_HERE:
            here = Q(holder_unit_id=principal.unit_id, step_role__in=sorted(principal.roles))
            return here & (Q(assignee_id=None) | Q(assignee_id=principal.posting_id))
