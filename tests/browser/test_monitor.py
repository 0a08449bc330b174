"""The national monitor in a browser: a nation made up, in every language and width."""

from collections.abc import Callable

import pytest
from django.test import Client

from onestop.demo.stage import moment
from onestop.monitor.models import Comparison, Submission
from onestop.monitor.operations.simulating import Simulated, simulate_nation
from onestop.monitor.rules.simulation import month_ends
from tests.web.officers import Hall
from tests.world import World

Look = Callable[..., None]
UNTIL = month_ends(moment("2025-09-02 08:00").date(), 1)[-1]


@pytest.fixture
def db(world: World) -> None:
    """The pages are served from the province instead of an empty database."""


@pytest.fixture
def nation(world: World) -> Simulated:
    return simulate_nation(until=UNTIL, years=1, seed=3, at=moment("2025-09-02 08:00"))


@pytest.fixture
def staff(world: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    return Hall(world, monkeypatch).log_in("kiemsoat")


def test_what_everybody_sees(nation: Simulated, look: Look) -> None:
    look("/giam-sat/", "monitor-nation", dark=True)
    look("/giam-sat/don-vi/H44/", "monitor-member")
    look("/giam-sat/diem-cong-bo/", "monitor-published")


def test_what_the_staff_of_the_centre_see(nation: Simulated, staff: Client, look: Look) -> None:
    look("/giam-sat/bao-cao/", "monitor-reports", client=staff)
    row = Submission.objects.filter(is_counted=True).exclude(faults=[]).order_by("-id").first()
    assert row is not None
    told = {"code": "FULL_PROCESS", "unit": "", "why": "counts", "said": [12, 9, 3], "counted": [12, 9, 2]}
    Comparison.objects.create(submission=row, digest="1" * 64, compared_at=row.received_at, differences=[told])
    look(f"/giam-sat/bao-cao/{row.pk}/", "monitor-report", client=staff)
