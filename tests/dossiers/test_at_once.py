"""Several people at once, and processes that die: real commits, real threads, a real kill -9."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from onestop.accounts.rules import Role
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI
from onestop.demo.stage import moment
from onestop.dossiers.models import CodeCounter, Dossier, DossierPart
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.codes import parse_code
from onestop.dossiers.rules.filing import Channel, Filer
from onestop.dossiers.rules.states import State
from onestop.errors import NotFound, OneStopError, Refused, Stale
from onestop.intake.operations.drafts import save_draft, start_draft
from onestop.intake.operations.endings import withdraw
from onestop.intake.operations.filing import Filing, submit
from onestop.intake.operations.reception import accept
from onestop.intake.queries import draft_parts
from onestop.journal.models import JournalEntry
from onestop.journal.queries import list_entries
from tests.world import World

MARITAL = "1.004873"
AT = "2026-04-06 09:00"


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each in a thread and connection of its own; what each returned or raised."""
    gate = threading.Barrier(len(deeds))
    found: list[Any] = [None] * len(deeds)

    def run(number: int, deed: Callable[[], Any]) -> None:
        try:
            gate.wait(20)
            found[number] = deed()
        except Exception as error:  # noqa: BLE001  it is what the test looks at
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, deed)) for number, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def file(world: World, who: str, at: str = "2026-04-06 08:15") -> str:
    return world.stage.file(MARITAL, who, HONG_GAI, at, answers=answers.marital(who)).code


class ChangedMind(Exception):
    """Rolls a filing back."""


def test_codes_have_no_gap_and_no_double_under_eight_threads(real_world: World) -> None:
    def desk(number: int) -> list[str]:
        codes = []
        for turn in range(5):
            try:
                with transaction.atomic():
                    code = file(real_world, ("binh", "lan", "tam")[number % 3])
                    if (number + turn) % 4 == 0:
                        raise ChangedMind  # noqa: TRY301
                codes.append(code)
            except ChangedMind:
                continue
        return codes

    found = together(*(lambda number=number: desk(number) for number in range(8)))
    assert not [item for item in found if isinstance(item, Exception)]
    codes = sorted(code for item in found for code in item)
    assert len(codes) == 30
    assert [parse_code(code).number for code in codes] == list(range(1, 31))  # type: ignore[union-attr]
    assert sorted(Dossier.objects.values_list("code", flat=True)) == codes
    assert CodeCounter.objects.get().last == 30
    assert JournalEntry.objects.count() == 30
    assert audit_journal().holds


def test_two_officers_at_once_one_wins_and_the_chain_holds(real_world: World) -> None:
    minh, binh = real_world.officer("minh", AT), real_world.applicant("binh", AT)
    for turn in range(6):
        code = file(real_world, "binh")
        seen = 1 if turn % 2 else None
        found = together(
            lambda code=code, seen=seen: accept(code=code, by=minh, at=moment(AT), seen=seen),
            lambda code=code, seen=seen: accept(code=code, by=minh, at=moment(AT), seen=seen),
            lambda code=code: withdraw(code=code, reason="", by=binh, at=moment(AT), seen=1),
        )
        done = [item for item in found if isinstance(item, Dossier)]
        refused = [item for item in found if isinstance(item, OneStopError)]
        # the applicant may still withdraw what was just accepted only if the page shows it: `seen=1` says it does not
        assert (len(done), len(refused)) == (1, 2), found
        assert all(isinstance(item, (Stale, Refused)) for item in refused)
        row = get_unscoped(code)
        assert row.state in (State.ACCEPTED, State.WITHDRAWN)
        assert [entry.sequence for entry in list_entries(row.pk)] == [1, 2]
    assert audit_journal().holds


