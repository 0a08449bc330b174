"""What holds of a signed file of any kind; the kind is told by its content."""

from datetime import datetime

from onestop.trust import ports
from onestop.validation.queries.anchors import Trust
from onestop.validation.queries.containers import read_container
from onestop.validation.queries.judging import judge
from onestop.validation.queries.markup import read_xml
from onestop.validation.queries.messages import read_cms
from onestop.validation.queries.papers import read_pdf
from onestop.validation.rules.evidence import Contents
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.kinds import FileKind, detect_kind
from onestop.validation.rules.reports import VerificationReport

MAX_BYTES = 128 * 1024 * 1024


def verify_file(
    data: bytes,
    at: datetime | None = None,
    *,
    content: bytes | None = None,
    anchors: ports.TrustAnchors | None = None,
) -> VerificationReport:
    """Check every signature of a PDF, a CMS or XML signature or an ASiC container; never raises for a bad file.

    `content` is what a detached signature signs. A signature is judged at the earliest moment that a time stamp
    proves; without one at `at`, or else at the moment it claims. `anchors` are those wired by default.
    """
    kind = detect_kind(data)
    if max(len(data), len(content or b"")) > MAX_BYTES:
        return VerificationReport((), (Finding.TOO_LARGE,), kind)
    trust = Trust(anchors or ports.trust_anchors())
    try:
        return judge(_read(data, kind, content, trust), trust, at, kind)
    except (RecursionError, MemoryError):
        return VerificationReport((), (Finding.TOO_COSTLY,), kind)
    except Exception:  # noqa: BLE001  the last guard: what three libraries and we did not foresee is damage all the same
        return VerificationReport((), (Finding.BROKEN_FILE,), kind)


def _read(data: bytes, kind: FileKind, content: bytes | None, trust: Trust) -> Contents:
    match kind:
        case FileKind.PDF:
            return read_pdf(data, trust)
        case FileKind.CMS:
            return read_cms(data, content)
        case FileKind.XML:
            return read_xml(data, content)
        case FileKind.CONTAINER:
            return read_container(data)
        case FileKind.UNKNOWN:
            return Contents(findings=(Finding.UNKNOWN_KIND,))
