"""What is measured beside: the bare signature of the same key, pyHanko's own signer; and who judges: both of them."""

import asyncio
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onestop.bench.sign.world import AGENCY, LATER, NAME


def pyhanko_signer(paper: bytes) -> Callable[[], Any]:
    """Return what signs the paper with pyHanko as it comes: B-B, P-256, unseen."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from onestop.trust import ports
    from onestop.trust.rules import KeyKind
    from onestop.trust.rules.certificates import FIRST_VALID

    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    subject = ports.Subject("officer:2", NAME, AGENCY, KeyKind.OFFICER, FIRST_VALID, FIRST_VALID.replace(year=2033))
    leaf, issuing = (x509.Certificate.load(der) for der in ports.authority().issue(subject, public))
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    others = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    others.register(issuing)
    signer = signers.SimpleSigner(
        signing_cert=leaf, signing_key=keys.PrivateKeyInfo.load(private), cert_registry=others
    )
    wish = signers.PdfSignatureMetadata(field_name="leader", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    return lambda: signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper)), wish, signer=signer)


def judge_signatures(pdf: bytes) -> int:
    """Return how many signatures pyHanko finds intact, valid and trusted, chains and revocation lists included."""
    from asn1crypto import crl, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    from onestop.trust import ports

    anchors = ports.trust_anchors()

    def context() -> ValidationContext:
        return ValidationContext(
            trust_roots=[x509.Certificate.load(der) for der in anchors.roots()],
            other_certs=[x509.Certificate.load(der) for der in anchors.intermediates()],
            crls=[crl.CertificateList.load(der) for der in anchors.crls()],
            moment=LATER,
            allow_fetching=False,
            revocation_mode="require",
        )

    def holds(embedded: Any) -> bool:
        status = asyncio.run(async_validate_pdf_signature(embedded, context(), context()))
        return bool(status.bottom_line)

    return sum(holds(one) for one in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures)


def judge_kept(pdf: bytes) -> bool:
    """True if pyHanko's long-term validation passes the last signature, from the paper and the roots alone."""
    from asn1crypto import x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.ades.report import AdESPassed
    from pyhanko.sign.validation import policy_decl
    from pyhanko.sign.validation.ades import ades_lta_validation
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
    from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager

    from onestop.trust import ports

    roots = [x509.Certificate.load(der) for der in ports.trust_anchors().roots()]
    policy = CertValidationPolicySpec(SimpleTrustManager.build(roots), CertRevTrustPolicy(REQUIRE_REVINFO))
    gathering = policy_decl.RevocationInfoGatheringSpec(policy_decl.RevinfoOnlineFetchingRule.LOCAL_ONLY)
    spec = policy_decl.SignatureValidationSpec(policy, revinfo_gathering_policy=gathering)
    expired = LATER.replace(year=2035)
    found = asyncio.run(
        ades_lta_validation(
            PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures[-1],
            policy_decl.PdfSignatureValidationSpec(spec),
            ValidationTimingInfo(expired, expired, point_in_time_validation=True),
        )
    )
    return bool(found.ades_subindic is AdESPassed.OK)


def judge_elsewhere(pdf: bytes, folder: Path) -> int | None:
    """Return how many signatures poppler's `pdfsig` finds valid; None if there is none on this machine."""
    if not shutil.which("pdfsig"):
        return None
    (folder / "judged.pdf").write_bytes(pdf)
    command = ["pdfsig", "-nocert", str(folder / "judged.pdf")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return said.count("Signature Validation: Signature is Valid.")
