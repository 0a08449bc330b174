"""`onestop plan`: the action plan of a year, from its targets to its review sheets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.cli.indicators import as_of_option, read_moments
from onestop.cli.persons import log_in
from onestop.cli.plan_told import check_document, percent, reminder_document, unit_document
from onestop.config.running import Household, migrate
from onestop.errors import NotFound, Refused

year_option = click.option("--year", type=click.IntRange(2020, 2100), help="The plan's year; by default this one.")
unit_option = click.option("--unit", default="", metavar="CODE", help="Only this unit.")
by_option = click.option("--by", "username", metavar="USER", required=True, help="Who signs: a log-in.")
password_option = click.password_option(confirmation_prompt=False, help="Asked for if not given.")


@click.group()
def plan() -> None:
    """The action plan: show, cascade, sign, progress, review, reminders."""


@plan.command()
@year_option
@unit_option
@click.option("--version", "number", type=int, help="Of this version; by default the draft, else the one in force.")
@json_option
def show(year: int | None, unit: str, number: int | None, as_json: bool) -> None:
    """Show the targets of a version, whether units meet the province's in the mean, and whether its signature holds."""
    with _house():
        from onestop.plans.queries import plans
        from onestop.plans.queries.checks import list_checks

        found = plans.get_plan(_year(year))
        version = plans.get_version(found, number) if number else _shown_version(found)
        lines = [plans.line_payload(line) for line in plans.list_lines(version, unit=unit)]
        checks = [check_document(item) for item in list_checks(version)]
        fault = plans.find_signature_fault(version) if version.signed_at else None
        states = {item.number: state for item, state in plans.list_versions(found, datetime.now(UTC))}
    head = {"year": found.year, "version": version.number, "state": states[version.number], "reason": version.reason}
    signed = {"signed_at": version.signed_at, "signature": "none" if not version.signed_at else fault or "holds"}
    text = [f"{found.year}, version {version.number}: {states[version.number]}, signature {signed['signature']}"]
    text += [
        "{unit:12} {indicator:34} {target:>10}  weight {weight:<3} {origin:9} {document}".format(**x) for x in lines
    ]
    text += [
        "{indicator}: {units} units together {together} ({kind}), wanted {wanted}".format(**item) for item in checks
    ]
    answer({**head, **signed, "lines": lines, "checks": checks}, "\n".join(text), as_json=as_json)


@plan.command()
@year_option
@click.option("--indicator", required=True, metavar="CODE", help="Whose target is handed down.")
@click.option("--spread", type=click.Choice(["inherit", "scale", "equal"]), default="scale", show_default=True)
@click.option("--rounding", type=click.Choice(["up", "nearest"]), default="up", show_default=True)
@click.option("--step", type=click.Choice(["0.01", "0.1", "0.5", "1"]), default="0.1", show_default=True)
@json_option
def cascade(year: int | None, indicator: str, spread: str, rounding: str, step: str, as_json: bool) -> None:
    """Hand the province's target down to departments and communes, in the draft.

    `inherit` gives everybody the same; `scale` lets every unit close the same share of its distance to 100 %, by last
    year's figures, so that the weighted mean meets the province's target; a count or an amount is divided, by last
    year's figures or into `equal` parts, so that the parts sum to it. What was set by hand or imported stays.
    """
    with _house():
        from decimal import Decimal

        from onestop.accounts.rules import SYSTEM
        from onestop.plans.operations.cascading import cascade_target
        from onestop.plans.rules.cascade import Rounding, Spread

        done = cascade_target(
            year=_year(year),
            indicator=indicator,
            spread=Spread(spread),
            rounding=Rounding(rounding),
            step=Decimal(step),
            by=SYSTEM,
            at=datetime.now(UTC),
        )
    come_to, holds = percent(done.check.together), done.check.holds
    found = {"indicator": indicator, "kind": done.kind.value, "given": done.given, "kept": done.kept}
    text = f"{indicator}: {done.given} given, {done.kept} kept; together {come_to}, {'met' if holds else 'NOT met'}"
    answer({**found, "together": come_to, "holds": holds, "wanted": done.check.wanted}, text, as_json=as_json)


