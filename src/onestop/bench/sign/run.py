"""The rounds: keys of every kind do every work, beside the bare key and pyHanko; a sample of each is judged."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from onestop.bench.sign import others
from onestop.bench.sign.measuring import WORK, Rate, middle, repeat, together, waits
from onestop.bench.sign.world import KINDS, LEADER, Office, open_office, sign, typeset

SIGNATURES = {"b_b": 1, "b_t": 1, "result_b_t": 2, "result_b_lta": 2}
_OFTEN = 200
_SAMPLE = 5
_BARS = {"b_b": 500, "b_t": 50}
_BAR_MS = 250


def run(seconds: float = 3.0, rounds: int = 3, say: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
    """Measure and return the figures; `checked.holds` tells whether every sample held."""
    with tempfile.TemporaryDirectory(prefix="onestop-bench-") as name:
        offices = {kind: open_office(Path(name), kind) for kind in KINDS}
        paper = typeset()
        found = {kind: _measure(office, paper, seconds, rounds, say) for kind, office in offices.items() if office}
        own = offices[KINDS[0]]
        assert own is not None
        own.open()
        return {
            "workload": "sign",
            "paper_bytes": len(paper),
            "keys": found,
            "missing": {kind: "apt-get install softhsm2" for kind, office in offices.items() if office is None},
            "interactive": _interactive(),
            "pyhanko_b_b": _beside(paper, seconds, rounds, say),
            "checked": (checked := _check(offices, Path(name), say)),
            "bars": _bars(found) | {"every_sample_holds": checked["holds"]},
        }


def _measure(office: Office, paper: bytes, seconds: float, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    from onestop.trust import ports

    rates: dict[str, list[Rate]] = {}
    office.open()
    for number in range(1, rounds + 1):
        say(f"{office.kind}, round {number} of {rounds} ...")
        office.open()
        rates.setdefault("raw", []).append(repeat(lambda: ports.keys().sign(LEADER, bytes(32)), seconds / 3))
        for work in WORK:
            rates.setdefault(work, []).append(together(office, work, paper, seconds, 1))
        rates.setdefault("result_b_lta_on_2_cores", []).append(together(office, "result_b_lta", paper, seconds, 2))
    raw = median(rate.cpu_ms for rate in rates["raw"])
    return {
        **{work: middle(of) for work, of in rates.items()},
        "share_in_the_signature_itself": {
            work: round(count * raw / median(rate.cpu_ms for rate in rates[work]), 3)
            for work, count in SIGNATURES.items()
        },
        "times_the_bare_key": {
            work: round(median(rate.cpu_ms for rate in rates[work]) / (count * raw), 1)
            for work, count in SIGNATURES.items()
        },
    }


def _interactive() -> dict[str, Any]:
    """How long one officer waits for one signature, without the time-stamp authority; a new paper each time."""
    papers = [typeset(number) for number in range(20)]
    return {
        "signature": waits(lambda number: sign(papers[number % 20], stamp=False), _OFTEN),
        "typeset_and_signed": waits(lambda number: sign(typeset(number), stamp=False), _OFTEN // 2),
        "bar_p95_ms": _BAR_MS,
    }


def _beside(paper: bytes, seconds: float, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """pyHanko as it comes, and ours in the same moments."""
    say("pyHanko as it comes ...")
    act = others.pyhanko_signer(paper)
    pairs = [(repeat(act, seconds), repeat(lambda: sign(paper, stamp=False), seconds / 3)) for _ in range(rounds)]
    ratios = [theirs.cpu_ms / ours.cpu_ms for theirs, ours in pairs]
    return {**middle([theirs for theirs, _ in pairs]), "times_ours": round(median(ratios), 1)}


def _check(offices: dict[str, Office | None], folder: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """Let pyHanko and pdfsig judge papers of every kind and work."""
    found: dict[str, Any] = {}
    holds = True
    for kind, office in offices.items():
        if office is None:
            continue
        say(f"{kind}: judged ...")
        office.open()
        for work, act in WORK.items():
            made = [act(typeset(number)) for number in range(_SAMPLE)]
            wanted = SIGNATURES[work] * _SAMPLE
            verdict = {
                "signatures": wanted,
                "pyhanko": sum(others.judge_signatures(pdf) for pdf in made),
                "pdfsig": _sum(others.judge_elsewhere(pdf, folder) for pdf in made),
            }
            if work == "result_b_lta":
                verdict["pyhanko_lta_after_expiry"] = sum(others.judge_kept(pdf) for pdf in made)
                holds &= verdict["pyhanko_lta_after_expiry"] == _SAMPLE
            holds &= verdict["pyhanko"] == wanted and verdict["pdfsig"] in (wanted, None)
            found[f"{kind} {work}"] = verdict
    return {"holds": holds, "samples": found}


def _sum(counts: Any) -> int | None:
    known = list(counts)
    return None if None in known else sum(known)


def _bars(found: dict[str, Any]) -> dict[str, bool]:
    """Which bars are met, by keys in files."""
    return {
        f"{kind}: {bar} {work} a second and core": found[kind][work]["a_second"] >= bar
        for kind in KINDS[:2]
        for work, bar in _BARS.items()
    }
