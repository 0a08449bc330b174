"""Runs every test and closes with one line that counts them: `N passed, N failed, N skipped`.

The parts run side by side, each with a database server of its own: the whole suite on the embedded
PostgreSQL, in two halves; what leans most on the database also on the system's PostgreSQL 15, where there is one.
Called by `make test`; arguments go to pytest.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
SYSTEM_POSTGRES = "15"
ON_SYSTEM_POSTGRES = ("tests/journal", "tests/dossiers", "tests/intake")


@dataclass
class Part:
    """One pytest run: what it is called, where it looks, with which environment."""

    title: str
    arguments: list[str]
    env: dict[str, str]


@dataclass
class Outcome:
    """How a part ended."""

    passed: int
    failed: int
    skipped: int
    seconds: float
    code: int


def parts() -> list[Part]:
    """What there is to run on this machine."""
    if sys.argv[1:]:
        return [Part("as asked", sys.argv[1:], {})]
    chapters = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").iterdir() if holds_tests(path))
    found = [Part("first half", chapters[::2], {}), Part("second half", chapters[1::2], {})]
    browser = ROOT / "tests" / "browser"
    if browser.is_dir():
        found.append(Part("browser", [str(browser)], {"ONESTOP_TEST_CHROMIUM": chromium()}))
    folders = [folder for folder in ON_SYSTEM_POSTGRES if (ROOT / folder).is_dir()]
    if folders and Path(f"/usr/lib/postgresql/{SYSTEM_POSTGRES}/bin/postgres").exists():
        found.append(
            Part(f"system's PostgreSQL {SYSTEM_POSTGRES}", folders, {"ONESTOP_TEST_POSTGRES": SYSTEM_POSTGRES})
        )
    return found


def holds_tests(folder: Path) -> bool:
    """True for a folder of tests other than those in a browser, which are a part of their own."""
    return folder.is_dir() and folder.name != "browser" and any(folder.rglob("test_*.py"))


def chromium() -> str:
    """The path of a Chromium, fetched if need be; empty if there is none to be had."""
    done = subprocess.run(["tools/get-chromium"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    return done.stdout.strip()


def run(part: Part, report: Path, output: int | None) -> subprocess.Popen[bytes]:
    """Start one part; its report goes to `report`."""
    command = [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors", f"--junitxml={report}"]
    command += ["-o", "junit_logging=no", *part.arguments]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **part.env}, stdout=output, stderr=output)


def read(report: Path, code: int, seconds: float) -> Outcome:
    """Count what a report holds. A run that died before it could report counts as one failure."""
    try:
        suite = next(ET.parse(report).iter("testsuite"))
    except (OSError, ET.ParseError, StopIteration):
        return Outcome(0, 1, 0, seconds, code)
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    if code not in (0, 1, 5) and not failed:
        failed = 1
    return Outcome(max(total - failed - skipped, 0), failed, skipped, seconds, code)


def main() -> int:
    """Run all parts; 0 if nothing failed and something passed."""
    todo = parts()
    with tempfile.TemporaryDirectory(prefix="onestop-run-") as folder:
        outcomes = run_all(todo, Path(folder))
    tell(todo, outcomes)
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    return 0 if passed and not failed else 1


def run_all(todo: list[Part], folder: Path) -> list[Outcome]:
    """Start all parts, show the first one's output as it comes and the others' when they are done."""
    children: list[subprocess.Popen[bytes]] = []
    seconds: dict[int, float] = {}
    started = time.monotonic()
    try:
        for number, part in enumerate(todo):
            with (folder / f"{number}.log").open("wb") as log:
                output = None if number == 0 else log.fileno()
                children.append(run(part, folder / f"{number}.xml", output))
        while len(seconds) < len(children):
            time.sleep(0.1)
            for number, child in enumerate(children):
                if child.poll() is not None:
                    seconds.setdefault(number, time.monotonic() - started)
    finally:
        for child in children:
            child.terminate()
            child.wait()
    for number, part in enumerate(todo[1:], 1):
        print(f"\n-- {part.title}\n{(folder / f'{number}.log').read_text(errors='replace')}", flush=True)
    return [read(folder / f"{n}.xml", child.returncode, seconds[n]) for n, child in enumerate(children)]


def tell(todo: list[Part], outcomes: list[Outcome]) -> None:
    """A line for each part, then the line that counts."""
    print()
    for part, o in zip(todo, outcomes, strict=True):
        print(f"{part.title:26} {o.seconds:6.1f} s  passed {o.passed}, failed {o.failed}, skipped {o.skipped}")
    sums = [sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped")]
    print("{} passed, {} failed, {} skipped".format(*sums), flush=True)


if __name__ == "__main__":
    sys.exit(main())
