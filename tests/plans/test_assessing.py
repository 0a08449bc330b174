"""Points by Decree 335/2025 over what really happened; the head enters criteria; nobody sees more than theirs."""

from collections import Counter
from decimal import Decimal

import pytest

from onestop.accounts.rules import Principal
from onestop.demo.stage import moment
from onestop.dossiers.queries.audits import audit_journal
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.states import Verb
from onestop.errors import Invalid, NotFound, Refused
from onestop.journal.models import JournalEntry
from onestop.journal.queries import list_register
from onestop.plans.operations.assessing import enter_general_score
from onestop.plans.queries.work import Assessment, assess_posting, assess_unit
from onestop.plans.rules.decree_335 import Rating
from onestop.process.queries.templates import get_template
from onestop.process.rules.templates import StepKind
from tests.plans.test_scoring import officer

BEGIN, END = moment("2026-01-01 00:00"), moment("2026-12-31 23:59")
Codes = dict[str, str]


def assess(username: str, by: Principal | None = None) -> Assessment:
    found = officer(username)
    assert found.posting_id is not None
    return assess_posting(posting_id=found.posting_id, year=2026, begin=BEGIN, end=END, by=by or found)


def test_work_is_what_the_journal_tells(played: Codes) -> None:
    hoa = officer("hoa")
    left = JournalEntry.objects.filter(
        actor=f"officer:{hoa.account_id}", payload__has_key="step", at__gte=BEGIN, stream__gt=0
    ).exclude(kind__in=[Verb.SEND_BACK, Verb.ACCEPT])
    assert assess("hoa").done == left.values("stream", "payload__from_step").distinct().count()
    assert assess("hoa").done > 0


def test_reception_and_return_are_work_of_the_desk(played: Codes) -> None:
    minh = officer("minh")
    mine = JournalEntry.objects.filter(actor=f"officer:{minh.account_id}", at__gte=BEGIN, at__lte=END, stream__gt=0)
    products = assess("minh").products
    accepted = mine.filter(kind=Verb.ACCEPT).values("stream").distinct().count()
    returned = mine.filter(kind=Verb.RETURN_RESULT).values("stream").distinct().count()
    assert accepted
    assert returned
    kinds = Counter(get_template(get_unscoped(item.dossier).process).step(item.step).kind for item in products)
    assert kinds[StepKind.RECEIVE] == accepted
    assert kinds[StepKind.RETURN] == returned
    assert all(item.names["vi"] for item in products)


def test_what_was_sent_back_is_a_failure_of_whoever_had_done_it(played: Codes) -> None:
    back = JournalEntry.objects.filter(kind=Verb.SEND_BACK, at__gte=BEGIN, at__lte=END)
    assert back.exists()
    failed: dict[str, int] = {}
    for entry in back:
        before = JournalEntry.objects.filter(
            stream=entry.stream, sequence__lt=entry.sequence, payload__from_step=entry.payload["step"]
        ).exclude(kind=Verb.SEND_BACK)
        doer = before.order_by("-sequence").first()
        assert doer is not None
        failed[doer.actor] = failed.get(doer.actor, 0) + 1
    for username in ("hoa", "quang", "minh", "thu"):
        found = assess(username)
        wanted = failed.get(f"officer:{found.account_id}", 0)
        assert sum(product.failures for product in found.products) == wanted


def test_criteria_are_entered_by_the_head_with_a_reason_and_stand_in_the_journal(played: Codes) -> None:
    head, hoa = officer("quang"), officer("hoa")
    assert hoa.posting_id is not None
    before = assess("hoa")
    assert before.general is None
    assert before.points is not None
    assert before.points.high - before.points.low >= 30
    how = {"posting_id": hoa.posting_id, "year": 2026, "at": END}
    with pytest.raises(Invalid) as caught:
        enter_general_score(**how, points=Decimal(101), reason=" ", by=head)  # type: ignore[arg-type]
    assert [fault.code for fault in caught.value.faults] == ["score.not_general_points", "plan.no_reason"]
    for points in ("80", "85.5"):
        enter_general_score(**how, points=Decimal(points), reason="Chấp hành tốt", by=head)  # type: ignore[arg-type]
    after = assess("hoa")
    assert after.general is not None
    assert after.general.points == Decimal("85.5")
    assert after.points is not None
    assert before.points.low <= after.points.low <= after.points.high <= before.points.high
    entries = list_register(f"assessment:{head.unit_code}")
    assert [entry.payload["points"] for entry in entries] == ["80.0", "85.5"]
    assert audit_journal().holds


def test_nobody_gives_points_to_themselves_or_to_whom_they_do_not_lead(played: Codes) -> None:
    hoa, quang = officer("hoa"), officer("quang")
    for by, posting in ((hoa, hoa), (quang, quang)):
        with pytest.raises(Refused, match=r"score\.not_of_oneself"):
            enter_general_score(
                posting_id=posting.posting_id or 0, year=2026, points=Decimal(99), reason="x", by=by, at=END
            )
    for stranger in ("minh", "long.coto", "kiemsoat"):
        with pytest.raises(NotFound):
            enter_general_score(
                posting_id=hoa.posting_id or 0, year=2026, points=Decimal(99), reason="x", by=officer(stranger), at=END
            )
        with pytest.raises(NotFound):
            assess("hoa", by=officer(stranger))


def test_the_head_sees_the_unit_and_each_as_they_see_themselves(played: Codes) -> None:
    head = officer("quang")
    rows = assess_unit(unit=head.unit_code, year=2026, begin=BEGIN, end=END, by=head)
    assert next(row for row in rows if row.name == "Phạm Thị Hoa") == assess("hoa")
    assert {row.rating for row in rows if row.general is None} <= {None, Rating.NOT_COMPLETE}
    with pytest.raises(Refused):
        assess_unit(unit=head.unit_code, year=2026, begin=BEGIN, end=END, by=officer("hoa"))
