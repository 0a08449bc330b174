"""The workload `plan`: progress of a whole plan over journals of several sizes, beside a bare read of the cube.

Every agency of the province has targets of shares and of a number of dossiers; what a target of a median would add is
timed by itself.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from onestop.bench.board.journal import fill
from onestop.bench.board.spread import cuts, exponent
from onestop.bench.grounds import open_grounds

if TYPE_CHECKING:
    from onestop.plans.models import Plan

SHARES = ("FULL_PROCESS", "WHOLLY_ONLINE", "ON_TIME_BY_LAW", "DIGITISED_AT_RECEPTION")
GOALS = ("LATE_DOSSIERS",)
TARGET = Decimal(80)
TOP = "H49"
WARM = 2


def run(*, sizes: tuple[int, ...], rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Draw up a plan, let journals grow, and judge all of it at each size; return the figures in milliseconds."""
    with open_grounds():
        from onestop.demo.province import appoint_cast, load_province

        load_province(at=_now(), say=say)
        appoint_cast(at=_now())
        found: list[dict[str, Any]] = []
        for size in sizes:
            say(f"a journal of {size} dossiers ...")
            fill(size)
            if not found:
                _draw_up(_now())
            found.append({"dossiers": size, **_measure(rounds)})
            say(f"the plan: {found[-1]['progress_ms']} ms")
    return {
        "workload": "plan",
        "journal": found,
        "progress_grows_like_size_to_the_power_of": exponent(
            {item["dossiers"]: item["progress_ms"]["p50"] for item in found}
        ),
    }


def _draw_up(at: datetime) -> None:
    """Assign targets of this year to every unit, and have them signed."""
    from onestop.accounts.rules import Role
    from onestop.demo.province import stage
    from onestop.plans.operations.cascading import cascade_target
    from onestop.plans.operations.drafting import LineGiven, open_plan, set_line
    from onestop.plans.operations.signing import sign_plan
    from onestop.plans.rules.cascade import Spread

    ready = stage()
    by = ready.officer(TOP, Role.AUDITOR, at)
    open_plan(year=at.year, by=by, at=at)
    for indicator, spread in {**dict.fromkeys(SHARES, Spread.INHERIT), **dict.fromkeys(GOALS, Spread.EQUAL)}.items():
        set_line(year=at.year, line=LineGiven(TOP, indicator, TARGET, "benchmark", page="1", weight=1), by=by, at=at)
        cascade_target(year=at.year, indicator=indicator, spread=spread, by=by, at=at)
    sign_plan(year=at.year, by=ready.officer(TOP, Role.LEADER, at), at=at)


def _measure(rounds: int) -> dict[str, Any]:
    """Judge the plan again and again from the cube, then once from the journal alone."""
    from onestop.agencies.queries.trees import hold_tree
    from onestop.facts.rules.periods import year_start
    from onestop.indicators.operations.cube import rebuild_cube, refresh_cube
    from onestop.indicators.queries.cube import find_tally
    from onestop.plans.queries.plans import get_plan
    from onestop.plans.queries.progress import take_progress

    plan = get_plan(_now().year)
    rebuild_cube(at=_now())
    bare, whole, statements = [], [], 0
    for _ in range(WARM + rounds):
        at = _now()
        refresh_cube(at=at)
        bare.append(_ms(partial(find_tally, as_of=at, period_from=year_start(at))))
        with _counting() as counted, hold_tree():  # as for every page
            whole.append(_ms(partial(take_progress, plan, as_of=at)))
        statements = len(counted)
    return {
        "targets": sum(len(unit.lines) + len(unit.goals) for unit in take_progress(plan, as_of=_now()).units),
        "bare_read_ms": cuts(bare[WARM:]),
        "progress_ms": cuts(whole[WARM:]),
        "ratio_to_bare_read": round(median(whole[WARM:]) / median(bare[WARM:]), 1),
        "statements": statements,
        "medians_ms": round(_ms(_find_medians)),
        "equal_to_the_journal": _is_equal(plan),
    }


def _is_equal(plan: "Plan") -> bool:
    """True if every figure of the plan, judged from the cube, is that of the journal at the same moment."""
    from onestop.facts.rules.periods import year_start
    from onestop.indicators.operations.cube import refresh_cube
    from onestop.indicators.queries.figures import take_survey
    from onestop.indicators.queries.units import unit_filter
    from onestop.plans.queries.progress import take_progress

    at = _now()
    refresh_cube(at=at)
    units = take_progress(plan, as_of=at).units
    survey = take_survey(as_of=at, period_from=year_start(at), codes=SHARES, known_at=at)  # known_at: not by the cube
    journal = {
        (unit.unit, figure.definition.code): figure.counts
        for unit in units
        for figure in survey.figures(unit.unit, unit_filter(unit.unit, on=survey.on), whole=False)
    }
    shown = {(line.unit, line.indicator): line.figure.counts for unit in units for line in unit.lines if line.figure}
    return len(shown) > len(units) and all(journal[key] == counts for key, counts in shown.items())


def _find_medians() -> object:
    from onestop.facts.queries.medians import list_medians
    from onestop.facts.rules.periods import year_start
    from onestop.indicators.queries.units import EVERYTHING

    at = _now()
    return list_medians(as_of=at, period_from=year_start(at), units={TOP: EVERYTHING})


@contextmanager
def _counting() -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile."""
    from django.db import connection

    found: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        yield found


def _ms(act: Callable[[], object]) -> float:
    began = perf_counter()
    act()
    return 1000 * (perf_counter() - began)


def _now() -> datetime:
    return datetime.now(UTC)
