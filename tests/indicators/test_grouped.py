"""Figures that only show beside other dossiers agree with a plain count, and open their lists."""

from collections import Counter

import pytest

from onestop.facts.rules.definitions import Part, Subject
from onestop.facts.rules.reference import Deed
from onestop.indicators.queries.behind import Behind, list_behind
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.journal.models import JournalEntry
from tests.facts.dossiers import make_rows, make_version
from tests.facts.journals import accept, hours, life, sealed, write
from tests.indicators.test_behind import officer

AT, SINCE = hours(60), hours(-1)


def bulk() -> list[list[Deed]]:
    """Six dossiers that ended in one minute, three that ended apart."""
    together = [life(n, accept(1, 40), *sealed(5 + n / 3600)) for n in range(1, 7)]
    return together + [life(n, accept(1, 40), *sealed(n)) for n in range(10, 13)]


def test_many_that_ended_in_one_minute_are_counted_and_listed(province: dict[str, int]) -> None:
    lives = bulk()
    write(deed for lived in lives for deed in lived)
    make_rows(lives, province, make_version())
    survey = take_survey(as_of=AT, period_from=SINCE, scheme="alarms")
    found = {figure.definition.code: figure for figure in list_figures(survey, unit="H49")}
    assert (found["ENDED_IN_BULK"].numerator, found["ENDED_IN_BULK"].denominator) == (6, 9)
    minutes = Counter(lived[-1].at.replace(second=0, microsecond=0) for lived in lives)
    assert sorted(minutes.values()) == [1, 1, 1, 6]
    asked = Behind("ENDED_IN_BULK", Part.NUMERATOR, AT, unit="H49.30", scheme="alarms", period_from=SINCE)
    assert [row.pk for row in list_behind(asked, by=officer(province, *province)).rows] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(("count", "expected"), [(19, 0), (20, 20)])
def test_one_account_that_files_for_many_shows_from_twenty_on(db: None, count: int, expected: int) -> None:
    write(deed for n in range(1, count + 3) for deed in life(n))
    JournalEntry.objects.bulk_create(_by_account(n) for n in range(100, 100 + count))
    survey = take_survey(as_of=AT, period_from=SINCE, scheme="alarms", codes=["ONE_ACCOUNT_FOR_MANY"])
    (figure,) = list_figures(survey)
    assert (figure.numerator, figure.denominator) == (expected, count + count + 2)


def _by_account(stream: int) -> JournalEntry:
    deed = life(stream)[0]
    return JournalEntry(
        stream=stream, sequence=1, kind=deed.kind, actor="account:7", at=deed.at, recorded_at=deed.at,
        payload=deed.payload, previous=bytes(32), hash=bytes(32), signature=b"", certificate_id=1,
    )  # fmt: skip


def test_what_is_not_recorded_has_no_number(db: None) -> None:
    survey = take_survey(as_of=AT, period_from=SINCE, scheme="766-portal-2026-observed")
    unknown = [figure for figure in list_figures(survey) if figure.definition.subject is Subject.UNRECORDED]
    assert {figure.definition.code for figure in unknown} >= {"DOSSIER_SYNC", "PUBLIC_CONTENT_FULL"}
    assert all(figure.share is None and not figure.is_known for figure in unknown)
