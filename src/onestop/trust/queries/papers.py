"""What holds of a signed PDF: who signed, when, whether anything was changed, whether the signer may be believed.

pyHanko does the reading, the cryptography and the comparison of revisions; what it says is turned into findings here,
more strictly where results of procedures need it: after the last signature nothing may follow but archival data.
"""

import asyncio
import contextlib
import io
import logging
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import cms as asn1_cms
from asn1crypto import tsp
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from onestop.trust import ports
from onestop.trust.queries.anchors import Trust
from onestop.trust.rules import BREAKING, Finding, SignatureReport, SignatureRole, VerificationReport

for _name in ("pyhanko", "pyhanko_certvalidator"):  # what they log is in the report, and names belong in no log
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_WEAK = {"md2", "md5", "sha1"}
_CLOCKS_DIFFER = timedelta(hours=1)
_HEAD = 1024


def verify_pdf(
    data: bytes, at: datetime | None = None, *, anchors: ports.TrustAnchors | None = None
) -> VerificationReport:
    """Check every signature of a PDF; never raises for a bad file, the report says what is wrong.

    A stamped signature is judged at its attested moment, an unstamped one at `at`, or else at the moment it claims.
    `anchors` are those wired by default.
    """
    if b"%PDF-" not in data[:_HEAD]:
        return VerificationReport((), (Finding.NOT_A_PDF,))
    try:
        reader = PdfFileReader(io.BytesIO(data))
        embedded = list(reader.embedded_regular_signatures)
    except Exception:  # noqa: BLE001  a file made to confuse its reader is a finding, not a crash
        return VerificationReport((), (Finding.BROKEN_FILE,))
    if not embedded:
        return VerificationReport((), (Finding.NO_SIGNATURE,))
    trust = Trust(anchors or ports.trust_anchors())
    checks = [_check(signature, at, trust) for signature in embedded]
    _judge_end(checks[-1], archived="/DSS" in reader.root)
    return VerificationReport(tuple(_report(check) for check in checks), ())


@dataclass(slots=True)
class _Check:
    """A signature being checked."""

    embedded: Any
    findings: list[Finding]
    claimed: datetime | None = None
    stamped: datetime | None = None
    intact: bool = False
    trusted: bool = False
    whole: bool = False
    followed: ModificationLevel | None = None

    def add(self, finding: Finding) -> None:
        """Note a finding, once."""
        if finding not in self.findings:
            self.findings.append(finding)


def _check(embedded: Any, at: datetime | None, trust: Trust) -> _Check:
    check = _Check(embedded, [])
    try:
        check.claimed = embedded.self_reported_timestamp
        token = _token_time(embedded)
        moment = token or at or check.claimed or embedded.signer_cert.not_valid_after - timedelta(seconds=1)
        context = trust.context(moment)
        status = _run(async_validate_pdf_signature(embedded, context, trust.context(moment)))
        _judge_bytes(check, status)
        _judge_space(check, trust)
        _judge_stamp(check, status)
        _judge_certificate(check, status, moment, check.stamped or at, trust)
    except Exception:  # noqa: BLE001  as above: whatever cannot be read does not hold
        check.intact = check.trusted = False
        check.add(Finding.SIGNATURE_BROKEN)
    return check


def _judge_bytes(check: _Check, status: Any) -> None:
    check.intact = bool(status.intact and status.valid)
    check.whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    if not status.intact:
        check.add(Finding.ALTERED)
    elif not status.valid:
        check.add(Finding.INVALID)
    if status.md_algorithm in _WEAK:
        check.add(Finding.WEAK)
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        check.add(Finding.NOT_COVERED)
    check.followed = status.modification_level
    if not status.docmdp_ok:
        check.add(Finding.CHANGED_AFTER)
    elif not check.whole:
        check.add(Finding.FOLLOWED)


