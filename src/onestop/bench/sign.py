"""Results signed and sealed: `onestop bench sign`, or `python -m onestop.bench.sign`.

A one-page paper is typeset once; then the leader signs it and the agency seals it, both time-stamped (PAdES B-T, the
time-stamp authority in the process), as often as one and two processes can. In the same run: the bare signatures of
the same curve, which nothing that signs can beat, and pyHanko's own signer. The last results are checked.
"""

import gc
import io
import json
import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

AT = datetime.fromisoformat("2026-02-27T16:10:00+07:00")
LEADER, SEAL = "officer:1", "seal:H49.21"
NAME, AGENCY = "Nguyễn Văn Quang", "Ủy ban nhân dân phường Hồng Gai"
LEADER_BOX, SEAL_BOX = (-1, 345.0, 92.0, 532.0, 166.0), (-1, 238.0, 92.0, 345.0, 166.0)
RAW_SIGNATURES_A_RESULT = 4  # leader, seal, and a time stamp for each
_PAPER = """#set page(paper: "a4")
#set text(font: "Noto Serif", size: 12pt, lang: "vi")
#set document(title: "Giấy xác nhận tình trạng hôn nhân")
= Giấy xác nhận tình trạng hôn nhân
Ủy ban nhân dân phường Hồng Gai xác nhận ông Trần Bình, sinh ngày 02 tháng 9 năm 1990, thường trú tại phường Hồng
Gai, tỉnh Quảng Ninh, tại thời điểm này chưa đăng ký kết hôn với ai. Giấy này được cấp để làm thủ tục kết hôn.
"""


def run(seconds: float = 3.0, rounds: int = 3, processes: tuple[int, ...] = (1, 2)) -> dict[str, Any]:
    """Measure and return the figures; `checked` tells whether the results made hold."""
    with tempfile.TemporaryDirectory() as name:
        folder, paper = Path(name), typeset()
        _plug(folder)
        measured = [_round(folder, paper, seconds, processes) for _ in range(rounds)]
        result = make_result(paper)
        checked = _check(result)
    one = _middle(measured, "results", 1)
    raw = median(each["raw"]["a_second"] for each in measured)
    return {
        "workload": "sign",
        "paper_bytes": len(paper),
        "result_bytes": len(result),
        "processes": {str(count): _middle(measured, "results", count) for count in processes},
        "cpu_ms_a_signature": round(one["cpu_ms"] / 2, 3),
        "raw_p256_a_second": round(raw),
        "raw_share": round(RAW_SIGNATURES_A_RESULT * median(e["raw"]["cpu_ms"] for e in measured) / one["cpu_ms"], 3),
        "raw_to_result_ratio": round(raw / one["a_second"], 1),
        "raw_to_signature_ratio": round(raw / (2 * one["a_second"]), 1),
        "pyhanko_b_b_cpu_ms": round(median(each["pyhanko"] for each in measured), 2),
        "ours_b_b_cpu_ms": round(median(each["ours"] for each in measured), 3),
        "times_pyhanko": round(median(each["pyhanko"] / each["ours"] for each in measured), 1),
        "checked": checked,
    }


def typeset() -> bytes:
    """Return the paper, archivable, as results are."""
    import fontpkg_noto_serif
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fontpkg_noto_serif.ROOT / "files"]
    )
    made = typst.compile(
        _PAPER.encode(), format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"]
    )
    assert isinstance(made, bytes)
    return made


def make_result(paper: bytes) -> bytes:
    """Sign and seal."""
    from onestop.trust.operations import sign_pdf
    from onestop.trust.rules import SignatureRole

    signed = sign_pdf(pdf=paper, key=LEADER, at=AT, role=SignatureRole.LEADER, name_shown=NAME, box=LEADER_BOX)
    return sign_pdf(pdf=signed, key=SEAL, at=AT, role=SignatureRole.ORGANISATION, name_shown=AGENCY, box=SEAL_BOX)


def _plug(folder: Path) -> None:
    """Load the chapters and plug keys and authorities of their own; the keys are made by who comes first."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestop.config.settings")
    django.setup()
    from onestop.config.trust import plug_local_trust
    from onestop.trust import ports
    from onestop.trust.rules import KeyKind
    from onestop.trust.rules.certificates import FIRST_VALID

    plug_local_trust(folder, "a secret of this run")
    if (folder / "private" / "officer_1.key").exists():
        return
    for key, name, kind in ((LEADER, NAME, KeyKind.OFFICER), (SEAL, AGENCY, KeyKind.ORGANISATION)):
        subject = ports.Subject(key, name, AGENCY, kind, FIRST_VALID, FIRST_VALID.replace(year=2033))
        ports.keys().enrol(key, partial(ports.authority().issue, subject))


def _round(folder: Path, paper: bytes, seconds: float, processes: tuple[int, ...]) -> dict[str, Any]:
    from onestop.trust import ports

    results = {}
    for count in processes:
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            found = list(pool.map(_work, [folder] * count, [paper] * count, [seconds] * count))
        results[count] = _sum(found)
    raw = _repeat(lambda: ports.keys().sign(LEADER, bytes(32)), seconds / 3)
    ours = _repeat(lambda: _sign_bare(paper), seconds / 3)["cpu_ms"]
    return {"results": results, "raw": raw, "ours": ours, "pyhanko": _pyhanko(paper, seconds / 3)}


def _work(folder: Path, paper: bytes, seconds: float) -> dict[str, float]:
    """One process: load everything, make a few, then measure."""
    _plug(folder)
    for _ in range(5):
        make_result(paper)
    return _repeat(lambda: make_result(paper), seconds)


def _repeat(act: Any, seconds: float) -> dict[str, float]:
    """Do it for so long; return how often a second and CPU milliseconds each."""
    act()
    gc.collect()
    begun, cpu, done = perf_counter(), process_time(), 0
    while perf_counter() - begun < seconds:
        act()
        done += 1
    return {"a_second": done / (perf_counter() - begun), "cpu_ms": (process_time() - cpu) / done * 1000}


def _sum(found: list[dict[str, float]]) -> dict[str, float]:
    return {"a_second": sum(f["a_second"] for f in found), "cpu_ms": sum(f["cpu_ms"] for f in found) / len(found)}


def _middle(measured: list[dict[str, Any]], what: str, count: int) -> dict[str, float]:
    rates = [each[what][count]["a_second"] for each in measured]
    cpu = median(each[what][count]["cpu_ms"] for each in measured)
    return {
        "a_second": round(median(rates), 1),
        "least": round(min(rates), 1),
        "most": round(max(rates), 1),
        "cpu_ms": round(cpu, 3),
    }


def _sign_bare(paper: bytes) -> bytes:
    from onestop.trust.operations import sign_pdf
    from onestop.trust.rules import SignatureRole

    return sign_pdf(pdf=paper, key=LEADER, at=AT, role=SignatureRole.LEADER, name_shown=NAME, stamp=False)


def _pyhanko(paper: bytes, seconds: float) -> float:
    """CPU milliseconds of one signature by pyHanko as it comes, with a key of its own, unstamped and unseen."""
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

    def sign() -> None:
        signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper)), wish, signer=signer)

    return _repeat(sign, seconds)["cpu_ms"]


def _check(result: bytes) -> dict[str, Any]:
    from onestop.trust.queries import verify_pdf

    begun = process_time()
    report = verify_pdf(result)
    return {
        "holds": report.valid and len(report.signatures) == 2,
        "verify_cpu_ms": round((process_time() - begun) * 1000, 1),
        "findings": [list(signature.reasons) for signature in report.signatures],
    }


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
