"""What a member said, held against its own facts: every figure that differs is named, and nothing else."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from onestop.cli.facts import read_facts
from onestop.cli.monitor import compare as compare_command
from onestop.errors import Invalid, NotFound, Refused
from onestop.facts.rules.periods import year_start
from onestop.indicators.operations.exporting import export_figures
from onestop.journal.models import JournalEntry
from onestop.monitor.models import Comparison, Submission
from onestop.monitor.operations.facts import ask_for_facts, compare_facts
from onestop.monitor.queries.facts import list_requests, list_wanted
from onestop.monitor.rules.aggregates import FIRST, Aggregate, Line
from onestop.monitor.rules.facts import Difference, Differs, Facts, compare, last_moment
from onestop.monitor.rules.members import Counts
from tests.monitor.conftest import Centre
from tests.recount.test_recount import AUDITOR

DAY = date(2026, 6, 30)
ASKED = ("all", "due", "in time")
COUNTS = st.builds(Counts, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
SAID = st.dictionaries(st.sampled_from("ABCDEF"), COUNTS, min_size=1)


def said_of(counts: dict[str, Counts], parts: dict[str, Counts] | None = None) -> Aggregate:
    lines = tuple(Line(code, 1, value, parts or {}) for code, value in sorted(counts.items()))
    return Aggregate("H49", DAY, 1, FIRST, "province", lines)


def facts_of(counts: dict[str, Counts], unit: str = "H49") -> Facts:
    keys = frozenset(("province", code) for code in counts)
    values = {("province", unit, code): value for code, value in counts.items()}
    end = last_moment(DAY)
    return Facts("0" * 64, end, year_start(end), values, dict.fromkeys(keys, ASKED), keys)


@given(SAID, SAID)
def test_exactly_what_differs_is_named(said: dict[str, Counts], facts: dict[str, Counts]) -> None:
    found = {item.code: item for item in compare(said_of(said), facts_of(facts), {(c, 1): ASKED for c in "ABCDEF"})}
    assert set(found) == {code for code in set(said) | set(facts) if said.get(code) != facts.get(code)}
    for code, item in found.items():
        expected = Differs.NOT_SAID if code not in said else Differs.COUNTS if code in facts else Differs.NOT_IN_FACTS
        assert (item.why, item.said, item.counted) == (expected, said.get(code), facts.get(code))


def test_what_is_asked_otherwise_cannot_be_compared() -> None:
    one = {"A": Counts(1, 2, 3)}
    others: dict[tuple[str, int], tuple[str, str, str]] = {("A", 1): ("all", "due", "true")}
    for tests in (others, {("A", 2): ASKED}, {}):
        assert compare(said_of(one), facts_of(one), tests) == (Difference("A", Differs.DEFINITION, said=one["A"]),)
    assert compare(said_of(one), facts_of(one), {("A", 1): ASKED}) == ()


def test_units_that_differ_are_named_though_the_whole_agrees() -> None:
    whole, half = Counts(2, 4, 6), Counts(1, 2, 3)
    facts = facts_of({"A": whole})
    facts = replace(facts, counts={**facts.counts, ("province", "H49.1", "A"): half, ("province", "H49.2", "A"): half})
    tests = {("A", 1): ASKED}
    assert compare(said_of({"A": whole}, {"H49.1": half, "H49.2": half}), facts, tests) == ()
    assert compare(said_of({"A": whole}, {"H49.1": whole}), facts, tests) == (
        Difference("A", Differs.COUNTS, "H49.1", whole, half),
        Difference("A", Differs.COUNTS, "H49.2", Counts(), half),
    )
    assert compare(said_of({"A": whole}), facts_of({"A": whole}, unit=""), tests) == ()


def export(folder: Path, day: date = DAY) -> Path:
    end = last_moment(day)
    export_figures(folder, as_of=end, period_from=year_start(end), known_at=datetime.now(UTC), by=AUDITOR)
    return folder


def run(folder: Path, *, code: int, day: date = DAY) -> Any:
    arguments = [str(folder), "--member", "H49", "--day", day.isoformat(), "--json"]
    done = CliRunner().invoke(compare_command, arguments)
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def test_a_report_agrees_with_the_facts_it_was_composed_from(centre: Centre, tmp_path: Path) -> None:
    folder = export(tmp_path / "facts")
    facts = read_facts(folder)
    with pytest.raises(NotFound):
        compare_facts(member="H49", day=DAY, facts=facts, at=centre.morning(DAY))
    made = centre.compose(DAY)
    centre.receive(bytes(made.document), bytes(made.signature), centre.morning(DAY))
    assert run(folder, code=0)["differences"] == []
    assert run(folder, code=0)["agrees"] is True
    assert Comparison.objects.count() == JournalEntry.objects.filter(kind="compare_facts").count() == 1
    with pytest.raises(Invalid) as caught:
        compare_facts(member="H49", day=DAY, facts=replace(facts, period_from=facts.as_of), at=centre.morning(DAY))
    assert caught.value.code == "facts.other_span"


def test_one_dossier_made_up_in_one_figure_is_named(centre: Centre, tmp_path: Path) -> None:
    """The member signs a numerator that is one too high; its own facts tell."""
    folder = export(tmp_path / "facts")
    document = bytes(centre.compose(DAY).document)
    said = json.loads(document)
    figure = next(item for item in said["figures"] if item["counts"][2] < item["counts"][1])
    figure["counts"][2] += 1
    figure["parts"] = {}
    bent = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    row = centre.receive(bent, centre.sign(bent, DAY), centre.morning(DAY))
    assert row.is_counted
    found = run(folder, code=1)
    honest = [*figure["counts"][:2], figure["counts"][2] - 1]
    assert found["differences"] == [
        {"code": figure["code"], "unit": "", "why": "counts", "said": figure["counts"], "counted": honest}
    ]
    (folder / "entries.jsonl").write_bytes(b"")
    with pytest.raises(Invalid) as caught:
        read_facts(folder)
    assert caught.value.code == "recount.unreadable"
    assert Submission.objects.get().comparisons.get().differences == found["differences"]


def test_facts_are_asked_for_by_name_and_with_a_reason_and_once_at_a_time(centre: Centre, tmp_path: Path) -> None:
    made, morning = centre.compose(DAY), centre.morning(DAY)
    row = centre.receive(bytes(made.document), bytes(made.signature), morning)
    auditor = replace(AUDITOR, name="Trần Thị So")
    for by, reason, reasons in (
        (replace(AUDITOR, roles=frozenset()), " ", ("facts.not_yours", "facts.no_reason")),
        (auditor, "", ("facts.no_reason",)),
    ):
        with pytest.raises(Refused) as caught:
            ask_for_facts(number=row.pk, reason=reason, by=by, at=morning)
        assert caught.value.reasons == reasons
    with pytest.raises(NotFound):
        ask_for_facts(number=0, reason="x", by=auditor, at=morning)
    asked = ask_for_facts(number=row.pk, reason=" Tăng nhanh ", by=auditor, at=morning)
    assert (asked.asked_by, asked.reason, list_wanted("H49")) == ("Trần Thị So", "Tăng nhanh", [DAY])
    assert JournalEntry.objects.get(kind="ask_for_facts").ground == "Tăng nhanh"
    with pytest.raises(Refused) as caught:
        ask_for_facts(number=row.pk, reason="x", by=auditor, at=morning)
    assert caught.value.reasons == ("facts.asked_already",)
    done = compare_facts(
        member="H49", day=DAY, facts=read_facts(export(tmp_path / "facts")), at=morning + timedelta(hours=1), by=auditor
    )
    assert (done.compared_by, list_wanted("H49"), len(list_requests(row.pk))) == ("Trần Thị So", [], 1)


def test_what_does_not_count_has_no_facts_to_ask_for(centre: Centre) -> None:
    row = centre.receive(bytes(centre.compose(DAY).document), b"", centre.morning(DAY))
    with pytest.raises(Refused) as caught:
        ask_for_facts(number=row.pk, reason="x", by=AUDITOR, at=centre.morning(DAY))
    assert caught.value.reasons == ("facts.does_not_count",)
