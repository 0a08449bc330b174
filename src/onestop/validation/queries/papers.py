"""What the bytes of a signed PDF prove: each signature, each stamp of the document, and what was changed since.

pyHanko reads the file and compares its revisions; what it says is turned into findings here, more strictly where
results of procedures need it: the gap of a signature holds that signature and nothing else, and after the last
signature nothing may follow but archival data.
"""

import io
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from asn1crypto import parser
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from onestop.trust import ports
from onestop.trust.rules.names import SignatureRole
from onestop.validation.queries import signers
from onestop.validation.queries.anchors import Trust
from onestop.validation.queries.judging import judge
from onestop.validation.rules.evidence import Contents, DocumentStamp, Signed
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.kinds import FileKind
from onestop.validation.rules.reports import VerificationReport
from onestop.validation.rules.revocation import Statements

for _name in ("pyhanko", "pyhanko_certvalidator"):  # what they log is in the report, and names belong in no log
    logging.getLogger(_name).setLevel(logging.CRITICAL)

_HEAD = 1024
_FORMS = {"/ETSI.CAdES.detached", "/adbe.pkcs7.detached"}
_STAMP = "/ETSI.RFC3161"
_LAST = 1 << 30
_MAX_FIELDS = 64
_MAX_STATEMENTS = 256
_LARGEST = 1 / 8  # of the page


def verify_pdf(
    data: bytes, at: datetime | None = None, *, anchors: ports.TrustAnchors | None = None
) -> VerificationReport:
    """Check every signature of a PDF; never raises for a bad file, the report says what is wrong.

    A signature is judged at the earliest moment that a time stamp proves; an unstamped one at `at`, or else at the
    moment it claims. `anchors` are those wired by default.
    """
    if b"%PDF-" not in data[:_HEAD]:
        return VerificationReport((), (Finding.NOT_A_PDF,))
    trust = Trust(anchors or ports.trust_anchors())
    return judge(read_pdf(data, trust), trust, at, FileKind.PDF)


