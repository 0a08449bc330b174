"""Whatever a command starts is gone when the command is, however it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onestop.config import running
from onestop.config.running import Household, check_port, make_secret_key
from onestop.errors import Invalid, Refused, Unavailable

HOUSE = """
import contextlib, sys
from onestop.config.running import Household
with contextlib.suppress(KeyboardInterrupt), Household() as house:  # the signal may come before `wait`
    house._start("sleeper", [sys.executable, "-c", "import time; time.sleep(600)"])
    print(house._children[0][1].pid, flush=True)
    house.wait()
print("ended in order", flush=True)
"""


def ended(pid: int, seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.02)
    return False


def start_house(*, ignoring: bool = False) -> tuple[subprocess.Popen[str], int]:
    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    before = ignore if ignoring else None
    house = subprocess.Popen(
        [sys.executable, "-c", HOUSE], stdout=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=before
    )
    assert house.stdout
    return house, int(house.stdout.readline())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_in_order(number: signal.Signals) -> None:
    house, child = start_house()
    os.killpg(house.pid, number)
    os.kill(house.pid, number)  # make sends it once more
    said, _ = house.communicate(timeout=20)
    assert (house.returncode, said) == (0, "ended in order\n")
    assert ended(child)


def test_a_signal_that_comes_where_nothing_can_be_raised_is_heard_all_the_same() -> None:
    """Python drops an exception out of `__del__`; the house must not wait for a second signal that it ignores."""
    thrown = "class Thrown:\n    def __del__(self):\n        import os; os.kill(os.getpid(), 2); sum(range(1000))\n"
    done = subprocess.run(
        [sys.executable, "-c", thrown + HOUSE.replace("    house.wait()", "    Thrown()\n    house.wait()")],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "Exception ignored in" in done.stderr
    assert done.stdout.endswith("ended in order\n")
    assert ended(int(done.stdout.split()[0]))


def test_ctrl_c_is_heard_also_where_the_shell_had_it_ignored() -> None:
    house, child = start_house(ignoring=True)
    os.kill(house.pid, signal.SIGINT)
    house.communicate(timeout=20)
    assert house.returncode == 0
    assert ended(child)


def test_a_killed_parent_leaves_nothing_behind() -> None:
    house, child = start_house()
    house.kill()
    house.communicate()
    assert ended(child)


def test_a_child_that_ends_by_itself_is_reported() -> None:
    with Household() as house:
        house._start("faces", [sys.executable, "-c", "raise SystemExit(3)"])
        with pytest.raises(Unavailable) as told:
            house.wait()
    assert told.value.params == {"name": "faces", "exit_code": 3}


def test_a_taken_port_is_told_with_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused) as told:
            check_port("127.0.0.1", port)
        assert told.value.code == "serve.port_taken"
        check_port("127.0.0.1", told.value.params["free"])
    check_port("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_unusable() -> None:
    with pytest.raises(Invalid):
        check_port("192.0.2.1", 8000)


def test_the_secret_key_is_made_once_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "var" / "secret.key"
    monkeypatch.delenv("ONESTOP_SECRET_KEY")
    monkeypatch.setattr(running, "SECRET_FILE", place)
    make_secret_key()
    first = place.read_text()
    make_secret_key()
    assert len(first) > 50
    assert place.read_text() == first
    assert place.stat().st_mode & 0o777 == 0o600