@plan.command()
@year_option
@by_option
@password_option
@json_option
def sign(year: int | None, username: str, password: str, as_json: bool) -> None:
    """Sign the draft with the leader's own key. From then on it judges.

    Exit code 1 with every reason if it cannot be signed.
    """
    with _house():
        from onestop.plans.operations.signing import sign_plan

        at = datetime.now(UTC)
        version = sign_plan(year=_year(year), by=log_in(username, password, at), at=at)
    found = {"year": version.plan.year, "version": version.number, "sha256": version.content_sha256}
    answer({**found, "signed_at": version.signed_at}, f"Version {version.number} is signed.", as_json=as_json)


@plan.command("progress")
@year_option
@unit_option
@as_of_option
@json_option
def progress_(year: int | None, unit: str, as_of: str | None, as_json: bool) -> None:
    """Judge every target by the version in force at a moment and the figures known then.

    reached, at_risk, slow or no_data; no data never counts as 0. `missed_on` is the day from which, at the pace since
    the begin of the month before last, the target is missed.
    """
    with _house():
        from onestop.plans.queries.plans import get_plan
        from onestop.plans.queries.progress import take_progress

        at, _ = read_moments(as_of, None)
        found = take_progress(get_plan(_year(year)), as_of=at)
        if found.version is None:
            raise NotFound("plan.none_in_force", year=found.plan.year)
        units = [unit_document(item) for item in found.units if unit in ("", item.unit)]
    if unit and not units:
        raise NotFound("plan.no_line", unit=unit, indicator="")
    text = [f"{found.plan.year}, version {found.version.number}, as of {found.as_of.isoformat()}"]
    for item in units:
        text.append(f"{item['unit']:10} {item['standing']:9} {item['attained'] or '–':>6}  {item['names']['vi']}")
        text += [
            "    {indicator:34} {standing:9} {percent!s:>6} of {target:>6} %".format(**line) for line in item["lines"]
        ]
        text += ["    {measure:34} {standing:9} {value!s:>6} of {target:>6}".format(**goal) for goal in item["goals"]]
    head = {"year": found.plan.year, "version": found.version.number, "as_of": found.as_of}
    answer({**head, "units": units}, "\n".join(text), as_json=as_json)


@plan.command()
@year_option
@click.option("--unit", required=True, metavar="CODE", help="Whose sheet.")
@click.option("--quarter", required=True, type=click.IntRange(1, 4))
@click.option("--out", "-o", required=True, type=click.Path(path_type=Path), help="Where the PDF goes.")
@json_option
def review(year: int | None, unit: str, quarter: int, out: Path, as_json: bool) -> None:
    """Write the review sheet of a unit's quarter: the signed one if there is one, else as it would be signed."""
    if out.exists():
        raise Refused("file.exists", path=str(out))
    with _house():
        from onestop.documents.ports import store
        from onestop.plans.queries.plans import get_plan
        from onestop.plans.queries.reviews import find_review, preview_review

        found = get_plan(_year(year))
        sheet = find_review(found, unit=unit, quarter=quarter)
        at = datetime.now(UTC)
        data = (
            store().get(sheet.sha256)
            if sheet
            else preview_review(found, unit=unit, quarter=quarter, at=at, signer=None)
        )
    out.write_bytes(data)
    told = {"file": str(out), "signed": sheet is not None, "bytes": len(data)}
    answer(told, f"{out}: {'signed' if sheet else 'not signed yet'}", as_json=as_json)


@plan.command()
@json_option
def reminders(as_json: bool) -> None:
    """List every task that somebody is to be reminded of: late, due today or soon, waiting for acceptance."""
    with _house():
        from onestop.plans.queries.tasks import list_reminders

        found = [reminder_document(item) for item in list_reminders(at=datetime.now(UTC))]
    lines = ["{nearness:5} {due_at}  {unit:10} {post:14} {title}".format(**item) for item in found]
    answer({"reminders": found}, "\n".join(lines) or "Nothing is due.", as_json=as_json)


@contextmanager
def _house() -> Iterator[None]:
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        yield


def _year(given: int | None) -> int:
    from onestop.facts.rules.periods import PROVINCE_ZONE

    return given or datetime.now(PROVINCE_ZONE).year


def _shown_version(plan: Any) -> Any:
    from onestop.plans.queries.plans import find_draft, find_version_in_force

    version = find_draft(plan) or find_version_in_force(plan, datetime.now(UTC))
    assert version is not None  # a plan is opened with a draft, and every other version was one
    return version
