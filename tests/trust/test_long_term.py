"""Papers carried on for decades: what pyHanko's long-term validation, pdfsig and our own check say of them."""

import asyncio
import io
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from onestop.errors import Refused, Unavailable
from onestop.trust import ports
from onestop.trust.adapters.null import NoAnchors
from onestop.trust.operations import extend_pdf, is_stamped
from onestop.trust.queries import verify_pdf
from onestop.trust.rules import Finding, RevocationReason
from onestop.trust.rules.order import Level

NEEDS_PDFSIG = pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is missing: apt-get install poppler-utils")
LATER = timedelta(hours=1)
EXPIRED = datetime(2035, 6, 1, tzinfo=UTC)  # the signer's certificate ends in 2033, the authorities' in 2048


def judge(pdf: bytes, moment: datetime, *, crls: tuple[bytes, ...] = ()) -> str:
    """What pyHanko says of the last signature at a moment, with the roots and the paper itself, nothing fetched."""
    trust = SimpleTrustManager.build([asn1_x509.Certificate.load(der) for der in ports.trust_anchors().roots()])
    spec = SignatureValidationSpec(
        CertValidationPolicySpec(trust_manager=trust, revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO)),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(known_crls=[CRLContainer(asn1_crl.CertificateList.load(der)) for der in crls]),
    )
    signature = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[-1]
    timing = ValidationTimingInfo(moment, moment, point_in_time_validation=True)
    found = asyncio.run(ades_lta_validation(signature, PdfSignatureValidationSpec(spec), timing))
    return str(found.ades_subindic)


@pytest.fixture
def sealed(office: Any, paper: bytes) -> bytes:
    return office.put_seal(office.sign(paper))


@pytest.fixture
def kept(office: Any, sealed: bytes) -> bytes:
    return extend_pdf(pdf=sealed, level=Level.B_LTA, at=office.at + LATER)


def test_it_holds_after_the_certificate_has_expired(office: Any, kept: bytes, sealed: bytes) -> None:
    assert kept.startswith(sealed)
    for moment in (office.at + 2 * LATER, EXPIRED):
        assert judge(kept, moment) == "AdESPassed.OK"
        assert judge(sealed, moment) != "AdESPassed.OK"  # without what was added nobody can tell


def test_it_holds_after_a_later_revocation(office: Any, kept: bytes) -> None:
    """The list of that later day is known; the paper was signed before."""
    _revoke(office.seal, office.at + timedelta(days=90))
    now = ports.trust_anchors().crls()
    assert judge(kept, EXPIRED, crls=now) == "AdESPassed.OK"
    assert verify_pdf(kept).valid


def test_a_signature_after_the_revocation_does_not_hold_however_kept(office: Any, paper: bytes) -> None:
    """The signer's system does not know yet; who checks later does."""
    signed = office.sign(paper)
    _revoke(office.leader, office.at - timedelta(days=1))
    late = extend_pdf(pdf=signed, level=Level.B_LTA, at=office.at + LATER)
    assert judge(late, office.at + 2 * LATER) != "AdESPassed.OK"
    assert not verify_pdf(late).valid


def test_stamped_again_and_again(office: Any, kept: bytes) -> None:
    pdf, sizes = kept, []
    for years in (3, 6):
        moment = office.at + timedelta(days=365 * years)
        again = extend_pdf(pdf=pdf, level=Level.B_LTA, at=moment)
        assert again.startswith(pdf)
        sizes.append(len(again) - len(pdf))
        pdf = again
        assert judge(pdf, EXPIRED) == "AdESPassed.OK"
    assert verify_pdf(pdf).valid
    assert max(sizes) < 7000  # what is kept already is not kept twice
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []
        assert [str(field.T) for field in opened.Root.AcroForm.Fields][2:] == ["archive-1", "archive-2", "archive-3"]


def test_a_new_revocation_list_is_kept_beside_the_old(office: Any, kept: bytes) -> None:
    _revoke(office.seal, office.at + timedelta(days=90))
    again = extend_pdf(pdf=kept, level=Level.B_LTA, at=office.at + timedelta(days=100))
    for pdf, lists in ((kept, 2), (again, 3)):
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert len(opened.Root.DSS.CRLs) == lists
    assert judge(again, EXPIRED) == "AdESPassed.OK"


def test_any_altered_byte_of_what_is_kept_is_found(office: Any, kept: bytes, sealed: bytes) -> None:
    space = kept.rindex(b"/Contents <")  # what lies in the stamp's own space is not covered by it
    for place in (*range(len(sealed), space, 331), *range(len(kept) - 500, len(kept) - 60, 61)):
        spoilt = bytearray(kept)
        spoilt[place] ^= 0x01
        try:
            said = judge(bytes(spoilt), EXPIRED)
        except (
            ValueError,
            TypeError,
            AttributeError,
            PdfError,
            SignatureValidationError,
        ):  # the file cannot even be read
            continue
        assert said != "AdESPassed.OK", place


