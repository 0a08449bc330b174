"""`onestop verify --log`: a paper and its proof against the public log of today."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings

from onestop.cli.main import onestop
from onestop.documents.ports import store
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.journal.operations import publish_log
from onestop.journal.queries import list_entries
from onestop.journal.queries.proofs import make_proof
from onestop.notices.models import Slip
from onestop.notices.operations import issue_slip
from onestop.results.queries import find_result
from tests.journal.log.conftest import PublicLog, public_log  # noqa: F401  a fixture
from tests.journal.log.test_tampering import STORY, Scene, rebuild, serving

Codes = dict[str, str]


@dataclass
class Case:
    """A sealed result and its proofs in a folder, and where the log is."""

    url: str
    code: str
    folder: Path
    public_log: PublicLog

    def verify(self, name: str, *more: str) -> tuple[int, dict[str, Any]]:
        file = str(self.folder / name)
        command = ["verify", file, "--log", self.url, "--anchor", str(settings.KEYS), "--json", *more]
        done = CliRunner().invoke(onestop, command)
        return done.exit_code, json.loads(done.stdout)["files"][0]

    def extra(self, name: str) -> str:
        code, found = self.verify(name)
        extra = found["extras"][0]
        assert code == (0 if extra["holds"] else 1)
        return str(extra["code"])


@pytest.fixture
def case(played: Codes, public_log: PublicLog, tmp_path: Path) -> Iterator[Case]:  # noqa: F811
    publish_log(at=datetime.now(UTC))
    dossier = get_unscoped(played[STORY])
    result, entries = find_result(dossier), list_entries(dossier.pk)
    assert result
    (tmp_path / "result.pdf").write_bytes(store().get(result.sha256))
    (tmp_path / "seal.tlog-proof").write_bytes(make_proof(entries[6]))
    (tmp_path / "accept.tlog-proof").write_bytes(make_proof(entries[1]))
    with serving(public_log.folder) as url:
        yield Case(url, played[STORY], tmp_path, public_log)


def test_a_result_with_the_proof_beside_it(case: Case) -> None:
    assert case.extra("result.pdf") == "log.no_proof"
    beside = case.folder / "result.pdf.tlog-proof"
    beside.write_bytes((case.folder / "seal.tlog-proof").read_bytes())
    code, found = case.verify("result.pdf", "--log-key", str(case.public_log.key))
    assert (code, found["valid"]) == (0, True)
    assert "entry 7 of its dossier (seal)" in found["extras"][0]["words"]
    beside.write_bytes((case.folder / "accept.tlog-proof").read_bytes())
    assert case.extra("result.pdf") == "log.of_another_file"


def test_a_slip_carries_its_proof(case: Case) -> None:
    dossier = get_unscoped(case.code)
    Slip.objects.filter(dossier=dossier).delete()
    (case.folder / "receipt.pdf").write_bytes(store().get(issue_slip(dossier=dossier, sequence=2).sha256))
    code, found = case.verify("receipt.pdf")
    assert code == 0, found
    assert found["extras"][0]["code"] == "log.included"
    assert found["signatures"][0]["valid"]


def test_a_proof_by_itself(case: Case) -> None:
    code, found = case.verify("seal.tlog-proof")
    assert code == 0
    assert (found["kind"], found["entry"]["kind"], found["valid"]) == ("tlog-proof", "seal", True)
    whole = (case.folder / "seal.tlog-proof").read_bytes()
    (case.folder / "other.tlog-proof").write_bytes(whole.replace(b"\nindex 1", b"\nindex 2"))
    assert case.extra("other.tlog-proof") == "proof.not_included"
    done = CliRunner().invoke(onestop, ["verify", str(case.folder / "seal.tlog-proof"), "--log", case.url])
    assert done.exit_code == 0
    assert "HOLDS (proof of the public log)" in done.stdout


def test_a_log_rewritten_since_is_told(case: Case) -> None:
    rebuild(Scene("", case.public_log, case.folder, [], []))
    assert case.extra("seal.tlog-proof") == "log.forked"


def test_another_key_or_a_silent_log_is_told(case: Case) -> None:
    other = "x+" + str(case.public_log.key).split("+", 1)[1]
    done = CliRunner().invoke(
        onestop, ["verify", str(case.folder / "seal.tlog-proof"), "--log", case.url, "--log-key", other]
    )
    assert done.exit_code != 0
    (case.public_log.folder / "checkpoint").unlink()
    assert case.extra("seal.tlog-proof") == "log.no_checkpoint"
