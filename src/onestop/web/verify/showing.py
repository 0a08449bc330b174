"""An answer of the server in words: the same sentences as the script on the page says."""

from dataclasses import dataclass

from onestop.results.rules.verdicts import Checked, Verdict
from onestop.validation.rules.reports import SignatureReport
from onestop.web.base.moments import day_word, moment_word
from onestop.web.base.wording.findings import finding_word, verdict_word
from onestop.web.verify.wording import words

TONES = {Verdict.HOLDS: "success", Verdict.FAILS: "danger", Verdict.REVOKED: "danger", Verdict.UNKNOWN: "warning"}
Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the page shows: the verdict and its colour, sentences, what the claim says, the signatures of a file."""

    verdict: str
    tone: str
    title: str
    sentences: tuple[str, ...]
    claim: tuple[Row, ...]
    signatures: tuple[Row, ...]


def tell(found: Checked) -> Told:
    """Return an answer in words."""
    said = words()
    date = day_word(found.revoked_at) if found.revoked_at else ""
    return Told(
        found.verdict.value,
        TONES[found.verdict],
        said[f"verdict.{found.verdict}"].replace("{date}", date),
        tuple(sentence for sentence in _sentences(found, said) if sentence),
        () if found.verdict is Verdict.FAILS else _claim(found, said),
        tuple(_signature(one) for one in found.report.signatures) if found.report else (),
    )


def _sentences(found: Checked, said: dict[str, str]) -> tuple[str, ...]:
    if not found.reason:
        return ()
    reason = said.get(f"reason.{found.reason}") or said["reason.other"].replace("{code}", found.reason)
    return (reason, said[f"cause.{int(found.cause)}"] if found.cause else "")


def _claim(found: Checked, said: dict[str, str]) -> tuple[Row, ...]:
    claim = found.claim
    if claim is None:
        return ()
    return (
        *((said.get(f"field.{label}", str(label)), value) for label, value in claim.fields),
        (said["claim.title"], claim.title),
        (said["claim.number"], claim.number),
        (said["claim.issued_by"], " · ".join(filter(None, (found.holder, claim.issuer)))),
        (said["claim.issued_at"], moment_word(claim.issued_at)),
        (said["claim.dossier"], claim.dossier_code),
    )


def _signature(one: SignatureReport) -> Row:
    """Return the judgement of a signature in the three answers of ETSI EN 319 102-1, and every finding."""
    at = one.stamped_at or one.signed_at
    parts = (one.signer, one.organisation, moment_word(at) if at else "", *(finding_word(f) for f in one.findings))
    return verdict_word(one.verdict.indication), " · ".join(dict.fromkeys(filter(None, parts)))
