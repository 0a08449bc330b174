"""What linters keep, kept by `make test` too: a broken contract is a broken test."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def holds(*command: str) -> None:
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


def test_chapters_look_back_never_forward() -> None:
    holds("lint-imports", "--no-logo", "--no-cache")


def test_the_linter_is_content() -> None:
    holds("ruff", "check", "--no-cache", "src", "tests")


def test_the_wiring_is_complete() -> None:
    """Every port that a chapter opens has an adapter behind it."""
    import onestop
    from onestop.ports import Port

    src = Path(onestop.__file__).parent
    empty = []
    for path in sorted(src.glob("*/ports.py")):
        module = __import__(f"onestop.{path.parent.name}.ports", fromlist=["ports"])
        for name, value in vars(module).items():
            if isinstance(value, Port) and value._adapter is None:
                empty.append(f"{path.parent.name}.ports.{name}")
    assert not empty
