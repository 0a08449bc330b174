"""Papers that outlive their certificates: long-term signatures made by pyHanko, judged here."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from asn1crypto import crl, keys, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onestop.validation.queries import verify_pdf
from onestop.validation.rules import Finding, Indication, SignatureReport, SubIndication
from tests.validation.attacks.authority import STAMPING, Authority, Believed, Holder

SIGNED, RESTAMPED = datetime(2024, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2035, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def archive() -> "Archive":
    return Archive()


class Archive:
    """An authority, a leader whose certificate ends in 2025, and stamp authorities that end in 2027 and 2039."""

    def __init__(self) -> None:
        self.authority = Authority("archive root", last_update=SIGNED)
        use = ("digital_signature", "content_commitment")
        self.leader = self.authority.holder("Nguyễn Văn Quang", end=datetime(2025, 1, 1, tzinfo=UTC), usage=use)
        self.first = self._stamps("first stamps", datetime(2027, 1, 1, tzinfo=UTC))
        self.second = self._stamps("second stamps", datetime(2039, 1, 1, tzinfo=UTC))

    def _stamps(self, name: str, end: datetime) -> Holder:
        return self.authority.holder(name, key="rsa-2048", eku=STAMPING, end=end)

    def context(self, moment: datetime) -> ValidationContext:
        lists = [crl.CertificateList.load(self.authority.crl())]
        return ValidationContext(
            trust_roots=[_load(self.authority.root)], crls=lists, moment=moment, allow_fetching=False,
            revocation_mode="require", retroactive_revinfo=True,
        )  # fmt: skip

    def stamper(self, by: Holder, at: datetime) -> timestamps.DummyTimeStamper:
        return timestamps.DummyTimeStamper(_load(by), _key(by), fixed_dt=at, certs_to_embed=SimpleCertificateStore())

    def sign(self, pdf: bytes, stamper: Holder | None = None, **wish: Any) -> bytes:
        signer = signers.SimpleSigner(_load(self.leader), _key(self.leader), SimpleCertificateStore())
        meta = signers.PdfSignatureMetadata(
            field_name="leader-1", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES,
            validation_context=self.context(SIGNED), **wish,
        )  # fmt: skip
        out = signers.PdfSigner(meta, signer, timestamper=self.stamper(stamper or self.first, SIGNED)).sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(pdf))
        )
        return bytes(out.getbuffer())

    def restamp(self, pdf: bytes, by: Holder, at: datetime) -> bytes:
        out = io.BytesIO(pdf)
        stamper = signers.PdfTimeStamper(self.stamper(by, at))
        stamper.update_archival_timestamp_chain(PdfFileReader(out), self.context(at), in_place=True)
        return out.getvalue()

    def believed(self) -> Believed:
        """The root alone: what is to be known of revocations has to come with the paper."""
        return Believed((self.authority.root.der,))


def _load(holder: Holder) -> x509.Certificate:
    return x509.Certificate.load(holder.der)


def _key(holder: Holder) -> keys.PrivateKeyInfo:
    form = serialization.PrivateFormat.PKCS8
    der = holder.key.private_bytes(serialization.Encoding.DER, form, serialization.NoEncryption())
    return keys.PrivateKeyInfo.load(der)


@pytest.fixture(scope="module")
def archived(archive: Archive, paper: bytes) -> bytes:
    return archive.sign(paper, embed_validation_info=True, use_pades_lta=True)


def test_the_levels_are_told(archive: Archive, paper: bytes, archived: bytes) -> None:
    plain = archive.sign(paper)
    kept = archive.sign(paper, embed_validation_info=True)
    known = archive.authority.believed()
    found = [verify_pdf(pdf, SIGNED, anchors=known).signatures[0].level for pdf in (plain, kept, archived)]
    assert found == ["B-T", "B-LT", "B-LTA"]


def test_an_archived_paper_holds_when_its_signer_has_ended(archive: Archive, archived: bytes) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    report = verify_pdf(archived, at, anchors=archive.believed())
    assert report.valid, report
    assert report.signatures[0].proved_at == SIGNED
    assert set(report.signatures[0].findings) <= {Finding.FOLLOWED, Finding.TIMES_DIFFER}


def test_an_archived_paper_that_nobody_stamped_again_proves_nothing(archive: Archive, archived: bytes) -> None:
    report = verify_pdf(archived, LATER, anchors=archive.believed())
    assert report.verdict.indication is Indication.INDETERMINATE
    assert Finding.STAMP_EXPIRED in report.signatures[0].findings
    assert _ended(report.signatures[0])


def test_a_paper_stamped_again_in_time_holds_on(archive: Archive, archived: bytes) -> None:
    again = archive.restamp(archived, archive.second, RESTAMPED)
    report = verify_pdf(again, LATER, anchors=archive.believed())
    assert report.valid, report
    assert report.signatures[0].proved_at == SIGNED
    assert report.signatures[0].level == "B-LTA"


def test_a_paper_stamped_again_too_late_does_not(archive: Archive, archived: bytes) -> None:
    late = archive.restamp(archived, archive.second, datetime(2028, 1, 1, tzinfo=UTC))
    report = verify_pdf(late, LATER, anchors=archive.believed())
    assert not report.valid
    assert _ended(report.signatures[0])


def _ended(signature: SignatureReport) -> bool:
    """Said in one way or the other: pyHanko claims the moment at which the test runs."""
    return not {Finding.EXPIRED, Finding.EXPIRED_UNPROVEN}.isdisjoint(signature.findings)


def test_without_what_was_archived_nothing_is_known(archive: Archive, paper: bytes) -> None:
    """The same signature with its stamp alone: nobody says whether it had been revoked."""
    report = verify_pdf(archive.sign(paper), SIGNED, anchors=archive.believed())
    assert Finding.REVOCATION_UNKNOWN in report.signatures[0].findings
    assert report.verdict.sub is SubIndication.TRY_LATER


def test_a_stamp_over_the_paper_that_attests_an_earlier_time_is_found(archive: Archive, archived: bytes) -> None:
    back = archive.restamp(archived, archive.second, datetime(2023, 6, 1, tzinfo=UTC))
    report = verify_pdf(back, datetime(2026, 1, 1, tzinfo=UTC), anchors=archive.believed())
    assert Finding.STAMPS_OUT_OF_ORDER in report.signatures[0].findings
    assert not report.valid
