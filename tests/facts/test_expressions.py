"""The language of definitions: what it says, what it refuses, and that unknown is never a yes."""

from types import SimpleNamespace

import pytest

from onestop.facts.rules.expressions import BadExpression, evaluate, parse
from onestop.facts.rules.facts import DOSSIER_FACTS
from tests.facts.journals import hours

FACTS = SimpleNamespace(
    channel=2, filer="self", fee=None, paper_used=False, supplements=1, finished=None,
    finished_at=None, accepted_at=hours(3), judged_at=hours(9), legal_due_at=None, period_from=hours(0), as_of=hours(9),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("channel = 2 and (filer = 'self' or filer = 'representative')", True),
        ("channel = 1 or filer = 'assisted' and true", False),
        ("not paper_used", True),
        ("fee", False),
        ("fee = false", False),
        ("not fee", True),
        ("fee is unknown", True),
        ("supplements <= 1", True),
        ("judged_at <= legal_due_at", False),
        ("not judged_at <= legal_due_at", True),
        ("accepted_at is known and not finished_at < period_from", True),
        ("accepted_at in period and judged_at in period", True),
        ("finished != 'stopped'", False),
        ("true and not false", True),
    ],
)
def test_what_an_expression_says(text: str, holds: bool) -> None:
    assert evaluate(parse(text, DOSSIER_FACTS), FACTS) is holds


@pytest.mark.parametrize(
    "text",
    [
        "", "channel", "channel = 'online'", "nobody = 1", "channel = 2 and", "(channel = 2", "channel = 2 )",
        "channel == 2", "__import__('os')", "channel = 2; drop table journal_journalentry", 'filer = "self"',
        "judged_at < 5", "fee is maybe", "'x' is known", "channel in (1, 2)", "and", "true or",
    ],
)  # fmt: skip
def test_what_it_refuses(text: str) -> None:
    with pytest.raises(BadExpression):
        parse(text, DOSSIER_FACTS)
