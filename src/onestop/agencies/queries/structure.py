"""Reading units, their succession and their posts."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from onestop.agencies.models import Post, Succession, Unit
from onestop.agencies.queries.trees import get_tree
from onestop.agencies.rules import Branch, UnitKind
from onestop.errors import NotFound


def valid_on(on: date) -> Q:
    """Return the condition that a unit exists on that day."""
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_until=None) | Q(valid_until__gt=on))


def get_unit(code: str) -> Unit:
    """Return the unit of that code. Raises `NotFound`."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound("unit.not_found", unit=code)
    return unit


def find_unit(
    *, unit_id: int | None = None, code: str = "", national_code: str = "", on: date | None = None
) -> Unit | None:
    """Return the one unit with the given id, own code or national code, or None.

    National codes were given anew on 1 July 2025, so with one the day `on` is needed to tell old from new.
    """
    units = Unit.objects.all() if on is None else Unit.objects.filter(valid_on(on))
    if unit_id is not None:
        return units.filter(pk=unit_id).first()
    found = list((units.filter(code=code) if code else units.filter(national_code=national_code))[:2])
    return found[0] if len(found) == 1 else None


def list_units(*, kind: UnitKind | None = None, on: date) -> QuerySet[Unit]:
    """Return the units (of one kind) that exist on that day, in the order of their codes."""
    units = Unit.objects.filter(valid_on(on)).order_by("code")
    return units if kind is None else units.filter(kind=kind)


def list_children(unit_id: int, *, on: date) -> QuerySet[Unit]:
    """Return the units directly below one that exist on that day, in the order of their codes."""
    return Unit.objects.filter(valid_on(on), parent_id=unit_id).order_by("code")


def unit_names(unit_ids: frozenset[int], language: str = "vi") -> dict[int, str]:
    """Return names by id, in one statement; unknown ids are left out."""
    return {unit.pk: unit.name(language) for unit in Unit.objects.filter(pk__in=unit_ids).only("names")}


def subordinate_ids(unit_id: int) -> frozenset[int]:
    """Return the ids of a unit and of all units below it, past ones included."""
    return get_tree().subordinate_ids(unit_id)


def agency_of(unit_id: int) -> Branch:
    """Return the agency to which a unit belongs (itself, if it is one). Raises `NotFound`."""
    tree = get_tree()
    if unit_id not in tree.by_id:
        raise NotFound("unit.not_found", unit_id=unit_id)
    return tree.agency_of(unit_id)


def desk_of(agency_id: int, *, on: date) -> Branch | None:
    """Return the one-stop desk of an agency on that day, or None."""
    return get_tree().desk_of(agency_id, on)


def division_for(agency_id: int, *, sector: str, on: date) -> Branch | None:
    """Return the division of an agency that handles a sector (its slug); else its first division, or None."""
    return get_tree().division_for(agency_id, sector, on)


def department_for(*, sector: str, on: date) -> Branch | None:
    """Return the department of the province that handles a sector on that day, or None."""
    return get_tree().department_for(sector, on)


def successors_of(unit_id: int, *, on: date) -> list[Succession]:
    """Return who stands for a past unit on the day `on`, the main one first; empty if it still exists then.

    Only direct successions: the units of 2025 succeed those of 2024 in one step.
    """
    rows = Succession.objects.select_related("successor").filter(predecessor_id=unit_id, on__lte=on)
    return list(rows.order_by("-is_main", "successor__code"))


def predecessors_of(unit_id: int, *, on: date) -> list[Succession]:
    """Return which units had gone into this one by the day `on`, in the order of their codes.

    Summing figures by `is_main` successions counts every predecessor exactly once.
    """
    rows = Succession.objects.select_related("predecessor").filter(successor_id=unit_id, on__lte=on)
    return list(rows.order_by("predecessor__code"))


def get_post(code: str) -> Post:
    """Return the post of that code with its unit. Raises `NotFound`."""
    post = Post.objects.select_related("unit").filter(code=code).first()
    if post is None:
        raise NotFound("post.not_found", post=code)
    return post


def list_posts(unit_id: int) -> QuerySet[Post]:
    """Return the posts of one unit, in the order of their codes."""
    return Post.objects.filter(unit_id=unit_id).order_by("code")


def name_posts(codes: Collection[str]) -> dict[str, str]:
    """Return for each post its title and its unit's name, as they are told to applicants, in one statement."""
    rows = Post.objects.select_related("unit").filter(code__in=codes)
    return {post.code: f"{post.name()}, {post.unit.name()}" for post in rows}
