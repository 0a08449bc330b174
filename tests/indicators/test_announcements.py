"""Decisions on procedures: in the period or not, in time or late, of unknown day; eligibility for full-process."""

from datetime import UTC, date, datetime

import pytest

from onestop.accounts.rules import SYSTEM
from onestop.catalogue.operations import publish_version
from onestop.catalogue.rules.kinds import OnlineLevel
from onestop.indicators.queries.announcements import Announcements, find_announcements
from onestop.indicators.queries.figures import list_figures, take_survey

DEATH, MARRIAGE, PARENTAGE = "1.000656", "1.000894", "1.001022"
PERIOD_FROM, AS_OF = datetime(2026, 7, 31, 17, tzinfo=UTC), datetime(2026, 8, 31, 5, tzinfo=UTC)
IN_EFFECT = date(2026, 8, 17)  # a Monday; five working days before it is Monday the 10th


def publish(
    code: str, *, decided_on: date | None, published: datetime, effective_from: date = IN_EFFECT, **more
) -> None:
    publish_version(
        code=code,
        decision="123/QĐ-UBND",
        decided_on=decided_on,
        effective_from=effective_from,
        online_level=more.pop("online_level", OnlineLevel.FULL),
        by=SYSTEM,
        at=published,
        **more,
    )


def found(code: str) -> Announcements | None:
    return find_announcements(as_of=AS_OF, period_from=PERIOD_FROM).get(code)


@pytest.mark.parametrize(
    ("decided_on", "published_on", "late"),
    [
        (date(2026, 8, 10), date(2026, 8, 17), (0, 0)),  # the last days allowed
        (date(2026, 8, 11), date(2026, 8, 17), (1, 0)),  # signed a day too late
        (date(2026, 8, 10), date(2026, 8, 18), (0, 1)),  # made public a day too late
        (date(2026, 8, 13), date(2026, 8, 28), (1, 1)),
        (None, date(2026, 8, 13), (None, None)),
    ],
)
def test_days_are_working_days(world, decided_on, published_on, late):
    publish(DEATH, decided_on=decided_on, published=datetime.combine(published_on, datetime.min.time(), UTC))
    announced = found(DEATH)
    assert announced is not None
    assert (announced.announced_late, announced.publicised_late) == late


def test_a_procedure_counts_once_and_one_late_decision_makes_it_late(world):
    publish(
        DEATH,
        decided_on=date(2026, 7, 20),
        published=datetime(2026, 7, 21, tzinfo=UTC),
        effective_from=date(2026, 8, 3),
    )
    publish(
        DEATH,
        decided_on=date(2026, 8, 14),
        published=datetime(2026, 8, 14, 3, tzinfo=UTC),
        online_level=OnlineLevel.PARTIAL,
    )
    assert found(DEATH) == Announcements(2, 1, 0)


def test_only_decisions_in_effect_in_the_period_and_published_by_then_count(world):
    publish(
        DEATH, decided_on=date(2026, 7, 1), published=datetime(2026, 7, 2, tzinfo=UTC), effective_from=date(2026, 7, 31)
    )
    publish(
        MARRIAGE,
        decided_on=date(2026, 8, 20),
        published=datetime(2026, 8, 20, 3, tzinfo=UTC),
        effective_from=date(2026, 9, 1),
    )
    publish(
        PARENTAGE,
        decided_on=date(2026, 8, 3),
        published=datetime(2026, 9, 2, tzinfo=UTC),
        effective_from=date(2026, 8, 20),
    )
    assert find_announcements(as_of=AS_OF, period_from=PERIOD_FROM) == {}


def test_the_figures_of_the_scheme_and_of_what_is_eligible(world):
    before = eligible()
    on_time, late = date(2026, 8, 10), date(2026, 8, 14)
    publish(DEATH, decided_on=on_time, published=datetime(2026, 8, 11, tzinfo=UTC), is_eligible=True)
    said_later = {"published": datetime(2026, 8, 14, 3, tzinfo=UTC), "online_level": OnlineLevel.PARTIAL}
    publish(MARRIAGE, decided_on=late, is_eligible=True, **said_later)
    publish(PARENTAGE, decided_on=None, is_eligible=False, eligibility_reason="both must come", **said_later)
    scheme = take_survey(as_of=AS_OF, period_from=PERIOD_FROM, scheme="766-portal-2026-observed")
    figures = {item.definition.code: item for item in list_figures(scheme)}
    announced = figures["PUBLISH_ON_TIME"]
    assert (announced.numerator, announced.denominator, announced.counts.flags["unknown_signing_day"]) == (1, 3, 1)
    assert figures["PUBLIC_UPDATE_ON_TIME"].numerator == 2
    assert eligible() == (before[0] + 1, before[1] + 2)


def eligible() -> tuple[int | None, int | None]:
    """How many of the eligible procedures are offered full-process, and how many are eligible."""
    survey = take_survey(as_of=AS_OF, period_from=PERIOD_FROM, codes=["ELIGIBLE_FULL_PROCESS"])
    (figure,) = list_figures(survey)
    return figure.numerator, figure.denominator
