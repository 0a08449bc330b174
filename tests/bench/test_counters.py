"""What a life and a list may cost in statements: counters, which no busy machine moves."""

import gzip
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onestop.accounts.queries import find_account
from onestop.accounts.rules import SYSTEM
from onestop.bench.grounds import Grounds
from onestop.bench.life.run import live
from onestop.bench.life.world import STEPS, WITHOUT_PAPER, describe, publish_line, publish_plain
from onestop.bench.lists.world import principal
from onestop.catalogue.operations import import_file
from onestop.catalogue.queries import read_data
from onestop.demo.run import ZONE
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import count_work, list_dossiers, list_work
from onestop.dossiers.rules.states import State
from onestop.journal.models import JournalEntry
from tests.world import World

STATEMENTS_A_LIFE = 45
STATEMENTS_A_SIGNED_LIFE = 62
TRANSACTIONS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Person:
    """Somebody at a test client who answers as the browser of the benchmark does."""

    def __init__(self, username: str) -> None:
        self.client = Client()
        self.client.force_login(find_account(username), backend="django.contrib.auth.backends.ModelBackend")

    def post(self, path: str, fields: dict[str, str], files: Any = None) -> tuple[int, str, bytes]:
        sent = {name: SimpleUploadedFile(*file, "application/pdf") for name, file in (files or {}).items()}
        answer = self.client.post(path, {**fields, **sent})
        return answer.status_code, answer.headers.get("Location", ""), answer.content


def _play(*, with_paper: bool) -> list[str]:
    """Play two lives; return the statements of the second, when what is fixed is known to the process."""
    at = datetime.now(ZONE)
    if not with_paper:
        import_file(data=_line_of(WITHOUT_PAPER), by=SYSTEM, at=at)
        publish_plain(at)
    publish_line(with_paper=with_paper)
    life = describe(Grounds(None, None), None, 0, with_paper=with_paper)  # type: ignore[arg-type]  # no server of its own
    people: Any = {username: Person(username) for username in life.people}
    live(life, people)
    with CaptureQueriesContext(connection) as asked:
        live(life, people)
    return [query["sql"] for query in asked.captured_queries]


def _line_of(code: str) -> bytes:
    """The list of procedures that comes with the house, cut down to one line."""
    heading, *lines = gzip.decompress(read_data("procedures_list.csv.gz")).splitlines()
    return b"\n".join([heading, *(line for line in lines if line.startswith(code.encode()))]) + b"\n"


@pytest.mark.parametrize(("with_paper", "budget"), [(False, STATEMENTS_A_LIFE), (True, STATEMENTS_A_SIGNED_LIFE)])
def test_a_life_keeps_to_its_budget(world: World, with_paper: bool, budget: int) -> None:
    """Statements of the seven requests, one transaction each, and every life ends returned with its entries."""
    statements = _play(with_paper=with_paper)
    asked = [sql for sql in statements if not sql.startswith(TRANSACTIONS)]
    assert len(asked) <= budget, "\n".join(sql[:120] for sql in asked)
    assert sum(sql.startswith("SAVEPOINT") for sql in statements) == len(STEPS) + 1
    assert set(Dossier.objects.values_list("state", flat=True)) == {State.RETURNED}
    assert JournalEntry.objects.filter(stream__in=Dossier.objects.values("pk")).count() == 2 * (7 + with_paper)


@pytest.mark.parametrize(("ask", "budget"), [(list_work, 1), (count_work, 1), (list_dossiers, 1)])
def test_a_list_is_one_statement(world: World, ask: Any, budget: int) -> None:
    """However many rows there are, also when the page shows what it shows of each."""
    _play(with_paper=True)
    Dossier.objects.update(state=State.PROCESSED)
    by = principal("minh")
    with CaptureQueriesContext(connection) as asked:
        found = ask(by=by)
        shown = (
            []
            if isinstance(found, int)
            else [
                (row.code, row.procedure.names, row.holder_unit.name(), row.competent_unit.code) for row in found.rows
            ]
        )
    assert found == 2 or len(shown) == 2
    assert len(asked.captured_queries) <= budget
