"""The report of a check: for a person, who signed, when, whether it holds and why; for a machine, as data."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from onestop.cli.verify_words import FINDINGS, KINDS, VERDICTS
from onestop.trust.rules.certificates import LOCAL_ZONE
from onestop.validation.rules import BREAKING, SignatureReport, VerificationReport
from onestop.validation.rules.indications import Verdict

HOLDS, DOES_NOT_HOLD, UNUSABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Extra:
    """What a further check says of a file, beside its signatures: a public log, a register."""

    code: str
    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, its digest, and all that was found."""

    path: Path
    sha256: str
    report: VerificationReport
    extras: tuple[Extra, ...] = ()

    @property
    def valid(self) -> bool:
        """True if the signatures and every further check hold."""
        return self.report.valid and all(extra.holds for extra in self.extras)

    @property
    def code(self) -> int:
        """The exit code that this file asks for."""
        if self.valid:
            return HOLDS
        return DOES_NOT_HOLD if self.report.usable else UNUSABLE


def as_data(checked: Checked) -> dict[str, Any]:
    """Return what was found for a machine."""
    report = checked.report
    return {
        "file": str(checked.path),
        "sha256": checked.sha256,
        "kind": report.kind.value,
        "valid": checked.valid,
        **_verdict(report.verdict),
        "findings": [finding.value for finding in report.findings],
        "words": [FINDINGS[finding] for finding in report.findings],
        "signatures": [_signature(signature) for signature in report.signatures],
        "extras": [{"code": one.code, "holds": one.holds, "words": one.words} for one in checked.extras],
    }


def _verdict(verdict: Verdict) -> dict[str, str | None]:
    return {"indication": verdict.indication.value, "sub_indication": verdict.sub.value if verdict.sub else None}


def _signature(signature: SignatureReport) -> dict[str, Any]:
    return {
        "valid": signature.valid,
        **_verdict(signature.verdict),
        "signer": signature.signer,
        "organisation": signature.organisation,
        "role": signature.role,
        "level": signature.level,
        "signed_at": _moment(signature.signed_at),
        "stamped_at": _moment(signature.stamped_at),
        "proved_at": _moment(signature.proved_at),
        "authority": signature.authority,
        "stamped_by": signature.stamped_by,
        "intact": signature.intact,
        "trusted": signature.trusted,
        "covers_whole": signature.covers_whole,
        "serial": signature.serial,
        "reason": signature.reason,
        "findings": list(signature.reasons),
        "words": [FINDINGS[finding] for finding in signature.findings],
    }


def as_text(checked: Checked) -> str:
    """Return what was found for a person."""
    report = checked.report
    verdict = report.verdict
    sub = f", {verdict.sub.value}" if verdict.sub else ""
    shown = f"{KINDS[report.kind]}; {verdict.indication.value}{sub}"
    lines = [f"{checked.path}: {VERDICTS[verdict.indication]} ({shown})"]
    lines += [f"  {_mark(finding not in BREAKING)} {FINDINGS[finding]}" for finding in report.findings]
    lines += [line for signature in report.signatures for line in _lines(signature)]
    lines += [f"  {'✓' if extra.holds else '✗'} {extra.words}" for extra in checked.extras]
    return "\n".join(lines)


def _lines(signature: SignatureReport) -> list[str]:
    time = _moment(signature.stamped_at) or _moment(signature.signed_at) or "unknown time"
    who = ", ".join(name for name in dict.fromkeys((signature.signer, signature.organisation)) if name) or "unknown"
    told = [
        f"certificate from {signature.authority}" if signature.authority else "",
        f"time attested by {signature.stamped_by}" if signature.stamped_by else "",
        f"level {signature.level}" if signature.level else "",
    ]
    mark = "✓" if signature.valid else "?" if signature.verdict.indication.value == "INDETERMINATE" else "✗"
    return [
        f"  {mark} {who} ({signature.role or 'signature'}), {time}",
        *([f"      {'; '.join(part for part in told if part)}"] if any(told) else []),
        *(f"      {_mark(finding not in BREAKING)} {FINDINGS[finding]}" for finding in signature.findings),
    ]


def _mark(informs: bool) -> str:
    return "·" if informs else "✗"


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(LOCAL_ZONE).isoformat(timespec="seconds") if at else None
