"""Points from what really happened: the stories of the demo, scored; who may see whose."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestop.accounts.queries import find_account
from onestop.accounts.rules import Principal
from onestop.agencies.queries import find_principal, get_unit
from onestop.demo.stage import moment
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import NotFound, Refused
from onestop.plans.queries.agency_scoring import list_agency_scores, score_agencies
from onestop.plans.queries.scoring import list_points, score_posting, score_unit
from onestop.plans.rules.scoring import OFFICIAL_BANDS, find_grade

BEGIN, END = moment("2026-01-01 00:00"), moment("2026-12-31 23:59")
Codes = dict[str, str]


def officer(username: str, at: datetime = END) -> Principal:
    account = find_account(username)
    found = find_principal(account_id=account.pk, at=at) if account else None
    assert found is not None
    return found


def points(username: str, indicator: int) -> dict[str, int | None]:
    by = officer(username)
    assert by.posting_id is not None
    rows = list_points(posting_id=by.posting_id, indicator=indicator, begin=BEGIN, end=END, by=by)
    return {row.dossier.code: row.points for row in rows}


def test_time_and_contacts_are_those_of_the_stories(played: Codes) -> None:
    whole, contacts, agencies = points("hoa", 1), points("hoa", 3), points("hoa", 4)
    for code, earned in whole.items():
        row = get_unscoped(code)
        assert row.finished_at is not None
        assert row.due_at is not None
        days = (moment_day(row.due_at) - moment_day(row.finished_at)).days
        assert earned == (0 if row.finished_at > row.due_at else 2 if days > 0 else 1)
        assert contacts[code] == max(0, 2 - row.supplements)
        assert agencies[code] == (2 if not row.supplements else 1)
    assert set(whole.values()) == {0, 1, 2} or len(set(whole.values())) > 1


def moment_day(at: datetime) -> datetime:
    return at.astimezone(BEGIN.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)


def test_conduct_has_no_data_since_complaints_are_not_on_record(played: Codes) -> None:
    assert set(points("hoa", 7).values()) == {None}
    by = officer("hoa")
    found = score_posting(posting_id=by.posting_id or 0, begin=BEGIN, end=END, by=by)
    assert 7 in found.total.missing
    assert found.total.high - found.total.low == 2 * len(found.total.missing)


def test_what_waited_for_a_supplement_has_no_own_time(played: Codes) -> None:
    asked = {code for code in points("hoa", 2) if get_unscoped(code).supplements}
    assert asked
    assert {points("hoa", 2)[code] for code in asked} == {None}


def test_the_head_sees_all_officials_of_the_agency_and_an_official_nobody_else(played: Codes) -> None:
    head = officer("quang")
    found = score_unit(unit=head.unit_code, begin=BEGIN, end=END, by=head)
    assert {"Phạm Thị Hoa", "Nguyễn Văn Minh", "Đỗ Thị Thu", "Trần Quang Huy"} <= {item.name for item in found}
    assert all(item.unit for item in found)
    hoa, minh = officer("hoa"), officer("minh")
    own = next(item for item in found if item.account_id == hoa.account_id)
    assert own == score_posting(posting_id=hoa.posting_id or 0, begin=BEGIN, end=END, by=hoa)
    for stranger in (minh, officer("long.coto"), officer("kiemsoat")):
        with pytest.raises(NotFound):
            score_posting(posting_id=hoa.posting_id or 0, begin=BEGIN, end=END, by=stranger)
        with pytest.raises(Refused):
            score_unit(unit=head.unit_code, begin=BEGIN, end=END, by=stranger)


def test_a_period_without_dossiers_has_no_points(played: Codes) -> None:
    by = officer("hoa")
    found = score_posting(
        posting_id=by.posting_id or 0, begin=moment("2025-01-01 00:00"), end=moment("2025-12-31 23:59"), by=by
    )
    assert found.dossiers == 0
    assert find_grade(found.total, OFFICIAL_BANDS) is None


def test_an_agency_has_points_where_the_journal_knows_and_a_range_elsewhere(played: Codes) -> None:
    unit = officer("quang").unit_code
    total = score_agencies(units=[unit], begin=BEGIN, end=END)[unit]
    assert {5, 6, 7, 8} <= set(total.missing)
    scores = {score.indicator: score for score in total.scores}
    assert (scores[5].least, scores[5].highest, scores[5].gap) == (1, 2, "centre")
    assert (scores[6].highest - scores[6].least, scores[6].gap) == (1, "posted")
    assert total.low >= sum(score.mean or 0 for score in total.scores) + 1
    assert {1, 3, 4} <= {score.indicator for score in total.scores if score.mean is not None}
    assert total.low <= total.high <= 18


def test_what_was_received_elsewhere_is_counted_against_the_one_stop(played: Codes) -> None:
    unit = get_unit(officer("quang").unit_code)
    dossier = Dossier.objects.filter(competent_unit=unit, submitted_at__gte=BEGIN).order_by("pk").first()
    assert dossier is not None
    Dossier.objects.filter(pk=dossier.pk).update(receiving_unit=unit)
    total = score_agencies(units=[unit.code], begin=BEGIN, end=END)[unit.code]
    assert next(score for score in total.scores if score.indicator == 5).least == 0


def test_the_table_of_all_agencies_says_what_each_page_says_and_costs_the_same_for_all(played: Codes) -> None:
    by = officer("lanhdao")
    list_agency_scores(begin=BEGIN, end=END, by=by)  # templates, calendar and tree are read once
    with CaptureQueriesContext(connection) as all_of_them:
        rows = list_agency_scores(begin=BEGIN, end=END, by=by)
    unit = officer("quang").unit_code
    with CaptureQueriesContext(connection) as one:
        own = score_agencies(units=[unit], begin=BEGIN, end=END)[unit]
    assert len(rows) == 70
    assert next(row.total for row in rows if row.unit == unit) == own
    assert len(all_of_them) <= len(one) + 4
    assert {row.dossiers for row in rows} > {0}
    for stranger in ("quang", "hoa", "long.coto"):
        with pytest.raises(Refused):
            list_agency_scores(begin=BEGIN, end=END, by=officer(stranger))
