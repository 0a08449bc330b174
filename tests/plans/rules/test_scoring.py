"""Points of officials and agencies: the worked examples, exclusions, what is not known."""

import csv
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.plans.rules.agency_scoring import AgencyFacts, Handled, score_agency
from onestop.plans.rules.scoring import (
    AGENCY_BANDS,
    OFFICIAL_BANDS,
    Complaint,
    DossierFacts,
    Grade,
    Pace,
    find_grade,
    points_of,
    score_dossiers,
    score_official,
)

EXAMPLES = list(csv.DictReader(Path(__file__).with_name("scores.csv").read_text("utf-8").splitlines()))


def number(text: str) -> int | None:
    return int(text) if text else None


def facts(example: dict[str, str]) -> DossierFacts:
    told = example["complaints"]
    complaints = None if not told else tuple(Complaint(each) for each in told.split("+") if each != "none")
    return DossierFacts(
        code="x",
        total=Pace(example["total"]) if example["total"] else None,
        own=Pace(example["own"]) if example["own"] else None,
        contacts=number(example["contacts"]),
        excused=int(example["excused"]),
        agencies=number(example["agencies"]),
        complaints=complaints,
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda item: item["what"])
def test_worked_examples(example: dict[str, str]) -> None:
    got = {f"i{indicator}": points_of(indicator, facts(example)) for indicator in (1, 2, 3, 4, 7)}
    assert got == {name: number(example[name]) for name in got}


def test_the_mean_is_rounded_to_one_decimal_half_up() -> None:
    paces = [Pace.SHORTER] * 5 + [Pace.EQUAL] * 3 + [Pace.LONGER] * 12
    score = score_dossiers(1, [DossierFacts(str(n), total=pace) for n, pace in enumerate(paces)])
    assert sum(score.points.values()) == 13
    assert score.mean == Decimal("0.70")  # 0.65
    assert score.unknown == 0


def test_what_is_unknown_is_left_out_of_the_mean_and_counted_beside_it() -> None:
    score = score_dossiers(1, [DossierFacts("a", total=Pace.SHORTER), DossierFacts("b")])
    assert (score.mean, score.unknown) == (Decimal(2), 1)


def test_a_grade_is_only_given_if_nothing_missing_could_change_it() -> None:
    early = DossierFacts("a", total=Pace.SHORTER, own=Pace.SHORTER, contacts=0, agencies=0)
    total = score_official([early])
    assert (total.low, total.high, total.most, total.missing) == (Decimal(8), Decimal(10), 10, (7,))
    assert find_grade(total, OFFICIAL_BANDS) is Grade.FULL
    late = DossierFacts("a", total=Pace.LONGER, own=Pace.SHORTER, contacts=0)
    total = score_official([late])
    assert (total.low, total.high) == (Decimal(4), Decimal(8))
    assert find_grade(total, OFFICIAL_BANDS) is None
    assert find_grade(score_official([]), OFFICIAL_BANDS) is None


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({"centre_share": Fraction(20, 100)}, 2),
        ({"centre_share": Fraction(0), "desk_share": Fraction(1)}, 1),
        ({"centre_share": Fraction(0), "desk_share": Fraction(99, 100)}, 0),
        ({"desk_share": Fraction(1)}, None),
        ({}, None),
    ],
)
def test_organisation(known: dict[str, Fraction], wanted: int | None) -> None:
    assert own(5, AgencyFacts(**known)) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        (AgencyFacts(handled=Handled(0, 0, prolonged=False)), 2),
        (AgencyFacts(handled=Handled(10, 10, prolonged=False)), 2),
        (AgencyFacts(handled=Handled(10, 9, prolonged=False)), 1),
        (AgencyFacts(handled=Handled(100, 89, prolonged=False)), 0),
        (AgencyFacts(handled=Handled(10, 10, prolonged=True)), 0),
        (AgencyFacts(), None),
    ],
)
def test_feedback(known: AgencyFacts, wanted: int | None) -> None:
    assert own(8, known) == wanted


@pytest.mark.parametrize(
    ("procedures", "dossiers", "late", "wanted"),
    [
        (20, 30, 0, 2),
        (19, 30, 0, 1),
        (None, 30, 0, None),
        (None, 29, 0, 1),
        (None, 15, 0, 1),
        (None, 14, 0, 0),
        (20, 92, 1, 0),
        (None, None, None, None),
    ],
)
def test_online(procedures: int | None, dossiers: int | None, late: int | None, wanted: int | None) -> None:
    known = AgencyFacts(
        suitable_online_share=None if procedures is None else Fraction(procedures, 100),
        online_share=None if dossiers is None else Fraction(dossiers, 100),
        online_late=late,
    )
    assert own(9, known) == wanted


def own(indicator: int, known: AgencyFacts) -> int | None:
    score = next(score for score in score_agency(known, []).scores if score.indicator == indicator)
    return score.points.get("")


def test_an_agency_has_nine_indicators_and_eighteen_points() -> None:
    every = DossierFacts("a", Pace.SHORTER, Pace.SHORTER, 0, 0, 0, (), 2)
    known = AgencyFacts(Fraction(1, 2), Fraction(1), Handled(0, 0, prolonged=False), Fraction(1, 2), Fraction(9, 10), 0)
    total = score_agency(known, [every])
    assert (total.low, total.high, total.most) == (18, 18, 18)
    assert find_grade(total, AGENCY_BANDS) is Grade.EXCELLENT


@given(st.lists(st.sampled_from([*Pace, None])))
def test_a_total_lies_within_its_range(paces: list[Pace | None]) -> None:
    total = score_official([DossierFacts(str(n), pace, pace, 0, 0, 0) for n, pace in enumerate(paces)])
    assert 0 <= total.low <= total.high <= total.most
    assert total.high - total.low == 2 * len(total.missing)


@given(st.fractions(0, 1))
def test_what_is_known_of_publicity_narrows_the_range_to_one_point(share: Fraction) -> None:
    total = score_agency(AgencyFacts(published_share=share), [])
    score = next(score for score in total.scores if score.indicator == 6)
    assert score.mean is None
    assert score.least <= share <= score.highest - 1
    assert 1 <= score.highest - score.least <= Decimal("1.1")


@given(st.builds(AgencyFacts, centre_share=st.none() | st.fractions(0, 1), desk_share=st.none() | st.fractions(0, 1)))
def test_learning_more_never_leaves_the_range(known: AgencyFacts) -> None:
    """Whatever the share at the centre turns out to be, the points lie in the range told before."""
    before = next(s for s in score_agency(replace(known, centre_share=None), []).scores if s.indicator == 5)
    points = own(5, known)
    assert points is None or before.least <= points <= before.highest