def read_pdf(data: bytes, trust: Trust) -> Contents:
    """Return what a PDF proves by itself."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        if reader.encrypted:
            return Contents(findings=(Finding.LOCKED,))
        fields = list(enumerate_sig_fields(reader, filled_status=True))
        if len(fields) > _MAX_FIELDS:
            return Contents(findings=(Finding.TOO_COSTLY,))
        store = _read_store(reader)
    except PdfDecodeLimitError:
        return Contents(findings=(Finding.TOO_COSTLY,))
    except Exception:  # noqa: BLE001  a file made to confuse its reader is a finding, not a crash
        return Contents(findings=(Finding.BROKEN_FILE,))
    return _read_fields(data, reader, fields, store, trust)


def _read_fields(data: bytes, reader: Any, fields: list[Any], store: Contents, trust: Trust) -> Contents:
    signed: list[Signed] = []
    stamps: list[DocumentStamp] = []
    for name, value, field in fields:
        try:
            form = str(value.get_object().get("/SubFilter", ""))
            if form == _STAMP:
                stamps.append(_read_stamp(data, EmbeddedPdfSignature(reader, field, name)))
            elif form in _FORMS:
                signed.append(_read_signature(data, EmbeddedPdfSignature(reader, field, name)))
            else:
                signed.append(Signed(_LAST, findings=[Finding.UNSUPPORTED]))
        except Exception:  # noqa: BLE001  as above: whatever cannot be read does not hold
            signed.append(_unreadable(name))
    signed.sort(key=lambda one: one.position)
    if not signed:
        return Contents(findings=(Finding.NO_SIGNATURE,))
    _judge_end(signed[-1])
    signed[0].add(*_judge_sizes(fields, signed))
    found = Contents(tuple(signed), tuple(stamps), (), store.enclosed, store.revocation)
    _judge_strays(found, trust)
    return found


def _read_signature(data: bytes, embedded: Any) -> Signed:
    info = embedded.signer_info
    found = signers.check_signer(embedded.signed_data, info, embedded.compute_digest)
    signed = Signed(
        position=embedded.signed_revision,
        certificate=found.certificate,
        enclosed=found.enclosed,
        revocation=signers.find_statements(embedded.signed_data, info),
        claimed=_claimed(embedded),
        tokens=signers.check_tokens(info),
        intact=found.intact,
        role=_role(str(embedded.field_name)),
        reason=str(embedded.sig_object.get("/Reason", "")),
    )
    signed.add(*found.findings, *_judge_gap(data, embedded), *_judge_changes(signed, embedded))
    return signed


def _claimed(embedded: Any) -> datetime | None:
    try:
        return signers.plausible(embedded.self_reported_timestamp)
    except Exception:  # noqa: BLE001  no date at all: then the signer claims none
        return None


def _read_stamp(data: bytes, embedded: Any) -> DocumentStamp:
    token = signers.check_token(bytes(embedded.pkcs7_content), embedded.compute_digest)
    place = Signed()
    wrong = [*_judge_gap(data, embedded), *_judge_changes(place, embedded)]
    if set(wrong) - {Finding.FOLLOWED}:
        token = signers.spoil(token)
    return DocumentStamp(embedded.signed_revision, token)


def _unreadable(name: Any) -> Signed:
    """A field whose signature cannot be taken apart: it counts as the last, wherever it stands."""
    return Signed(position=_LAST, role=_role(str(name)), findings=[Finding.SIGNATURE_BROKEN])


def _judge_gap(data: bytes, embedded: Any) -> Iterator[Finding]:
    """What is covered is all but one gap, and in the gap stands this signature as one hexadecimal string.

    So no second string, no bytes outside, nothing behind the signature but zeros: what nobody signed shows nothing.
    """
    numbers = [int(number) for number in embedded.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0 or numbers[2] + numbers[3] > len(data):
        yield Finding.NOT_COVERED
        return
    start, end = numbers[1], numbers[2]
    gap = data[start:end]
    shown = gap[1:-1]
    content = bytes(embedded.pkcs7_content)
    written = gap[:1] == b"<" and gap[-1:] == b">" and shown in {shown.lower(), shown.upper()}
    if not written or shown.lower() != content.hex().encode() or not data[:start].rstrip().endswith(b"/Contents"):
        yield Finding.NOT_COVERED
    _, _, _, header, body, trailer = parser.parse(content)
    if content[len(header) + len(body) + len(trailer) :].strip(b"\0"):
        yield Finding.NOT_COVERED


def _judge_changes(signed: Signed, embedded: Any) -> Iterator[Finding]:
    """What came after the signature, as pyHanko compares revisions; a file it cannot compare was changed."""
    try:
        embedded.compute_integrity_info()
        told = embedded.summarise_integrity_info()
    except Exception:  # noqa: BLE001  tables of two kinds at once, or anything else it will not compare
        yield Finding.CHANGED_AFTER
        return
    coverage, changes = told["coverage"], told["diff_result"]
    signed.whole = coverage is SignatureCoverageLevel.ENTIRE_FILE
    if coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        yield Finding.NOT_COVERED
    if not told["docmdp_ok"]:
        yield Finding.CHANGED_AFTER
    elif not signed.whole:
        yield Finding.FOLLOWED
    level = changes.modification_level if isinstance(changes, DiffResult) else ModificationLevel.OTHER
    signed.archived = level is ModificationLevel.LTA_UPDATES and "/DSS" in embedded.reader.root


def _judge_end(last: Signed) -> None:
    """After the last signature nothing may follow but archival data: no field, no object, no bytes."""
    if Finding.FOLLOWED in last.findings and not last.archived:
        last.findings.remove(Finding.FOLLOWED)
        last.add(Finding.CHANGED_AFTER)


def _judge_sizes(fields: list[Any], signed: list[Signed]) -> Iterator[Finding]:
    """A signature added to a signed paper must not cover it: its place on the page is a small one."""
    for _, _, field in fields if len(signed) > 1 else ():
        widget = field.get_object()
        page = widget.get("/P", None)
        if page is not None and _area(widget["/Rect"]) > _LARGEST * _area(_media_box(page.get_object())):
            yield Finding.CHANGED_AFTER
            return


def _area(box: Any) -> float:
    left, bottom, right, top = (float(edge) for edge in box)
    return abs(right - left) * abs(top - bottom)


def _media_box(page: Any) -> Any:
    for _ in range(_MAX_FIELDS):
        if "/MediaBox" in page or "/Parent" not in page:
            break
        page = page["/Parent"]
    return page["/MediaBox"]


def _judge_strays(contents: Contents, trust: Trust) -> None:
    """The space of a signature is signed by nobody: every certificate in it must lead somewhere."""
    known = Trust(trust.anchors, contents.pool)
    for signed in contents.signed:
        enclosed = [*signed.enclosed, *(der for token in signed.tokens for der in token.enclosed)]
        if any(known.leads_nowhere(der) for der in enclosed):
            signed.add(Finding.STRAY)


def _read_store(reader: Any) -> Contents:
    """The document's own store of certificates, lists and answers (DSS)."""
    if "/DSS" not in reader.root:
        return Contents()
    store = reader.root["/DSS"]  # `get` would give the reference
    certificates = _streams(store, "/Certs", DecodePurpose.CERTIFICATE)
    crls = _streams(store, "/CRLs", DecodePurpose.CRL)
    answers = _streams(store, "/OCSPs", DecodePurpose.OCSP_RESPONSE)
    return Contents(enclosed=certificates, revocation=Statements(crls, answers))


def _streams(store: Any, key: str, purpose: DecodePurpose) -> tuple[bytes, ...]:
    if key not in store:
        return ()
    listed = list(store[key])[:_MAX_STATEMENTS]
    return tuple(dict.fromkeys(bytes(one.get_object().read_data(purpose)) for one in listed))


def _role(field: str) -> str:
    name = field.partition("-")[0]
    return name if name in {role.value for role in SignatureRole} else ""
