"""`onestop count FACTS`: every figure of a scheme from columnar facts, here or on a cluster."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from onestop.cli.answers import answer, json_option
from onestop.cli.cases import find_moment, read_or_fail

if TYPE_CHECKING:
    from onestop.facts.rules.figures import Counts


@click.command()
@click.argument("facts", metavar="FACTS")
@click.option("--as-of", metavar="MOMENT", help="The moment of the facts, if their manifest cannot be read from here.")
@click.option("--from", "begin", metavar="MOMENT", help="The period begins here; by default the local year.")
@click.option("--scheme", default="province", show_default=True, metavar="ID", help="Which set of definitions.")
@click.option("--by-unit", is_flag=True, help="Also the counts of each agency.")
@click.option("--cluster", default="", metavar="MASTER", help="Count there: spark://host:7077, yarn, k8s://...")
@click.option("--python", default="", metavar="PATH", help="The Python that has Spark, here and on every worker.")
@click.option("--setting", "settings", multiple=True, metavar="NAME=VALUE", help="Of Spark; may be given again.")
@json_option
def count(
    *, facts: str, as_of: str | None, begin: str | None, scheme: str, by_unit: bool, cluster: str, python: str,
    settings: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """Count the figures of a set of columnar facts: a folder, or s3://bucket/folder.

    Where an object store is and who asks it is read from the environment (AWS_ENDPOINT_URL, AWS_REGION,
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), on a cluster from that of each worker.
    """
    from onestop.config.counting import choose_engine, read_moment
    from onestop.facts.rules.periods import PROVINCE_ZONE, year_start

    at = read_or_fail(lambda: find_moment(as_of, PROVINCE_ZONE)) or read_moment(facts)
    since = read_or_fail(lambda: find_moment(begin, PROVINCE_ZONE)) or year_start(at)
    engine = choose_engine(cluster, python=python, settings=_read_settings(settings))
    found = _count(engine, facts, at, since, scheme, by_unit=by_unit)
    lines = [f"{code:34} {counts[0]:>9} / {counts[1]:<9}" for code, counts in found["indicators"].items()]
    answer(found, "\n".join(lines), as_json=as_json)


def _count(engine: Any, facts: str, at: datetime, since: datetime, scheme: str, *, by_unit: bool) -> dict[str, Any]:
    from onestop.facts.rules.columns import distinct_tests
    from onestop.facts.rules.definitions import Subject
    from onestop.facts.rules.periods import PROVINCE_ZONE
    from onestop.facts.rules.tally import UnitFilter
    from onestop.indicators.queries.definitions import list_definitions

    day = at.astimezone(PROVINCE_ZONE).date()
    definitions = [item for item in list_definitions(on=day, scheme=scheme) if item.subject is Subject.DOSSIER]
    tally = engine.count(facts, distinct_tests(definitions), as_of=at, period_from=since)
    codes = [item.code for item in definitions]

    def of(units: UnitFilter) -> dict[str, tuple[int, int]]:
        return dict(zip(codes, map(_short, tally.counts(definitions, units)), strict=True))

    agencies = sorted({agency for agency, _ in tally.places}) if by_unit else []
    return {
        "facts": facts, "scheme": scheme, "as_of": at, "period_from": since, "indicators": of(UnitFilter()),
        "units": {agency: of(UnitFilter("agency", frozenset({agency}))) for agency in agencies},
    }  # fmt: skip


def _short(counts: "Counts") -> tuple[int, int]:
    return counts.numerator, counts.denominator


def _read_settings(settings: tuple[str, ...]) -> dict[str, str]:
    parts = [item.partition("=") for item in settings]
    if faulty := next((name for name, sign, _ in parts if not (name and sign)), ""):
        raise click.BadParameter(f"{faulty!r}: settings like NAME=VALUE", param_hint="--setting")
    return {name: value for name, _, value in parts}