def test_packed_files_are_kept_too(office: Any, packed: bytes) -> None:
    kept = extend_pdf(pdf=office.put_seal(packed), level=Level.B_LTA, at=office.at + LATER)
    assert judge(extend_pdf(pdf=kept, level=Level.B_LTA, at=office.at + 2 * LATER), EXPIRED) == "AdESPassed.OK"


def test_the_levels_between(office: Any, sealed: bytes) -> None:
    assert extend_pdf(pdf=sealed, level=Level.B_T, at=office.at) == sealed
    long_term = extend_pdf(pdf=sealed, level=Level.B_LT, at=office.at)
    with pikepdf.open(io.BytesIO(long_term)) as opened:
        assert len(opened.Root.DSS.Certs) == 5  # leader, seal, time stamps, issuing authority, root
        assert len(opened.Root.DSS.CRLs) == 2
    assert verify_pdf(long_term).valid
    assert judge(extend_pdf(pdf=long_term, level=Level.B_LTA, at=office.at + LATER), EXPIRED) == "AdESPassed.OK"


def test_what_cannot_be_checked_later_is_not_kept(office: Any, sealed: bytes, paper: bytes) -> None:
    with pytest.raises(Refused, match=r"pdf\.not_signed"):
        extend_pdf(pdf=paper, level=Level.B_LTA, at=office.at)
    ports.trust_anchors.plug(NoAnchors())
    with pytest.raises(Refused, match=r"archive\.chain_unknown"):
        extend_pdf(pdf=sealed, level=Level.B_LT, at=office.at)


def test_no_list_of_an_issuer_no_long_term(office: Any, sealed: bytes) -> None:
    (office.folder / "issuing.crl").unlink()
    with pytest.raises(Refused, match=r"archive\.revocation_unknown"):
        extend_pdf(pdf=sealed, level=Level.B_LTA, at=office.at)


# -- signed while no time-stamp authority answered ------------------------------------------------


class Down:
    """An authority that is down."""

    max_bytes = 2000

    def stamp(self, digest: bytes, at: datetime) -> bytes:
        raise Unavailable("time_stamps.down")


def test_signed_now_stamped_later_nothing_signed_anew(office: Any, paper: bytes) -> None:
    up = ports.time_stamps()
    ports.time_stamps.plug(Down())
    with pytest.raises(Unavailable, match=r"time_stamps\.down"):
        office.sign(paper)
    signed = office.sign(paper, patient=True)
    assert not is_stamped(signed)
    assert verify_pdf(signed).signatures[0].findings == (Finding.NO_STAMP,)
    with pytest.raises(Unavailable):
        extend_pdf(pdf=signed, level=Level.B_T, at=office.at)
    ports.time_stamps.plug(up)
    stamped = extend_pdf(pdf=signed, level=Level.B_T, at=office.at + LATER)
    assert is_stamped(stamped)
    assert len(stamped) == len(signed)
    assert verify_pdf(stamped).signatures[0].findings == ()
    assert verify_pdf(stamped).signatures[0].stamped_at == office.at + LATER
    kept = extend_pdf(pdf=stamped, level=Level.B_LTA, at=office.at + 2 * LATER)
    assert judge(kept, EXPIRED) == "AdESPassed.OK"


def test_a_signature_under_another_is_not_stamped_any_more(office: Any, paper: bytes) -> None:
    up = ports.time_stamps()
    ports.time_stamps.plug(Down())
    sealed = office.put_seal(office.sign(paper, patient=True), patient=True)
    ports.time_stamps.plug(up)
    stamped = extend_pdf(pdf=sealed, level=Level.B_T, at=office.at + LATER)
    leader, seal = verify_pdf(stamped).signatures
    assert (leader.stamped_at, seal.stamped_at) == (None, office.at + LATER)  # the seal's stamp covers both


@NEEDS_PDFSIG
def test_pdfsig_still_finds_the_signatures_valid(kept: bytes, tmp_path: Path) -> None:
    (tmp_path / "kept.pdf").write_bytes(kept)
    done = subprocess.run(["pdfsig", "-nocert", tmp_path / "kept.pdf"], capture_output=True, text=True, check=False)
    assert done.stdout.count("Signature Validation: Signature is Valid.") == 2
    assert "Signature Field Name: archive-1" in done.stdout


def _revoke(key: str, at: datetime) -> None:
    certificate = x509.load_der_x509_certificate(ports.keys().chain(key)[0])
    ports.authority().revoke(certificate.serial_number, at, RevocationReason.KEY_COMPROMISE)
