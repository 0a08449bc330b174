"""What a plan is made of: units that take part, indicators that can have a target, posts; and last year's figures."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta

from django.db.models import QuerySet

from onestop.accounts.rules import Role
from onestop.agencies.models import Post, Succession, Unit
from onestop.agencies.queries import get_tree, list_children
from onestop.agencies.rules import UnitKind
from onestop.facts.rules.definitions import Definition, Form, Subject
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.queries.definitions import list_definitions
from onestop.indicators.queries.figures import list_rows, take_survey
from onestop.plans.queries.plans import top_unit_id
from onestop.plans.rules.targets import Base

BELOW = frozenset({UnitKind.DEPARTMENT, UnitKind.DISTRICT, UnitKind.COMMUNE})
"""The units to which the province hands targets down: those directly below it (districts until 30 June 2025)."""


def list_indicators(on: date) -> tuple[Definition, ...]:
    """Return the indicators that can have a target on a day: those that are a share."""
    return tuple(item for item in list_definitions(on=on) if item.form is Form.SHARE)


def find_indicator(code: str, on: date) -> Definition | None:
    """Return the indicator of this code, or None if there is none or it is no share."""
    return next((item for item in list_indicators(on) if item.code == code), None)


def is_cascaded(definition: Definition) -> bool:
    """True if every unit has a figure of its own: units share the procedures, so those have one figure only."""
    return definition.subject is Subject.DOSSIER


def list_receivers(on: date, kinds: Collection[UnitKind] = BELOW) -> "QuerySet[Unit]":
    """Return the units that receive targets on a day, in the order of their codes."""
    return list_children(top_unit_id(), on=on).filter(kind__in=sorted(kinds))


def list_planned_units(on: date) -> list[Unit]:
    """Return the province and all units that receive targets."""
    return [Unit.objects.get(pk=top_unit_id()), *list_receivers(on)]


def leader_posts(unit_ids: Iterable[int]) -> dict[int, Post]:
    """Return for each unit the post that answers for it unless another is named: the first of its leaders'."""
    rows = Post.objects.filter(unit_id__in=list(unit_ids), role=Role.LEADER).order_by("-code")
    return {post.unit_id: post for post in rows}


def heirs_on(day: date) -> dict[str, tuple[str, ...]]:
    """Return for each unit that had ended by that day who stands for it: its main successor.

    For one that nobody succeeds as a whole, as the districts of 2025: the successors of the units below it.
    """
    rows = Succession.objects.filter(is_main=True, on__lte=day, predecessor__valid_until__lte=day)
    pairs = rows.values_list("predecessor__code", "successor__code")
    heirs: dict[str, tuple[str, ...]] = {old: (new,) for old, new in pairs}
    tree = get_tree()
    for branch in tree.by_id.values():
        if branch.code in heirs or branch.valid_until is None or branch.valid_until > day:
            continue
        below = [heirs[child.code] for child in tree.children.get(branch.id, ()) if child.code in heirs]
        if below:
            heirs[branch.code] = tuple(sorted({heir for found in below for heir in found}))
    return heirs


def list_bases(year: int, codes: Collection[str], on: date) -> dict[tuple[str, str], Base]:
    """Return the figures of a whole past year by unit and indicator, on the map of units of the day `on`."""
    begin = datetime(year, 1, 1, tzinfo=PROVINCE_ZONE)
    end = datetime(year + 1, 1, 1, tzinfo=PROVINCE_ZONE) - timedelta(microseconds=1)
    survey = take_survey(as_of=end.astimezone(UTC), period_from=begin.astimezone(UTC), codes=sorted(codes), on=on)
    top = Unit.objects.values_list("code", flat=True).get(pk=top_unit_id())
    return {
        (row.unit, figure.definition.code): Base(figure.numerator, figure.denominator)
        for row in list_rows(survey, unit=top)
        for figure in row.figures
        if figure.denominator
    }
