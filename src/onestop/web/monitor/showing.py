"""The nation as a page shows it: rows with bars, tiles in five steps, words for what was found."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from onestop.monitor.queries.nation import Nation, Place
from onestop.monitor.queries.reference import tile_places
from onestop.monitor.rules.members import Counts
from onestop.monitor.rules.suppressing import find_hidden
from onestop.web.base.drawings import Dot, place_dots, width_of

STEPS = 5
TILE, GAP = 44, 4


@dataclass(frozen=True, slots=True)
class Row:
    """One member of the ranking. `hidden` is true if so few stand behind its numbers that they are kept back."""

    place: Place
    href: str
    width: str
    hidden: bool

    @property
    def share(self) -> float | None:
        """The share of 0..1, or None."""
        return self.place.ranked.share

    @property
    def counts(self) -> Counts:
        """The two numbers behind it."""
        return self.place.ranked.counts

    @property
    def change_points(self) -> float | None:
        """The change against the report before, in points of a hundred."""
        return None if self.place.change is None else self.place.change * 100

    @property
    def size_of_change(self) -> float:
        """The change without its sign, to one decimal."""
        return abs(round(self.change_points or 0.0, 1))

    @property
    def direction(self) -> str:
        """`up`, `down`, or nothing if the change is too small to be shown."""
        if not self.size_of_change:
            return ""
        return "up" if (self.change_points or 0) > 0 else "down"


@dataclass(frozen=True, slots=True)
class Tile:
    """One province on the map of equal tiles; `step` is 1..5 from the lowest fifth to the highest, 0 if not shown."""

    row: Row
    x: int
    y: int
    step: int

    @property
    def middle(self) -> int:
        """Where its letters are centred."""
        return self.x + TILE // 2

    @property
    def line(self) -> int:
        """The line that its letters stand on."""
        return self.y + 28


def show_rows(nation: Nation, query: str) -> list[Row]:
    """Return the ranking. Numbers of few dossiers are kept back, and one more where a difference would tell."""
    hidden = find_hidden({place.member.code: place.ranked.counts for place in nation.places})
    return [
        Row(
            place,
            reverse("monitor:member", args=[place.member.code]) + query,
            width_of(place.ranked.share),
            place.member.code in hidden,
        )
        for place in nation.places
    ]


def show_tiles(rows: Iterable[Row]) -> list[Tile]:
    """Return the provinces of today as tiles; a member without a place on the map has none."""
    places = tile_places()
    found = []
    for row in rows:
        at = places.get(row.place.member.code)
        if at is not None:
            step = 0 if row.share is None or row.hidden else min(STEPS, int(row.share * STEPS) + 1)
            found.append(Tile(row, at[0] * (TILE + GAP), at[1] * (TILE + GAP), step))
    return found


def map_size() -> tuple[int, int]:
    """Return width and height of the map of tiles."""
    columns, lines = zip(*tile_places().values(), strict=True)
    return (max(columns) + 1) * (TILE + GAP), (max(lines) + 1) * (TILE + GAP)


def show_dots(rows: Iterable[Row], ours: str) -> list[Dot]:
    """Return every member whose number is shown as a dot on one line, ours marked."""
    shown = [row for row in rows if row.share is not None and not row.hidden]
    return place_dots([Dot(r.place.member.name, r.share or 0, r.place.member.code == ours) for r in shown])