def test_one_draft_filed_by_two_clicks_is_one_dossier(real_world: World) -> None:
    lan, at = real_world.applicant("lan", AT), moment(AT)
    own = real_world.stage.applicant_id("lan")
    draft = start_draft(procedure_code=MARITAL, applicant_id=own, by=lan, at=at)
    again = together(*[lambda: start_draft(procedure_code=MARITAL, applicant_id=own, by=lan, at=at).pk] * 3)
    assert again == [draft.pk] * 3
    draft = save_draft(token=draft.token, by=lan, at=at, answers=answers.marital("lan"))
    filing = Filing(
        procedure_code=MARITAL,
        applicant_id=own,
        agency_code=real_world.stage.unit_code(HONG_GAI),
        channel=Channel.ONLINE,
        filer=Filer.SELF,
        answers=draft.answers,
        parts=draft_parts(draft),
    )
    found = together(*[lambda: submit(filing=filing, by=lan, at=at, draft=draft)] * 3)
    assert [type(item) for item in found].count(Dossier) == 1
    assert [type(item) for item in found].count(NotFound) == 2
    assert Dossier.objects.count() == JournalEntry.objects.count() == CodeCounter.objects.get().last == 1


def test_one_page_sent_by_four_clicks_is_one_dossier(real_world: World) -> None:
    lan, at = real_world.applicant("lan", AT), moment(AT)
    filing = Filing(
        procedure_code=MARITAL,
        applicant_id=real_world.stage.applicant_id("lan"),
        agency_code=real_world.stage.unit_code(HONG_GAI),
        channel=Channel.ONLINE,
        filer=Filer.SELF,
        answers=answers.marital("lan"),
    )
    found = together(*[lambda: submit(filing=filing, by=lan, at=at, key="a page").code] * 4)
    assert len(set(found)) == 1, found
    assert Dossier.objects.count() == JournalEntry.objects.count() == CodeCounter.objects.get().last == 1
    assert submit(filing=filing, by=lan, at=at, key="another page").code != found[0]


def test_two_leaders_signing_many_number_each_once(real_world: World) -> None:
    from onestop.signing.models import ResultPaper
    from onestop.signing.operations import sign_and_approve_many

    codes = []
    for who in ("lan", "binh", "tam"):
        play = real_world.stage.file(MARITAL, who, HONG_GAI, "2026-04-06 08:15", answers=answers.marital(who))
        codes.append(play.accept("2026-04-06 08:30").appraise("2026-04-06 08:50").code)
    quang = real_world.by(play, Role.LEADER, AT)
    both = together(
        lambda: sign_and_approve_many(codes=codes, by=quang, at=moment(AT)),
        lambda: sign_and_approve_many(codes=codes[::-1], by=quang, at=moment(AT)),
    )
    assert sum(outcome.error is None for outcomes in both for outcome in outcomes) == 3
    numbers = sorted(int(number.split("/")[0]) for number in ResultPaper.objects.values_list("number", flat=True))
    assert numbers == [1, 2, 3]
    assert audit_journal().holds


DYING = """
import sys, django
django.setup()
from django.db import connection, transaction
connection.settings_dict["NAME"] = sys.argv[1]
from onestop.demo import answers
from onestop.demo.province import stage
with transaction.atomic():
    play = stage().file("1.001193", "lan", "Phường Hồng Gai", "2026-04-06 08:15", answers=answers.birth(),
                        papers={"BIRTH_NOTICE": "Giấy chứng sinh"})
    print(play.code, flush=True)
    sys.stdin.read()
"""


def test_a_process_killed_while_filing_leaves_no_half_row_and_its_number_is_given_again(real_world: World) -> None:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "onestop.config.settings"}
    child = subprocess.Popen(
        [sys.executable, "-c", DYING, real_world.database],
        env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert child.stdout is not None
        code = child.stdout.readline().strip()
        if not code:
            pytest.fail(child.communicate()[1])
        assert code.endswith("-260406-0001")
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
    again = file(real_world, "binh")  # waits until the server has noticed and let go of the counter
    assert again == code
    assert [row.code for row in Dossier.objects.all()] == [again]
    assert get_unscoped(again).procedure.code == MARITAL
    assert not DossierPart.objects.exists()
    assert JournalEntry.objects.count() == 1
    assert audit_journal().holds
