"""PDF/A and PDF/UA judged by programs that are not ours; ADR 0016 says what each looks at, and at what not.

Neither approves more than it has looked at. What they leave open is listed here, so that a change of it is seen.
"""

import io
import json
from pathlib import Path

import pikepdf
import pytest

from onestop.documents.adapters.typst import TypstTypesetter
from onestop.documents.rules.papers import SLIPS, TEMPLATES

pytest.importorskip("jsonschema", reason="needs pikepdf[pdfa]; get it with: make setup")

import pdfua
from pikepdf import pdfa

SAMPLES = json.loads(Path(__file__).with_name("papers.json").read_text())
TYPESETTER = TypstTypesetter()
LEFT_OPEN = {
    "pikepdf:embedded-file",  # attached data: not supported by the checker; PDF/A-3 is there for them
    "ISO_19005_3:6.2.11.4.2-2",  # CIDSet of a font: not checked
    "ISO_19005_3:6.6.2.3.1-2",  # history in the metadata: not checked
    "ISO_19005_3:6.6.2.3.1-1",  # metadata of an extension schema, which 6.6.2.3.3 allows and PDF/UA needs
    "ISO_19005_3:6.6.4-3",  # the paper says level A, which holds all of B; the checker looks for B alone
}
CANNOT_RUN = {"UA-14-001"}  # the rule on headings fails inside the checker, on any paper of this typesetter


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_two_checkers_find_nothing_but_what_they_leave_open(name: str, tmp_path: Path) -> None:
    paper = TYPESETTER.typeset(name, SAMPLES[name])
    with pikepdf.open(io.BytesIO(paper)) as opened:
        report = pdfa.check(opened, pdfa.Flavour.PDFA_3B)
    assert {str(finding.rule) for finding in report.findings} <= LEFT_OPEN
    place = tmp_path / "paper.pdf"
    place.write_bytes(paper)
    read_aloud = pdfua.validate(str(place))
    assert read_aloud.exit_code == 0
    assert not list(read_aloud.findings)
    assert {outcome.rule_id for outcome in read_aloud.skipped} <= CANNOT_RUN
    assert len(read_aloud.outcomes) - len(read_aloud.skipped) >= 11


def test_the_checkers_do_find_what_is_wrong(tmp_path: Path) -> None:
    """A paper made unarchivable and mute on purpose."""
    paper = TYPESETTER.typeset("decision", SAMPLES["decision"])
    with pikepdf.open(io.BytesIO(paper)) as opened:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        del opened.Root.StructTreeRoot
        del opened.Root.Lang
        report = pdfa.check(opened, pdfa.Flavour.PDFA_3B)
        opened.save(tmp_path / "bad.pdf")
    assert {str(finding.rule) for finding in report.findings} - LEFT_OPEN
    assert pdfua.validate(str(tmp_path / "bad.pdf")).exit_code != 0


@pytest.mark.parametrize("name", sorted(set(TEMPLATES) - SLIPS))
def test_every_result_carries_its_data(name: str) -> None:
    with pikepdf.open(io.BytesIO(TYPESETTER.typeset(name, SAMPLES[name]))) as opened:
        (attached,) = opened.attachments.values()
        data = json.loads(attached.get_file().read_bytes())
        assert attached.get_file().mime_type == "application/json"
        assert attached.relationship == pikepdf.Name.Data
        assert [item.objgen for item in opened.Root.AF] == [attached.obj.objgen]
    assert data == {"format": "onestop-result/1", "template": name, "content": SAMPLES[name]}
