"""A stranger's count, from the documented format alone, comes to the same figures; and it shares no code."""

import ast
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onestop.recount
from onestop.accounts.rules import Principal, Role
from onestop.errors import Refused
from onestop.facts.rules.expressions import evaluate, parse
from onestop.facts.rules.facts import DOSSIER_FACTS
from onestop.facts.rules.reference import Deed
from onestop.indicators.operations.exporting import export_figures
from onestop.recount.__main__ import main
from onestop.recount.counting import recount
from onestop.recount.language import BadTest, compile_test
from onestop.recount.reading import BadExport, read_export
from tests.facts.journals import MOMENT, accept, hours, life, random_lives, sealed, write
from tests.facts.test_facts import PERIOD_FROM, reference
from tests.indicators.conftest import province  # noqa: F401  a fixture

HOME = Path(onestop.recount.__file__).parent
AUDITOR = Principal(None, "operator", frozenset({Role.AUDITOR}), "system:portal")
NOW = datetime(2026, 12, 1, tzinfo=UTC)
AT, SINCE = hours(60), hours(-1)


def export(folder: Path, as_of: datetime = AT, since: datetime = SINCE, known_at: datetime = NOW) -> Path:
    """Write an export as an auditor does."""
    export_figures(folder, as_of=as_of, period_from=since, known_at=known_at, by=AUDITOR)
    return folder


def test_it_stands_on_the_standard_library_alone() -> None:
    for path in HOME.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                root = name.split(".")[0]
                assert root in sys.stdlib_module_names or name.startswith("onestop.recount"), f"{path.name}: {name}"


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds=random_lives(), as_of=MOMENT | st.just(NOW))
def test_both_counts_agree_on_random_journals(
    province: dict[str, int],  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
    deeds: list[Deed],
    as_of: datetime,
) -> None:
    folder = tmp_path_factory.mktemp("export")
    with transaction.atomic():
        write(deeds)
        found = recount(read_export(export(folder, as_of, PERIOD_FROM)))
        transaction.set_rollback(True)
    assert found.deviations == ()
    assert found.dossiers == len(reference(deeds, as_of))


@pytest.fixture
def exported(province: dict[str, int], tmp_path: Path) -> Path:  # noqa: F811
    """An export of six dossiers, five of which ended in one minute."""
    lives = [life(n, accept(1, 40), *sealed(5)) for n in range(1, 6)]
    write(deed for lived in [*lives, life(6, channel=None)] for deed in lived)
    return export(tmp_path / "export")


def test_what_it_counts_is_what_happened(exported: Path) -> None:
    figures = {
        (item["unit"], item["scheme"], item["code"]): item
        for item in json.loads((exported / "figures.json").read_text())
    }
    assert figures["H49", "alarms", "ENDED_IN_BULK"]["numerator"] == 5
    assert figures["", "province", "ONLINE_BY_CHANNEL"]["denominator"] == 6
    assert figures["H49.30", "province", "ONLINE_BY_CHANNEL"]["flags"] == {"unknown_channel": 1}
    assert main([str(exported)]) == 0


@pytest.mark.parametrize("name", ["population", "denominator", "numerator"])
def test_a_figure_that_was_touched_up_is_named(exported: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(exported, "figures.json", lambda figures: figures[3].update({name: figures[3][name] + 1}))
    assert main([str(exported)]) == 1
    figure = json.loads((exported / "figures.json").read_text())[3]
    assert figure["code"] in capsys.readouterr().out


def test_an_entry_that_was_taken_out_is_found(exported: Path) -> None:
    path = exported / "entries.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if '"seal"' not in line))
    with pytest.raises(BadExport, match=r"entries\.jsonl"):
        read_export(exported)
    renew(exported, "entries.jsonl")
    assert not recount(read_export(exported)).agrees


def test_an_export_that_is_none_says_so(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(exported / "nowhere")]) == 2
    assert main([]) == 2
    (exported / "manifest.json").write_text('{"format": "other"}')
    assert main([str(exported)]) == 2
    assert "other" in capsys.readouterr().err


def test_without_figures_nothing_agrees(exported: Path) -> None:
    rewrite(exported, "figures.json", lambda figures: figures.clear())
    assert not recount(read_export(exported)).agrees


def test_an_export_names_nobody_and_needs_the_duty(exported: Path, tmp_path: Path) -> None:
    text = (exported / "entries.jsonl").read_text()
    assert "actor" not in text
    assert "account:" not in text
    for role in Role:
        if role is not Role.AUDITOR:
            by = Principal(1, "x", frozenset({role, Role.AUDITOR} if role in SETTLING else {role}), "officer:1")
            with pytest.raises(Refused):
                export_figures(tmp_path / "no", as_of=AT, period_from=SINCE, known_at=NOW, by=by)
    assert not (tmp_path / "no").exists()


SETTLING = (Role.ONE_STOP_OFFICER, Role.SPECIALIST, Role.DIVISION_HEAD, Role.CLERK, Role.LEADER)
NUMBERS = [name for name, kind in DOSSIER_FACTS.items() if kind == "number"]
COMPARED = st.tuples(
    st.sampled_from(NUMBERS), st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.integers(0, 3).map(str)
).map(" ".join)
TESTS = st.recursive(
    COMPARED | st.sampled_from(["fee", "reused", "channel is unknown", "channel is known", "submitted_at in period"]),
    lambda inner: st.one_of(
        inner.map(lambda text: f"not {text}"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join),
        inner.map(lambda text: f"({text})"),
    ),
    max_leaves=6,
)


class Facts(dict[str, object]):
    """Facts that one side reads as attributes and the other by name."""

    __getattr__ = dict.__getitem__


@given(
    text=TESTS,
    numbers=st.lists(st.none() | st.integers(-1, 3), min_size=len(NUMBERS), max_size=len(NUMBERS)),
    truths=st.lists(st.sampled_from([True, False, None]), min_size=2, max_size=2),
    hour=st.integers(-3, 80),
)
def test_the_two_readers_of_the_language_agree(
    text: str, numbers: list[int | None], truths: list[bool | None], hour: int
) -> None:
    facts = Facts(zip(NUMBERS, numbers, strict=True))
    facts |= {"fee": truths[0], "reused": truths[1], "submitted_at": hours(hour), "as_of": AT, "period_from": SINCE}
    assert compile_test(text)(facts) is evaluate(parse(text, DOSSIER_FACTS), facts)


@pytest.mark.parametrize("text", ["", "(fee", "fee fee", "fee and", "= 3", "channel = ", "#"])
def test_what_is_no_test_is_refused(text: str) -> None:
    with pytest.raises(BadTest):
        compile_test(text)


def rewrite(folder: Path, name: str, change: object) -> None:
    """Change one file of an export and name its new hash, as somebody does who has read the format."""
    rows = json.loads((folder / name).read_text())
    change(rows)  # type: ignore[operator]
    (folder / name).write_text(json.dumps(rows))
    renew(folder, name)


def renew(folder: Path, name: str) -> None:
    """Write the new hash of a file into the manifest."""
    import hashlib

    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name]["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
