"""Who settles keeps off definitions, calendar and snapshots, in whatever further role; nothing edits definitions."""

from pathlib import Path

import pytest

import onestop
from onestop.accounts.rules import Principal, Role
from onestop.indicators.rules.duties import APART, SETTLING, TABLE, Duty, find_hindrances, may

SRC = Path(onestop.__file__).parent


def who(*roles: Role, on_behalf_of: str = "") -> Principal:
    """Somebody in these roles."""
    return Principal(1, "x", frozenset(roles), "officer:1", on_behalf_of=on_behalf_of)


@pytest.mark.parametrize("duty", Duty)
def test_every_duty_is_somebodys(duty: Duty) -> None:
    assert any(may(duty, who(role)) for role in Role)


@pytest.mark.parametrize("duty", sorted(APART))
@pytest.mark.parametrize("role", sorted({*SETTLING, Role.LEADER}))
def test_no_further_role_gives_a_duty_to_who_settles(duty: Duty, role: Role) -> None:
    assert not may(duty, who(role))
    for other in TABLE[duty]:
        assert find_hindrances(duty, who(role, other)) == ("figures.settles_too",)


def test_a_head_signs_in_person() -> None:
    assert may(Duty.SIGN_SNAPSHOT, who(Role.LEADER))
    assert find_hindrances(Duty.SIGN_SNAPSHOT, who(Role.LEADER, on_behalf_of="officer:7")) == (
        "figures.not_by_delegation",
    )


def test_no_page_and_no_command_changes_definitions_or_calendars() -> None:
    for folder in ("web", "cli"):
        for path in (SRC / folder).rglob("*.py"):
            assert "publish_calendar" not in path.read_text(), path
    assert not (SRC / "indicators" / "operations" / "definitions.py").exists()
