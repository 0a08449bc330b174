"""The list behind a number is the number, for every number; and nobody sees more of it than of the dossiers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onestop.accounts.rules import Principal, Role
from onestop.errors import NotFound, Refused
from onestop.facts.rules.definitions import Part, Subject
from onestop.indicators.queries.behind import Behind, count_behind, iterate_behind, list_behind
from onestop.indicators.queries.figures import list_figures, take_survey
from tests.facts.dossiers import make_rows, make_version
from tests.facts.journals import accept, hours, life, sealed, write

PAPER = [{"document": "A", "given": "paper", "sha256": ""}]
AT, SINCE = hours(60), hours(-1)


@pytest.fixture
def units(province: dict[str, int]) -> dict[str, int]:
    """Four dossiers of the first commune, two of the second, each different; the units' ids by code."""
    second = {"agency": "H49.31", "desk": "H49.99.01"}
    lives = [
        life(1, accept(1, 40), *sealed(5)),
        life(2, accept(1, 40), *sealed(50), filer="assisted"),
        life(3, accept(1, 40), ("request_supplement", 8, {}), parts=PAPER, channel=1),
        life(4),
        life(5, accept(1, 40), *sealed(5), **second),
        life(6, accept(1, 40), channel=3, filer="by_officer", **second),
    ]
    write(deed for lived in lives for deed in lived)
    make_rows(lives, province, make_version())
    return province


def officer(units: dict[str, int], *codes: str) -> Principal:
    """Return a leader whose subtree is these units."""
    ids = frozenset(units[code] for code in codes)
    return Principal(1, "Quang", frozenset({Role.LEADER}), "officer:1", unit_id=units[codes[0]], unit_ids=ids)


@pytest.mark.parametrize("unit", ["", "H49", "H49.30", "H49.31", "H49.99"])
def test_every_list_is_as_long_as_its_number(units: dict[str, int], unit: str) -> None:
    everything = officer(units, *units)
    for scheme in ("province", "766-portal-2026-observed"):
        for figure in list_figures(take_survey(as_of=AT, period_from=SINCE, scheme=scheme), unit=unit):
            if figure.definition.subject is not Subject.DOSSIER:
                continue
            for part, number in ((Part.NUMERATOR, figure.numerator), (Part.DENOMINATOR, figure.denominator)):
                asked = Behind(figure.definition.code, part, AT, unit=unit, scheme=scheme, period_from=SINCE)
                found = list_behind(asked, by=everything)
                assert len(found.rows) == count_behind(asked, by=everything) == number, figure.definition.code


def test_rights_limit_the_list_not_the_figure(units: dict[str, int]) -> None:
    asked = Behind("ONLINE_BY_CHANNEL", Part.DENOMINATOR, AT, period_from=SINCE)
    first, second = officer(units, "H49.30"), officer(units, "H49.31")
    assert [row.pk for row in list_behind(asked, by=first).rows] == [4, 3, 2, 1]
    assert [row.pk for row in iterate_behind(asked, by=second)] == [6, 5]
    nobody = Principal(2, "Bình", frozenset({Role.APPLICANT}), "account:2", applicant_ids=frozenset({999}))
    assert list_behind(asked, by=nobody).rows == ()


def test_pages_follow_one_another_without_gap_or_double(units: dict[str, int]) -> None:
    asked, by, found, key = (
        Behind("ONLINE_BY_CHANNEL", Part.DENOMINATOR, AT, period_from=SINCE),
        officer(units, *units),
        [],
        "",
    )
    while True:
        page = list_behind(asked, by=by, size=2, after=key)
        found += [row.pk for row in page.rows]
        key = page.next_key
        if not key:
            break
    assert found == [6, 5, 4, 3, 2, 1]


def test_a_page_is_one_statement_however_long(units: dict[str, int]) -> None:
    asked, by = Behind("ONLINE_BY_CHANNEL", Part.DENOMINATOR, AT, period_from=SINCE), officer(units, *units)
    for size in (1, 3):
        with CaptureQueriesContext(
            connection,
        ) as statements:
            rows = list_behind(asked, by=by, size=size).rows
            assert [row.procedure.code and row.competent_unit.code for row in rows]
        asked_for = [item["sql"] for item in statements if not item["sql"].startswith("SET LOCAL")]
        assert len(asked_for) == 1


def test_what_cannot_be_opened_is_refused(units: dict[str, int]) -> None:
    by = officer(units, *units)
    with pytest.raises(Refused):
        list_behind(Behind("PROCEDURES_FULL", Part.NUMERATOR, AT), by=by)
    with pytest.raises(NotFound):
        list_behind(Behind("NOTHING", Part.NUMERATOR, AT), by=by)
    with pytest.raises(NotFound):
        list_behind(Behind("ON_TIME", Part.NUMERATOR, AT, unit="H49.00"), by=by)


def test_procedures_are_counted_from_the_catalogue_for_the_whole_only(units: dict[str, int]) -> None:
    survey = take_survey(as_of=AT, period_from=SINCE)
    whole = {figure.definition.code: figure for figure in list_figures(survey)}
    assert (whole["PROCEDURES_FULL"].numerator, whole["PROCEDURES_FULL"].denominator) == (1, 1)
    assert whole["PROCEDURES_IN_FORCE"].share is None
    assert "PROCEDURES_FULL" not in {figure.definition.code for figure in list_figures(survey, unit="H49.30")}
    before = take_survey(as_of=hours(-24 * 900), codes=["PROCEDURES_IN_FORCE"])
    assert list_figures(before)[0].numerator == 0
