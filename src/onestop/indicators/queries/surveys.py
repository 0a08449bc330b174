"""Surveys of many periods from what is kept: what a page asks. What is not kept yet is None, a gap, not a long wait.

Now is answered by the cube, the ends of months and days by the kept moments. Only while the journal is small is what
is missing counted in passing, so that a small installation sees its numbers without a keeper. Whoever asks for one
past moment in so many words may count it `patiently`: one pass over the journal for all periods as of that moment.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, datetime

from django.db import connection

from onestop.facts.rules.definitions import Definition
from onestop.facts.rules.periods import PROVINCE_ZONE, month_of, month_start
from onestop.indicators.queries.beside import count_beside, find_beside, list_beside
from onestop.indicators.queries.cube import FRESH, find_cube, read_cube
from onestop.indicators.queries.definitions import PROVINCE
from onestop.indicators.queries.figures import Survey, choose, take_survey
from onestop.indicators.queries.moments import count_moment, find_kept
from onestop.indicators.rules.cube import Cube

Period = tuple[datetime, datetime]
"""Begin and last moment."""
Surveys = Callable[..., list[Survey | None]]
"""`find_surveys` with the moment of asking, as a page hands it on."""
SMALL = 10_000
"""A journal of so many entries is counted in passing."""


def find_surveys(
    periods: Sequence[Period],
    *,
    now: datetime,
    scheme: str = PROVINCE,
    codes: Sequence[str] = (),
    on: date | None = None,
    patiently: bool = False,
    cubes: dict[datetime, Cube] | None = None,
) -> list[Survey | None]:
    """Return a survey of each period, as `take_survey` does; None where nothing is kept and counting would take long.

    `now` is the moment of asking: entries written until then are in every answer, or at most a second of them is not.
    What is read is put into `cubes`, and not read again if it is there.
    """
    patience = _Patience(patiently)
    cubes = {} if cubes is None else cubes
    live = next((cube for cube in cubes.values() if cube.is_live), None)
    cubes |= _find_cubes({end for _, end in periods} - set(cubes), now, live)
    for begin, end in periods:
        if not _tells(cubes, begin, end) and begin == month_start(month_of(begin)) and patience.has():
            cubes[end] = count_moment(end)
    found: list[Survey | None] = []
    for begin, end in periods:
        if _tells(cubes, begin, end):
            found.append(_survey(cubes[end], begin, choose(on=_day(end), scheme=scheme, codes=codes), on, patience))
        elif patience.has():
            found.append(take_survey(as_of=end, period_from=begin, scheme=scheme, codes=codes, on=on))
        else:
            found.append(None)
    return found


class _Patience:
    """Whether the journal may be counted in passing; asked of the database at most once."""

    def __init__(self, is_patient: bool) -> None:
        self._answer: bool | None = is_patient or None

    def has(self) -> bool:
        """True if whoever asks is patient, or the journal is small."""
        if self._answer is None:
            self._answer = is_small()
        return self._answer


def is_small() -> bool:
    """True if the journal is so small that it may be counted in passing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id) - min(id), 0) FROM journal_journalentry")  # two looks at an index
        return bool(cursor.fetchone()[0] <= SMALL)


def _find_cubes(ends: Set[datetime], now: datetime, live: Cube | None) -> dict[datetime, Cube]:
    """Return the cube as of each moment, where it is kept; if the `live` one is not read yet, the last may be now."""
    if not ends:
        return {}
    found: dict[datetime, Cube] = {}
    if live is None:
        last = max(ends)
        live = find_cube(as_of=last) or _just_passed(last, now)
        found = {last: live} if live else {}
    return found | find_kept(sorted(ends - set(found)), at=now, live=live)


def _just_passed(moment: datetime, now: datetime) -> Cube | None:
    """Return the cube if it went past `moment` while somebody was asking for now: within the last second."""
    cube = read_cube() if now - moment <= FRESH else None
    return cube if cube is not None and cube.as_of - moment <= FRESH else None


def _tells(cubes: Mapping[datetime, Cube], begin: datetime, end: datetime) -> bool:
    return end in cubes and cubes[end].tells(begin)


def _survey(
    cube: Cube, begin: datetime, definitions: tuple[Definition, ...], on: date | None, patience: _Patience
) -> Survey:
    about = list_beside(definitions)
    beside = find_beside(begin) if about and cube.is_live else None
    if beside is None and (not about or patience.has()):
        beside = count_beside(about, as_of=cube.as_of, period_from=begin)
    tally = cube.tally(month_of(begin))
    return Survey(cube.as_of, begin, on or _day(cube.as_of), definitions, tally, beside)


def _day(moment: datetime) -> date:
    return moment.astimezone(PROVINCE_ZONE).date()
