"""`onestop indicators`: figures with their two numbers, as of any moment."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.cases import find_moment, read_or_fail
from onestop.config.running import Household, migrate

if TYPE_CHECKING:
    from onestop.facts.rules.figures import Figure

as_of_option = click.option("--as-of", metavar="MOMENT", help="As known at this moment; by default now.")
from_option = click.option(
    "--from", "begin", metavar="MOMENT", help="The period begins here; by default the local year."
)


@click.command()
@click.option("--unit", default="", metavar="CODE", help="Of this unit and all below it; by default everything.")
@as_of_option
@from_option
@click.option("--scheme", default="province", show_default=True, metavar="ID", help="Which set of definitions.")
@click.option("--indicator", "codes", multiple=True, metavar="CODE", help="Only this one; may be given again.")
@click.option("--by-unit", is_flag=True, help="Also a row for each agency directly below the unit.")
@json_option
def indicators(
    unit: str, as_of: str | None, begin: str | None, scheme: str, codes: tuple[str, ...], by_unit: bool, as_json: bool
) -> None:
    """Show figures: numerator and denominator, with definition, population, as-of moment and doubts.

    A figure of the past is computed from what had happened by then, so it is the same whenever it is asked for.
    The share is computed last; with nothing to divide by it stays unknown.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.indicators.queries.figures import list_figures, list_rows, take_survey
        from onestop.indicators.queries.units import top_unit

        at, since = read_moments(as_of, begin)
        survey = take_survey(as_of=at, period_from=since, scheme=scheme, codes=codes)
        figures = list_figures(survey, unit=unit)
        rows = list_rows(survey, unit=unit or top_unit()) if by_unit else ()
        found = _document(figures, scheme, unit, survey.as_of, survey.period_from)
        if by_unit:
            found["units"] = [
                {"unit": r.unit, "names": r.names, "figures": [_short(f) for f in r.figures]} for r in rows
            ]
    answer(found, "\n".join(_line(figure) for figure in figures), as_json=as_json)


def read_moments(as_of: str | None, begin: str | None) -> tuple[datetime, datetime | None]:
    """Return the as-of moment (now, if none is given) and the begin of the period. Ends the command if unreadable."""
    from onestop.facts.rules.periods import PROVINCE_ZONE

    at = read_or_fail(lambda: find_moment(as_of, PROVINCE_ZONE)) or datetime.now(UTC)
    return at, read_or_fail(lambda: find_moment(begin, PROVINCE_ZONE))


def _document(
    figures: "tuple[Figure, ...]", scheme: str, unit: str, as_of: datetime, period_from: datetime
) -> dict[str, Any]:
    from onestop.facts.rules.figures import as_document

    head = {"scheme": scheme, "unit": unit, "as_of": as_of.isoformat(), "period_from": period_from.isoformat()}
    return {**head, "indicators": [as_document(figure) for figure in figures]}


def _short(figure: "Figure") -> dict[str, Any]:
    return {"code": figure.definition.code, "numerator": figure.numerator, "denominator": figure.denominator}


def _line(figure: "Figure") -> str:
    if not figure.is_known:
        return f"{figure.definition.code:34} no data: {figure.definition.no_data}"
    percent = "" if figure.percent is None else f"{figure.percent:5.1f} %"
    doubts = ", ".join(f"{code}: {count}" for code, count in figure.counts.flags.items() if count)
    counts = f"{figure.numerator:>8} / {figure.denominator:<8}"
    return f"{figure.definition.code:34} {counts} {percent:8} {_interval(figure)}{doubts}".rstrip()


def _interval(figure: "Figure") -> str:
    """Where the share of all lies, 95 times of 100, if only some were asked."""
    found = figure.interval
    return f"({100 * found.low:.1f} to {100 * found.high:.1f} %) " if found else ""
