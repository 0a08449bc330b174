"""`onestop quality` and `onestop alarms`: what to doubt before figures are published, and what looks made."""

import dataclasses
import sys
from datetime import UTC, datetime

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.indicators import as_of_option, from_option, read_moments
from onestop.config.running import Household, migrate


@click.command()
@click.option("--unit", default="", metavar="CODE", help="Of this unit and all below it.")
@as_of_option
@from_option
@click.option("--audit", "with_audit", is_flag=True, help="Also check every signature of the journal.")
@json_option
def quality(unit: str, as_of: str | None, begin: str | None, with_audit: bool, as_json: bool) -> None:
    """Doubts about the data behind the figures, and whether journal, projection and facts agree.

    Exit code 0 if nothing is to be doubted and all counters agree, else 1.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.indicators.queries.figures import take_survey
        from onestop.indicators.queries.quality import SCHEME, find_quality
        from onestop.indicators.queries.reconciliation import reconcile

        at, since = read_moments(as_of, begin)
        survey = take_survey(as_of=at, period_from=since, scheme=SCHEME)
        if with_audit:
            from onestop.indicators.operations.auditing import audit_for_quality

            audit_for_quality(at=datetime.now(UTC))
        found, counters = find_quality(survey, unit=unit), reconcile(as_of=at)
    doubts: dict[str, list[int | None]] = {
        figure.definition.code: [figure.numerator, figure.denominator] for figure in found.doubts
    }
    doubts |= {check.code: [check.found, check.of] for check in found.checks}
    lines = [
        f"{code:28} {'-' if n is None else n:>8} / {'-' if of is None else of}" for code, (n, of) in doubts.items()
    ]
    lines += [
        f"{item.code:28} {item.left} {item.left_count}, {item.right} {item.right_count}"
        f"{'' if item.agrees else '   THEY DIFFER'}"
        for item in counters
    ]
    agrees = all(item.agrees for item in counters)
    shown = {"doubts": doubts, "counters": [{**dataclasses.asdict(item), "agrees": item.agrees} for item in counters]}
    answer({"clean": found.is_clean, "agrees": agrees, **shown}, "\n".join(lines), as_json=as_json)
    if not (found.is_clean and agrees):
        sys.exit(1)


@click.command()
@as_of_option
@from_option
@json_option
def alarms(as_of: str | None, begin: str | None, as_json: bool) -> None:
    """Signs that a figure is made rather than earned, for each agency, beside the rate of the others of its kind and
    how often chance alone would give as many.
    """
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.cli.dossiers import operator
        from onestop.indicators.queries.alarms import SCHEME, list_signs
        from onestop.indicators.queries.figures import take_survey
        from onestop.indicators.queries.units import top_unit

        at, since = read_moments(as_of, begin)
        survey = take_survey(as_of=at, period_from=since, scheme=SCHEME)
        signs = list_signs(survey, top=top_unit(), by=operator())
    rows = [
        {
            "sign": sign.definition.code,
            **dataclasses.asdict(alarm),
            "base": None if alarm.base is None else float(alarm.base),
        }
        for sign in signs
        for alarm in sign.raised
    ]
    lines = [
        f"{row['level']:6} {row['sign']:26} {row['unit']:12} {row['numerator']}/{row['denominator']}"
        f"  others {row['base']:.3f}  by chance {row['chance']:.2g}"
        for row in rows
    ]
    unknown = {sign.definition.code: sign.definition.no_data for sign in signs if sign.definition.no_data}
    lines += [f"{code}: {reason}" for code, reason in unknown.items()]
    answer({"alarms": rows, "not_recorded": unknown}, "\n".join(lines), as_json=as_json)
