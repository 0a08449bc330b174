"""`onestop snapshot`: prepared by one, signed by the head with the own key, waiting until then."""

import json
from typing import Any

from click.testing import CliRunner

from onestop.cli.snapshots import snapshot
from onestop.demo.cast import PASSWORD
from tests.world import World

MONTH = ("--unit", "H49", "--from", "2026-03-01 00:00", "--until", "2026-04-01 00:00")


def asked(*arguments: str, code: int = 0) -> Any:
    done = CliRunner().invoke(snapshot, [*arguments, "--json"])
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def test_from_preparing_to_the_head_s_signature(world: World) -> None:
    row = asked("prepare", *MONTH)
    assert [item["id"] for item in asked("list", "--waiting")["snapshots"]] == [row["id"]]
    number, key = str(row["id"]), ("--password", PASSWORD)
    wrong = CliRunner().invoke(snapshot, ["sign", number, "--by", "lanhdao", "--password", "wrong"])
    assert wrong.exit_code != 0
    other = CliRunner().invoke(snapshot, ["sign", number, "--by", "quang", *key])
    assert other.exit_code != 0
    signed = asked("sign", number, "--by", "lanhdao", *key)
    assert signed["entry"]
    assert asked("list", "--waiting")["snapshots"] == []
    assert asked("check", number)["holds"]
