"""No sample of a published attack may pass, and each must be called by its name."""

import pytest

from onestop.validation.queries import verify_file
from onestop.validation.rules import Finding, Indication
from tests.validation.attacks.paper import signer
from tests.validation.attacks.samples import NOW, Sample
from tests.validation.attacks.table import SAMPLES


def test_the_papers_before_the_attack_hold() -> None:
    """Else no sample could fail for the right reason."""
    made = signer()
    for paper in (made.paper(), made.certified(1), made.certified(2), made.certified(3)):
        assert verify_file(paper, NOW, anchors=made.authority.believed()).valid


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.attack}: {sample.name}")
def test_no_attack_passes_and_each_is_named(sample: Sample) -> None:
    made = sample.make()
    report = verify_file(made.data, made.at, content=made.content, anchors=made.anchors())
    found = {*report.findings, *(finding for signature in report.signatures for finding in signature.findings)}
    assert report.verdict.indication is not Indication.TOTAL_PASSED
    assert not report.valid
    assert sample.answer in found, found
    assert found - {Finding.NO_STAMP, Finding.FOLLOWED}


def test_a_sample_is_the_same_every_time_and_small() -> None:
    for sample in SAMPLES:
        first, second = sample.make(), sample.make()
        assert first.data == second.data, sample.name
        assert len(first.data) < 40_000 or "bomb" in sample.name


def test_every_sample_tells_what_it_does() -> None:
    assert len({sample.name for sample in SAMPLES}) == len(SAMPLES)
    assert not [sample.name for sample in SAMPLES if not sample.about or not sample.shows]
