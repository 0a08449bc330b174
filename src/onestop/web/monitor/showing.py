"""The nation as a page shows it: rows with bars, tiles in five steps, words for what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from onestop.monitor.queries.nation import Nation, Place
from onestop.monitor.queries.reference import tile_places
from onestop.monitor.queries.submissions import list_faulty
from onestop.monitor.rules.members import Counts, Member
from onestop.monitor.rules.suppressing import find_hidden
from onestop.web.base.drawings import Dot, place_dots, spark_end, spark_path, width_of
from onestop.web.monitor.words import fault_words

STEPS = 5
TILE, GAP = 44, 4
SCALE = (0.0, 1.0)
SMALL_WIDTH, SMALL_HEIGHT = 100, 40


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
    def percent(self) -> str:
        """Its share in whole per cent, beneath its letters."""
        return f"{(self.row.share or 0.0) * 100:.0f}" if self.step else "–"

    @property
    def middle(self) -> int:
        """Where its letters are centred."""
        return self.x + TILE // 2

    @property
    def line(self) -> int:
        """The line that its letters stand on."""
        return self.y + 19

    @property
    def line_below(self) -> int:
        """The line that its number stands on."""
        return self.y + 36


@dataclass(frozen=True, slots=True)
class Multiple:
    """One member's course as a small drawing; all are drawn on the same scale of 0 to 100 %."""

    row: Row
    path: str
    end: tuple[str, str]


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


def show_steps() -> list[tuple[int, str]]:
    """Return the five steps of the map with what each of them means, in per cent."""
    width = 100 // STEPS
    return [(step, f"{(step - 1) * width}–{step * width} %") for step in range(1, STEPS + 1)]


def map_size() -> tuple[int, int]:
    """Return width and height of the map of tiles."""
    columns, lines = zip(*tile_places().values(), strict=True)
    return (max(columns) + 1) * (TILE + GAP), (max(lines) + 1) * (TILE + GAP)


def show_dots(rows: Iterable[Row], ours: str) -> list[Dot]:
    """Return every member whose number is shown as a dot on one line, ours marked."""
    shown = [row for row in rows if row.share is not None and not row.hidden]
    return place_dots([Dot(r.place.member.name, r.share or 0, r.place.member.code == ours) for r in shown])


def show_multiples(rows: Iterable[Row]) -> list[Multiple]:
    """Return the course of each member whose number is shown, in the order of the ranking."""
    return [
        Multiple(row, _course(row.place.history), spark_end(row.place.history, SMALL_WIDTH, SMALL_HEIGHT, SCALE))
        for row in rows
        if row.share is not None and not row.hidden
    ]


def show_background(nation: Nation) -> dict[str, str]:
    """Return what stands behind every small drawing: the course of all together, and the height of the goal."""
    goal = spark_end([nation.goal.share], SMALL_WIDTH, SMALL_HEIGHT, SCALE)[1] if nation.goal else ""
    return {"all": _course(nation.history), "goal_y": goal}


def _course(history: Sequence[float | None]) -> str:
    return spark_path(history, SMALL_WIDTH, SMALL_HEIGHT, SCALE)


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of the reports of one day: who sent nothing, what was refused, what counts with a remark."""

    silent: tuple[Member, ...]
    refused: tuple[tuple[str, list[str]], ...]
    remarked: tuple[tuple[str, list[str]], ...]


def show_heard(nation: Nation) -> Heard:
    """Return what became of the reports for the day that is shown, by the names of the members."""
    names = {place.member.code: place.member.name for place in nation.places}
    faulty = [row for row in list_faulty(nation.day) if row.member in names]
    refused_codes = {row.member for row in faulty if not row.is_counted}
    told = [(row.is_counted, (names[row.member], fault_words(row.faults, row.day))) for row in faulty]
    return Heard(
        silent=tuple(member for member in nation.missing if member.code not in refused_codes),
        refused=tuple(item for is_counted, item in told if not is_counted),
        remarked=tuple(item for is_counted, item in told if is_counted),
    )
