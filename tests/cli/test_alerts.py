"""`onestop alerts` and `onestop notices`: what is open, since when, for whom; what waits to be sent."""

import json
from typing import Any

from click.testing import CliRunner

from onestop.alerts.operations.episodes import raise_alert
from onestop.cli.alerts import alerts, notices
from onestop.demo.stage import moment
from onestop.demo.stories import marital_status_with_a_supplement
from tests.web.board.test_alerts import slips
from tests.world import World


def asked(command: Any, *arguments: str) -> Any:
    done = CliRunner().invoke(command, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_open_alerts(world: World) -> None:
    raise_alert(slips("H49.26"), at=moment("2026-03-06 06:45"))
    (alert,) = asked(alerts)["alerts"]
    assert alert["posts"] == ["H49.26.CT"]
    assert alert["since"].startswith("2026-03-0")
    assert alert["title"].endswith("at this pace the target will be missed")
    assert "told: H49.26.CT" in CliRunner().invoke(alerts, []).stdout


def test_nothing_to_tell(world: World) -> None:
    assert CliRunner().invoke(alerts, []).stdout == "Nothing is going wrong.\n"


def test_messages_and_letters(world: World) -> None:
    assert asked(notices)["kinds"] == []
    marital_status_with_a_supplement(world.stage)
    found = asked(notices, "--deliver")
    assert {"kind": "accepted", "made": 1, "unread": 1} in found["kinds"]
    assert found["letters"] == {"letters": 0, "most_tries": 0, "sent": 0, "given_up": 0}
    assert found["mail"] is False
