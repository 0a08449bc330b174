"""What people type and what should stand first: a golden table over the whole catalogue."""

import csv
from pathlib import Path

import pytest

from onestop.catalogue.queries import search_procedures

pytestmark = pytest.mark.django_db
GOLDEN = list(csv.DictReader((Path(__file__).parent / "searches.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["typed"])
def test_what_should_stand_first(own_catalogue, case):
    hits = [hit.code for hit in search_procedures(case["typed"], limit=int(case["within"]))]
    assert case["code"] in hits


@pytest.mark.parametrize("typed", ["", "   ", "!?", "'", "؟", "-"])
def test_nothing_typed_nothing_found(own_catalogue, typed):
    assert search_procedures(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "'); DROP TABLE x; --",
        "a & b | !c",
        "khai:*",
        "\\",
        "%",
        "_",
        "100%_",
        "'a' <-> 'b'",
        "x" * 5000,
        "a\x00b",
        "\ud800",
    ],
)
def test_strange_input_is_only_words(own_catalogue, typed):
    assert isinstance(search_procedures(typed), list)


def test_names_come_in_the_asked_language(own_catalogue):
    assert search_procedures("khai sinh", language="en")[0].name == "Birth registration"
    assert search_procedures("khai sinh", language="ur")[0].name == "پیدائش کا اندراج"
    assert search_procedures("khai sinh luu dong", language="en")[0].name.startswith("Thủ tục")


def test_a_search_asks_the_database_once(own_catalogue, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(search_procedures("giay phep", limit=20)) == 20
