"""What a CMS signature proves: `.p7s` and `.p7m`, with its content inside, or beside it in another file."""

from functools import partial
from typing import Any

from onestop.validation.queries import signers
from onestop.validation.rules.evidence import Contents, Signed
from onestop.validation.rules.findings import Finding
from onestop.validation.rules.kinds import find_cms


def read_cms(data: bytes, content: bytes | None = None) -> Contents:
    """Return what a CMS signature proves by itself, each signer apart; `content` is what a detached one signs."""
    try:
        signed_data = signers.read_signed_data(find_cms(data) or b"")
        inside = signers.enclosed_content(signed_data)
        infos = list(signed_data["signer_infos"])
    except Exception:  # noqa: BLE001  a message made to confuse its reader is a finding, not a crash
        return Contents(findings=(Finding.BROKEN_FILE,))
    differs = inside is not None and content is not None and inside != content
    covered = content if inside is None else inside
    signed = tuple(_read(signed_data, info, covered, len(infos) - place) for place, info in enumerate(infos))
    return Contents(signed, findings=(Finding.CONTENT_DIFFERS,) if differs else ())


def _read(signed_data: Any, info: Any, covered: bytes | None, position: int) -> Signed:
    if covered is None:
        return Signed(position, findings=[Finding.CONTENT_MISSING])
    try:
        found = signers.check_signer(signed_data, info, partial(signers.hash_of, data=covered))
        return Signed(
            position=position,
            certificate=found.certificate,
            enclosed=found.enclosed,
            revocation=signers.find_statements(signed_data, info),
            claimed=signers.claimed_time(info),
            tokens=signers.check_tokens(info),
            findings=found.findings,
            intact=found.intact,
            whole=True,
        )
    except Exception:  # noqa: BLE001  as above: whatever cannot be read does not hold
        return Signed(position, findings=[Finding.SIGNATURE_BROKEN])
