"""The workload `sign` measures what it says: papers of each kind are made, and judged by others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onestop.bench.sign import others
from onestop.bench.sign.measuring import WORK, middle, repeat, waits
from onestop.bench.sign.run import SIGNATURES
from onestop.bench.sign.world import KINDS, Office, open_office, typeset
from onestop.journal import ports as journal_ports
from onestop.trust import ports
from onestop.validation.queries import verify_pdf

SOCKETS = (ports.keys, ports.authority, ports.time_stamps, ports.trust_anchors, journal_ports.signer)


@pytest.fixture(params=KINDS[:2])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    before = [socket._adapter for socket in SOCKETS]
    office = open_office(tmp_path, request.param)
    assert office is not None
    yield office
    for socket, adapter in zip(SOCKETS, before, strict=True):
        socket._adapter = adapter


def test_every_work_makes_papers_that_hold(office: Office, tmp_path: Path) -> None:
    paper = typeset()
    for work, act in WORK.items():
        made = act(paper)
        assert others.judge_signatures(made) == SIGNATURES[work], work
        assert others.judge_elsewhere(made, tmp_path) in (SIGNATURES[work], None)
        assert verify_pdf(made).valid
        assert others.judge_signatures(made.replace(b"%PDF-1.7", b"%PDF-1.6", 1)) == 0
    assert others.judge_kept(WORK["result_b_lta"](paper))
    assert others.pyhanko_signer(paper)().getvalue().startswith(paper)


def test_rates_and_waits() -> None:
    done: list[int] = []
    rate = repeat(lambda: done.append(1), 0.01)
    assert rate.a_second > 0
    assert middle([rate, rate])["least"] == middle([rate])["most"]
    assert set(waits(done.append, 40)) == {"p50_ms", "p95_ms"}
    assert done[-40:] == list(range(1, 41))
