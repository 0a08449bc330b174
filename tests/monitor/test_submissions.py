"""What members send: composed from real dossiers, signed with real keys, judged by the centre."""

import json
from datetime import date, timedelta

import pytest

from onestop.errors import Invalid, Refused
from onestop.facts.rules.periods import year_start
from onestop.indicators.queries.figures import list_figures, take_survey
from onestop.journal.models import JournalEntry
from onestop.monitor.models import Composed, MemberFigure, Submission
from onestop.monitor.queries.submissions import list_missing, list_series, list_submissions
from onestop.monitor.rules.aggregates import LARGEST_BYTES, read_aggregate, write_aggregate
from onestop.monitor.rules.faults import Fault, due_at
from onestop.monitor.rules.members import Counts
from onestop.trust.operations.keys import issue_key
from onestop.trust.rules import KeyKind
from tests.monitor.conftest import Centre

DAY = date(2026, 6, 30)


def faults(row: Submission) -> set[str]:
    return {code for code, _ in row.faults}


def test_a_day_composed_signed_and_received_says_what_the_board_says(centre: Centre) -> None:
    made = centre.compose(DAY)
    row = centre.receive(bytes(made.document), bytes(made.signature), centre.morning(DAY))
    assert (row.is_counted, row.faults, row.signer) == (True, [], centre.holder)
    end = due_at(DAY).replace(hour=0) - timedelta(microseconds=1)
    survey = take_survey(as_of=end, period_from=year_start(end))
    shown = {figure.definition.code: figure for figure in list_figures(survey)}
    said = list_series("ONLINE_BY_CHANNEL", days=[DAY])[DAY]["H49"]
    figure = shown["ONLINE_BY_CHANNEL"]
    assert (said.numerator, said.denominator) == (figure.numerator, figure.denominator)
    assert said.denominator > 5
    lines = read_aggregate(bytes(made.document)).lines
    assert all(sum(line.parts.values(), Counts()) == line.counts for line in lines)
    assert len(lines) > 10


def test_the_same_again_is_harmless_and_other_content_for_the_day_is_not(centre: Centre) -> None:
    made = centre.compose(DAY)
    document, signature = bytes(made.document), bytes(made.signature)
    first = centre.receive(document, signature, centre.morning(DAY))
    assert centre.receive(document, signature, centre.morning(DAY)).pk == first.pk
    assert centre.compose(DAY).pk == made.pk
    said = json.loads(document)
    said["figures"] = said["figures"][1:]
    other = write_aggregate(
        read_aggregate(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    )
    row = centre.receive(other, centre.sign(other, DAY), centre.morning(DAY))
    assert faults(row) == {Fault.DOUBLED, Fault.CHAIN_BROKEN}
    assert not row.is_counted
    assert MemberFigure.objects.filter(submission=row).count() == 0
    assert Submission.objects.count() == 2


def test_days_follow_one_another(centre: Centre) -> None:
    first, second = centre.compose(DAY), centre.compose(DAY + timedelta(1))
    assert (second.sequence, read_aggregate(bytes(second.document)).previous) == (2, first.digest)
    late = centre.receive(bytes(second.document), bytes(second.signature), centre.morning(second.day))
    assert faults(late) == {Fault.CHAIN_BROKEN}
    for made in (first, second):
        assert centre.receive(bytes(made.document), bytes(made.signature), centre.morning(second.day)).is_counted
    assert list(list_series("ON_TIME_BY_LAW", days=[first.day, second.day])) == [first.day, second.day]
    with pytest.raises(Refused) as caught:
        centre.compose(DAY - timedelta(1))
    assert caught.value.code == "aggregate.day_before_last"


def test_unsigned_altered_or_signed_by_somebody_else(centre: Centre) -> None:
    made = centre.compose(DAY)
    document, signature, at = bytes(made.document), bytes(made.signature), centre.morning(DAY)
    assert faults(centre.receive(document, b"", at)) == {Fault.UNSIGNED}
    assert faults(centre.receive(document, b"rubbish", at)) == {Fault.UNSIGNED}
    altered = document.replace(b'"sequence":1', b'"sequence":2')
    assert faults(centre.receive(altered, signature, at)) == {Fault.SIGNATURE_BROKEN, Fault.CHAIN_BROKEN}
    issue_key(key="seal:H99", common_name="Tỉnh khác", organisation="Tỉnh khác", kind=KeyKind.ORGANISATION, at=at)
    assert faults(centre.receive(document, centre.sign(document, DAY, "seal:H99"), at)) == {Fault.WRONG_SIGNER}
    assert faults(centre.receive(b'{"day":', signature, at)) == {Fault.UNREADABLE}
    assert not Submission.objects.filter(is_counted=True).exists()
    assert JournalEntry.objects.filter(kind="receive_aggregate").count() == 5
    kept, _ = list_submissions(member="H49")
    assert len(kept) == 4
    with pytest.raises(Invalid):
        centre.receive(b"0" * (LARGEST_BYTES + 1), b"", at)


def test_who_is_missing(centre: Centre) -> None:
    made = centre.compose(DAY)
    overdue = due_at(DAY) + timedelta(minutes=1)
    assert "H49" in list_missing(DAY, overdue)
    centre.receive(bytes(made.document), bytes(made.signature), overdue)
    assert "H49" not in list_missing(DAY, overdue)
    assert len(list_missing(DAY, overdue)) >= 33
    assert Submission.objects.get().faults == [[Fault.LATE.value, due_at(DAY).isoformat()]]


def test_a_day_that_is_not_over_is_not_composed(centre: Centre) -> None:
    from onestop.monitor.operations.composing import compose_aggregate

    with pytest.raises(Refused) as caught:
        compose_aggregate(member="H49", day=DAY, key=centre.key, at=centre.morning(DAY - timedelta(1)))
    assert caught.value.code == "aggregate.day_not_over"
    assert not Composed.objects.exists()
