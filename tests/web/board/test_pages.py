"""The board: everybody sees aggregates, officers open the dossiers behind a number, within their rights."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from onestop.web.board import surveys
from tests.facts.journals import accept, hours, life, sealed, write
from tests.indicators.conftest import province  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
PAGE = "/bang-chi-so/?den=2026-02-20"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    surveys._kept.clear()


@pytest.fixture
def dossiers(province: dict[str, int]) -> None:  # noqa: F811
    """Six dossiers of one commune, one of another."""
    lives = [life(n, accept(1, 40), *sealed(5)) for n in range(1, 7)]
    lives.append(life(7, agency="H49.31", desk="H49.31.01", channel=1))
    write(deed for lived in lives for deed in lived)


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Năm chỉ số chính"), ("en", "The five figures"), ("ur", "پانچ بڑے اعداد")]
)
def test_everybody_reads_the_figures(client: Client, dossiers: None, language: str, words: str) -> None:
    client.cookies["lang"] = language
    page = client.get(PAGE).content.decode()
    assert words in page
    assert "6 / 7" in page
    assert "/bang-chi-so/ho-so/" not in page


def test_small_counts_are_kept_back_in_public(client: Client, dossiers: None) -> None:
    client.cookies["lang"] = "en"
    page = client.get(PAGE + "&don-vi=H49.31").content.decode()
    assert "Fewer than 5 dossiers" in page
    assert "0 / 1" not in page
    table = client.get("/bang-chi-so/so-lieu.csv?den=2026-02-20")
    text = b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert "ONLINE_BY_CHANNEL,1" in text
    lines = [line for line in text.splitlines() if line.startswith("ONLINE_BY_CHANNEL") and ",H49.31," in line]
    assert "<5" in lines[0]


def test_a_unit_nobody_knows_is_not_found(client: Client, dossiers: None) -> None:
    assert client.get(PAGE + "&don-vi=H49.00").status_code == 404


def test_strangers_are_asked_to_log_in_before_any_list(client: Client, dossiers: None) -> None:
    for address in (
        "dieu-hanh/",
        "ho-so/ONLINE_BY_CHANNEL/numerator/",
        "ho-so/ONLINE_BY_CHANNEL/numerator/so-lieu.csv",
    ):
        answer = client.get(f"/bang-chi-so/{address}")
        assert answer.status_code == 302
        assert "dang-nhap" in answer["Location"]


def test_the_as_of_moment_is_the_end_of_the_day_asked_for_but_never_later_than_now() -> None:
    assert surveys.Asked(None, hours(0).date(), "").as_of == datetime(2026, 2, 2, 16, 59, 59, 999999, tzinfo=UTC)
    assert surveys.Asked(None, datetime(2999, 1, 1).date(), "").as_of < datetime(2998, 1, 1, tzinfo=UTC)


def test_an_odd_day_counts_as_not_given(client: Client, dossiers: None) -> None:
    assert client.get("/bang-chi-so/?den=31-02&tu=zz").status_code == 200


def test_a_text_that_starts_like_a_formula_is_text_in_a_spreadsheet() -> None:
    from onestop.web.base.tables import stream_csv

    answer = stream_csv(["a"], [["=1+1"], ["@x"], [5]], "x.csv")
    assert b"".join(answer.streaming_content).decode() == "\ufeffa\r\n'=1+1\r\n'@x\r\n5\r\n"  # type: ignore[arg-type]