def _judge_space(check: _Check, trust: Trust) -> None:
    """The space of the signature is signed by nobody, so nothing else may lie in it: no bytes, no certificates."""
    embedded = check.embedded
    start = embedded.byte_range[1] + 1
    embedded.reader.stream.seek(start)
    shown = embedded.reader.stream.read(embedded.byte_range[2] - start - 1)
    used = len(asn1_cms.ContentInfo.load(embedded.pkcs7_content).dump())
    if embedded.pkcs7_content[used:].strip(b"\0") or shown not in {shown.lower(), shown.upper()}:
        check.add(Finding.NOT_COVERED)
    enclosed = [other.dump() for other in embedded.other_embedded_certs]
    token = _token(embedded)
    enclosed += [other.chosen.dump() for other in token["certificates"]] if token else []
    if any(trust.leads_nowhere(other, tuple(enclosed)) for other in enclosed):
        check.add(Finding.NOT_COVERED)


def _judge_stamp(check: _Check, status: Any) -> None:
    stamp = status.timestamp_validity
    if stamp is None:
        check.add(Finding.NO_STAMP)
    elif not (stamp.intact and stamp.valid):
        check.add(Finding.STAMP_INVALID)
    elif not stamp.trusted:
        check.add(Finding.STAMP_UNTRUSTED)
    else:
        check.stamped = stamp.timestamp
        if check.claimed and abs(check.claimed - stamp.timestamp) > _CLOCKS_DIFFER:
            check.add(Finding.TIMES_DIFFER)


def _judge_certificate(check: _Check, status: Any, moment: datetime, revoked_by: datetime | None, trust: Trust) -> None:
    enclosed = tuple(other.dump() for other in check.embedded.other_embedded_certs)
    faults = trust.find_faults(check.embedded.signer_cert.dump(), moment, revoked_by, enclosed)
    if not status.trusted and BREAKING.isdisjoint(faults):
        faults.append(Finding.UNTRUSTED)
    for fault in faults:
        check.add(fault)
    check.trusted = BREAKING.isdisjoint(faults)


def _judge_end(last: _Check, *, archived: bool) -> None:
    """After the last signature nothing may follow but archival data: no field, no object, no bytes."""
    if Finding.FOLLOWED in last.findings and not (archived and last.followed is ModificationLevel.LTA_UPDATES):
        last.findings.remove(Finding.FOLLOWED)
        last.add(Finding.CHANGED_AFTER)


def _report(check: _Check) -> SignatureReport:
    signer, organisation, serial, reason, role = "", "", "", "", ""
    with contextlib.suppress(Exception):  # as much as can be read
        names = check.embedded.signer_cert.subject.native
        signer, organisation = str(names.get("common_name", "")), str(names.get("organization_name", ""))
        serial = f"{check.embedded.signer_cert.serial_number:x}"
        role = _role(str(check.embedded.field_name))
        reason = str(check.embedded.sig_object.get("/Reason", ""))
    return SignatureReport(
        signer=signer,
        organisation=organisation,
        role=role,
        signed_at=check.claimed,
        stamped_at=check.stamped,
        intact=check.intact,
        trusted=check.trusted,
        covers_whole=check.whole,
        serial=serial,
        reason=reason,
        findings=tuple(check.findings),
    )


def _role(field: str) -> str:
    name = field.partition("-")[0]
    return name if name in {role.value for role in SignatureRole} else ""


def _token(embedded: Any) -> Any:
    """Return the time stamp's signed data, not yet checked, or None if there is no stamp."""
    for attribute in embedded.signer_info["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            return attribute["values"][0]["content"]
    return None


def _token_time(embedded: Any) -> datetime | None:
    """Return the moment that the time stamp gives, not yet checked."""
    token = _token(embedded)
    if token is None:
        return None
    found: datetime = tsp.TSTInfo.load(token["encap_content_info"]["content"].parsed.dump())["gen_time"].native
    return found


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run to its end; beside a running loop, if this thread has one."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
