"""From what the bytes prove to what holds: when a signature is proved to have existed, and whom to believe then.

One way for every kind of file. First the stamps, the newest first: each proves something only if it could still be
relied on when the next one covered it. Then every signature at the earliest moment proved for it.
Source: ETSI EN 319 102-1, 5.3 (basic validation), 5.5 (with time), 5.6 (with proofs of existence).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from onestop.trust.rules.trust_lists import ServiceKind
from onestop.validation.queries.anchors import Chain, Trust, load
from onestop.validation.rules.evidence import Contents, Signed, Token
from onestop.validation.rules.findings import OF_CERTIFICATE, Finding
from onestop.validation.rules.kinds import FileKind
from onestop.validation.rules.policy import may_sign_papers
from onestop.validation.rules.proofs import Stamp, find_proofs, in_order, proved_from
from onestop.validation.rules.reports import SignatureReport, VerificationReport

_CLOCKS_DIFFER = timedelta(hours=1)
_TICK = timedelta(seconds=1)


def judge(contents: Contents, trust: Trust, at: datetime | None, kind: FileKind) -> VerificationReport:
    """Return what holds of a file at a moment; without one, at the last moment that the file itself names."""
    trust = Trust(trust.anchors, contents.pool, contents.statements)
    times = Times(contents, trust, at)
    return VerificationReport(tuple(_report(one, times, trust) for one in contents.signed), contents.findings, kind)


class Times:
    """The stamps of a file, and what each proves."""

    def __init__(self, contents: Contents, trust: Trust, at: datetime | None) -> None:
        self._trust = trust
        self.at = at
        self.looked = at or _last_named(contents)
        judged = [(stamp, self._judge(stamp.position, stamp.token)) for stamp in contents.stamps]
        self.proofs = find_proofs([one for _, (one, _) in judged], self.looked)
        self._faults = {stamp.position: faults for stamp, (_, faults) in judged}
        self._stamps = [one for _, (one, _) in judged]

    def prove(self, signed: Signed) -> tuple[datetime | None, Token | None, list[Finding]]:
        """Return the earliest moment proved for a signature, the stamp of its own that holds, and what is wrong."""
        covered = proved_from(signed.position, self.proofs, self.looked)
        findings = [fault for place, faults in self._faults.items() if place > signed.position for fault in faults]
        own: list[tuple[Stamp, Token]] = []
        for token in signed.tokens:
            stamp, faults = self._judge(signed.position, token)
            findings += faults
            if stamp.proves_at(covered):
                own.append((stamp, token))
            elif stamp.reliable:
                findings.append(Finding.STAMP_EXPIRED if stamp.ends <= covered else _void(stamp, covered))
        if not in_order([*(stamp for stamp, _ in own), *(p for p in self._stamps if p.position > signed.position)]):
            findings.append(Finding.STAMPS_OUT_OF_ORDER)
        best = min(own, key=lambda one: one[0].time, default=None)
        proved = min([stamp.time for stamp, _ in own] + ([covered] if self.covers(signed) else []), default=None)
        return proved, best[1] if best else None, findings

    def covers(self, signed: Signed) -> bool:
        """True if a stamp of the document that holds covers the signature."""
        return any(proof.position > signed.position for proof in self.proofs)

    def _judge(self, position: int, token: Token) -> tuple[Stamp, list[Finding]]:
        """A token as a stamp in time, and what is wrong with its authority at its own moment."""
        findings = list(token.findings)
        certificate = load(token.certificate)
        if certificate is None:
            return Stamp(position, token.time, token.time, reliable=False), [Finding.STAMP_INVALID]
        chain = self._trust.find_chain(token.certificate, token.time, ServiceKind.STAMPS)
        if chain.fault:
            findings.append(Finding.STAMP_UNTRUSTED)
        if not _may_stamp(certificate):
            findings.append(Finding.STAMP_WRONG_USAGE)
        if not certificate.not_valid_before_utc <= token.time < certificate.not_valid_after_utc:
            findings.append(Finding.STAMP_INVALID)
        void_from, known = self._revoked(chain, token)
        if void_from and void_from <= token.time:
            findings.append(Finding.STAMP_REVOKED)
        if not known and not findings:
            findings.append(Finding.STAMP_UNKNOWN)
        ends = certificate.not_valid_after_utc
        return Stamp(position, token.time, ends, not findings, void_from), findings

    def _revoked(self, chain: Chain, token: Token) -> tuple[datetime | None, bool]:
        """From when on a stamp counts no more, and whether revocations are known at all."""
        found = self._trust.find_revocations(chain, token.time)
        void = [one.since for one in found if one.since and (not one.forgiving or one.since <= token.time)]
        return min(void, default=None), bool(chain.certificates) and all(one.known for one in found)


def _void(stamp: Stamp, covered: datetime) -> Finding:
    return Finding.STAMP_REVOKED if stamp.void_from and stamp.void_from <= covered else Finding.STAMP_INVALID


def _last_named(contents: Contents) -> datetime:
    """The last moment that a file names: whoever asks about no other moment is told about that one."""
    tokens = [token for one in contents.signed for token in one.tokens] + [one.token for one in contents.stamps]
    named = [token.time for token in tokens] + [one.claimed for one in contents.signed if one.claimed]
    ends = [c.not_valid_after_utc - _TICK for one in contents.signed if (c := load(one.certificate))]
    return max(named or ends, default=datetime.max.replace(tzinfo=UTC))


def _may_stamp(certificate: x509.Certificate) -> bool:
    """True for a certificate made for time stamps and nothing else (RFC 3161, 2.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return usage.critical and list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


@dataclass(frozen=True, slots=True)
class _Moment:
    """When a signature is judged: at `time`; `proved` if stamps say so; `asked` if the caller did."""

    time: datetime
    proved: datetime | None
    asked: datetime | None
    claimed: datetime | None


def _report(signed: Signed, times: Times, trust: Trust) -> SignatureReport:
    proved, token, faults = times.prove(signed)
    found = list(signed.findings)
    found += faults
    if not signed.tokens:
        found.append(Finding.NO_STAMP)
    if token and signed.claimed and abs(signed.claimed - token.time) > _CLOCKS_DIFFER:
        found.append(Finding.TIMES_DIFFER)
    certificate = load(signed.certificate)
    time = proved or times.at or signed.claimed or times.looked
    moment = _Moment(time, proved, times.at, signed.claimed)
    chain = Chain(())
    if certificate is None:
        found.append(Finding.NO_CERTIFICATE)
    else:
        chain = trust.find_chain(signed.certificate, moment.time, ServiceKind.CERTIFICATES)
        found += _judge_certificate(certificate, chain, moment, trust)
    findings = tuple(dict.fromkeys(found))
    return SignatureReport(
        signer=_name(certificate, x509.NameOID.COMMON_NAME),
        organisation=_name(certificate, x509.NameOID.ORGANIZATION_NAME),
        role=signed.role,
        signed_at=signed.claimed,
        stamped_at=token.time if token else None,
        intact=signed.intact,
        trusted=OF_CERTIFICATE.isdisjoint(findings),
        covers_whole=signed.whole,
        serial=f"{certificate.serial_number:x}" if certificate else "",
        reason=signed.reason,
        findings=findings,
        proved_at=proved,
        level=_level(signed, times, token, trust.is_told(chain, moment.time)),
        authority=_issuer_name(certificate),
        stamped_by=_name(load(token.certificate), x509.NameOID.COMMON_NAME) if token else "",
        numbers=_numbers(certificate),
    )


def _judge_certificate(certificate: x509.Certificate, chain: Chain, moment: _Moment, trust: Trust) -> list[Finding]:
    found = [chain.fault] if chain.fault else []
    if not may_sign_papers(certificate):
        found.append(Finding.WRONG_USAGE)
    found += _judge_dates(certificate, moment)
    if chain.certificates:
        found += _judge_revocation(chain, moment, trust)
    return found


def _judge_dates(certificate: x509.Certificate, moment: _Moment) -> list[Finding]:
    if moment.time < certificate.not_valid_before_utc:
        return [Finding.STAMPED_TOO_EARLY if moment.proved else Finding.NOT_YET_VALID]
    if moment.time >= certificate.not_valid_after_utc:
        claimed = moment.claimed and moment.claimed >= certificate.not_valid_after_utc
        return [Finding.EXPIRED if claimed else Finding.EXPIRED_UNPROVEN]
    return []


def _judge_revocation(chain: Chain, moment: _Moment, trust: Trust) -> list[Finding]:
    """A revocation counts until the moment proved; without a proof, until the one asked about."""
    until = moment.proved or moment.asked
    found: list[Finding] = []
    for place, one in enumerate(trust.find_revocations(chain, moment.time)):
        if one.since and (until is None or one.since <= until):
            if place:
                found.append(Finding.AUTHORITY_REVOKED)
            else:
                later = moment.claimed is not None and moment.claimed >= one.since
                found.append(Finding.REVOKED if later else Finding.REVOKED_UNPROVEN)
        if not one.known:
            found.append(Finding.REVOCATION_UNKNOWN)
    return found


def _level(signed: Signed, times: Times, token: Token | None, told: bool) -> str:
    """The baseline level reached: stamped, with its revocation data inside, and that stamped again."""
    if not signed.intact:
        return ""
    if token is None:
        return "B-B"
    if not told:
        return "B-T"
    return "B-LTA" if times.covers(signed) else "B-LT"


def _name(certificate: x509.Certificate | None, oid: x509.ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid) if certificate else []
    return str(found[0].value) if found else ""


def _numbers(certificate: x509.Certificate | None) -> tuple[str, ...]:
    kinds = (x509.NameOID.USER_ID, x509.NameOID.SERIAL_NUMBER)
    found = (one for kind in kinds for one in (certificate.subject.get_attributes_for_oid(kind) if certificate else ()))
    return tuple(str(one.value) for one in found)


def _issuer_name(certificate: x509.Certificate | None) -> str:
    found = certificate.issuer.get_attributes_for_oid(x509.NameOID.COMMON_NAME) if certificate else []
    return str(found[0].value) if found else ""
