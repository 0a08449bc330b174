"""`onestop fees`: the books of a day held against those of a platform, over a real database and real HTTP."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from onestop.fees.models import Payment
from onestop.fees.operations.settling import settle
from onestop.fees.queries import PROVINCE_ZONE
from tests.fees.conftest import Desk, desk, online, plugged  # noqa: F401  fixtures
from tests.fees.test_online import LATER, order
from tests.stand_ins import Payments


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Run a command in this process, on the database of the test."""
    from contextlib import contextmanager

    from click.testing import CliRunner

    from onestop.cli import fees

    @contextmanager
    def opened() -> Any:
        yield

    monkeypatch.setattr(fees, "_opened", opened)

    def done(*words: str) -> tuple[int, dict[str, Any]]:
        found = CliRunner().invoke(fees.fees, [*words, "--json"], catch_exceptions=False)
        return found.exit_code, json.loads(found.stdout)

    return done


def test_settled_and_reconciled(
    desk: Desk,  # noqa: F811
    online: Payments,  # noqa: F811
    run: Callable[..., tuple[int, dict[str, Any]]],
) -> None:
    first, second = (order(desk, desk.charged()) for _ in range(2))
    online.choose(first.address)
    online.choose(second.address)
    settle(reference=first.reference, at=datetime.fromisoformat(f"{LATER}+07:00"))
    day = Payment.objects.get().paid_at.astimezone(PROVINCE_ZONE).date().isoformat()
    code, found = run("reconcile", "--day", day)
    missing = {item["number"]: item["why"] for item in found["differences"]}
    assert code == 1
    assert set(missing.values()) == {"not_with_us"}
    assert Payment.objects.get().number not in missing
    code, asked = run("settle")
    assert (code, asked["orders"]) == (0, {second.reference: ""})
    _, after = run("reconcile", "--day", day)
    assert after["ours"] == {"payments": 2, "vnd": 16_000}
    assert len(after["differences"]) == len(found["differences"]) - 1
