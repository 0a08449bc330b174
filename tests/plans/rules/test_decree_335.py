"""Points by Decree 335/2025: the worked examples, and what must hold of all."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop.plans.rules.decree_335 import Points, Product, find_rating, is_general, judge_results, total

EXAMPLES = list(csv.DictReader(Path(__file__).with_name("assessments.csv").read_text("utf-8").splitlines()))


def written(points: Points | None) -> str:
    if points is None:
        return ""
    low, high = (f"{float(round(value, 2)):g}" for value in (points.low, points.high))
    return low if points.is_known else f"{low}-{high}"


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["what"])
def test_worked_examples(row: dict[str, str]) -> None:
    counts = zip(*(map(int, row[name].split()) for name in ("failures", "late", "unjudged")), strict=True)
    products = [Product(str(n), "s", *each) for n, each in enumerate(counts)]
    results = judge_results(products, undone=int(row["undone"]))
    found = {name: written(getattr(results, name)) for name in ("quantity", "quality", "progress")}
    assert found == {name: row[name] for name in found}
    points = total(results, Decimal(row["general"]) if row["general"] else None)
    assert written(points) == row["total"]
    assert (find_rating(points) or "") == row["rating"]


TIMES = st.integers(0, 6)
PRODUCTS = st.lists(st.builds(Product, st.text(max_size=2), st.just("s"), TIMES, TIMES, TIMES), max_size=12)
GENERAL = st.none() | st.decimals(0, 100, places=1)


@given(PRODUCTS, st.integers(0, 5), GENERAL)
def test_points_lie_within_their_range(products: list[Product], undone: int, general: Decimal | None) -> None:
    points = total(judge_results(products, undone=undone), general)
    assert (points is None) is (not products and not undone)
    if points is not None:
        assert 0 <= points.low <= points.high <= 100
        assert points.is_known or general is None or any(product.unjudged for product in products)


@given(PRODUCTS, st.integers(0, 5), st.decimals(0, 100, places=1))
def test_learning_what_was_missing_never_leaves_the_range(
    products: list[Product], undone: int, general: Decimal
) -> None:
    before = total(judge_results(products, undone=undone), None)
    known = [Product(each.dossier, each.step, each.failures, each.late + each.unjudged) for each in products]
    after = total(judge_results(known, undone=undone), general)
    assert (before is None) is (after is None)
    if before is not None and after is not None:
        assert before.low <= after.low <= after.high <= before.high
        assert find_rating(before) in (None, find_rating(after))


@given(PRODUCTS, st.integers(0, 5), st.integers(0, 11))
def test_a_failure_more_never_gains(products: list[Product], undone: int, which: int) -> None:
    if not products:
        return
    worse = list(products)
    one = worse[which % len(worse)]
    worse[which % len(worse)] = Product(one.dossier, one.step, one.failures + 1, one.late + 1, one.unjudged)
    before, after = (total(judge_results(each, undone=undone), Decimal(50)) for each in (products, worse))
    assert before is not None
    assert after is not None
    assert after.low <= before.low
    assert after.high <= before.high


@pytest.mark.parametrize(("text", "fits"), [("0", 1), ("87.5", 1), ("100", 1), ("100.1", 0), ("-1", 0), ("1.25", 0)])
def test_what_can_be_entered(text: str, fits: int) -> None:
    assert is_general(Decimal(text)) is bool(fits)
    assert Fraction(Decimal(text)) == Fraction(text)
