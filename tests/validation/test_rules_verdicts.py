"""From findings to verdicts, with examples from the standard; proofs of existence; what revocation lists say."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from onestop.cli.verify_words import FINDINGS, KINDS
from onestop.cli.verify_words import VERDICTS as WORDS
from onestop.validation.rules import BREAKING, FileKind, Finding, Indication
from onestop.validation.rules.findings import INFORMING, UNUSABLE
from onestop.validation.rules.indications import VERDICTS, indicate, worst
from onestop.validation.rules.kinds import detect_kind
from onestop.validation.rules.proofs import Stamp, find_proofs, in_order, proved_from
from onestop.validation.rules.revocation import Statements, find_revocation
from tests.validation.attacks.authority import AT, BEGIN, END, Authority, days

with (Path(__file__).parent / "examples" / "indications.csv").open(encoding="utf-8") as _file:
    EXAMPLES = list(csv.DictReader(_file))

findings = st.lists(st.sampled_from(sorted(Finding)), max_size=6)
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["findings"] or "nothing")
def test_examples(example: dict[str, str]) -> None:
    verdict = indicate(Finding(code) for code in example["findings"].split())
    assert verdict.indication.value == example["indication"]
    assert (verdict.sub.value if verdict.sub else "") == example["sub_indication"]


def test_every_finding_either_informs_or_has_a_verdict() -> None:
    assert set(VERDICTS) == BREAKING
    assert set(VERDICTS).isdisjoint(INFORMING)
    assert UNUSABLE <= BREAKING
    assert all(verdict.sub and verdict.indication is not Indication.TOTAL_PASSED for verdict in VERDICTS.values())


@given(findings, findings)
def test_more_findings_never_make_it_better(some: list[Finding], more: list[Finding]) -> None:
    order = list(Indication)
    one, both = indicate(some), indicate([*some, *more])
    assert order.index(both.indication) >= order.index(one.indication)
    assert both == indicate([*more, *some])
    assert worst([one, indicate(more)]) == both


@given(findings)
def test_it_passes_only_if_nothing_breaks_it(some: list[Finding]) -> None:
    assert (indicate(some).indication is Indication.TOTAL_PASSED) == BREAKING.isdisjoint(some)


def test_everything_is_in_words_the_same_for_terminal_and_faces() -> None:
    from onestop.web.base.wording import findings as faces

    assert set(FINDINGS) == set(faces.FINDINGS) == set(Finding)
    assert set(KINDS) == set(faces.KINDS) == set(FileKind)
    assert set(WORDS) == set(faces.VERDICTS) == set(Indication)
    said = {finding: faces.FINDINGS[finding]._args[0] for finding in Finding}
    assert said == {finding: words[0].upper() + words[1:] for finding, words in FINDINGS.items()}


# -- proofs of existence --------------------------------------------------------------------------

hours = st.integers(0, 1000).map(lambda n: START + timedelta(hours=n))


@st.composite
def _stamps(draw: st.DrawFn) -> list[Stamp]:
    count = draw(st.integers(0, 5))
    return [
        Stamp(place + 1, draw(hours), draw(hours), draw(st.booleans()), draw(st.none() | hours))
        for place in range(count)
    ]


@given(_stamps(), hours)
def test_only_what_can_be_relied_on_proves(stamps: list[Stamp], at: datetime) -> None:
    proofs = find_proofs(stamps, at)
    control = at
    for proof in proofs:
        assert proof.reliable
        assert proof.time <= control < proof.ends
        assert proof.void_from is None or proof.void_from > control
        control = min(control, proof.time)
    assert proved_from(0, proofs, at) == control <= at


@given(_stamps(), hours)
def test_an_unreliable_stamp_changes_nothing(stamps: list[Stamp], at: datetime) -> None:
    assert find_proofs([one for one in stamps if one.reliable], at) == find_proofs(stamps, at)


@given(_stamps(), hours)
def test_a_fresh_stamp_over_all_never_takes_a_proof_away_that_holds_now(stamps: list[Stamp], at: datetime) -> None:
    fresh = Stamp(99, at, at + timedelta(days=3650))
    assert find_proofs([*stamps, fresh], at)[1:] == find_proofs(stamps, at)
    assert proved_from(0, find_proofs([*stamps, fresh], at), at) == proved_from(0, find_proofs(stamps, at), at)


def test_a_chain_of_stamps_carries_a_proof_beyond_the_first_ones_end() -> None:
    first = Stamp(1, START, START + timedelta(days=100))
    in_time = Stamp(2, START + timedelta(days=90), START + timedelta(days=400))
    too_late = Stamp(2, START + timedelta(days=110), START + timedelta(days=400))
    at = START + timedelta(days=300)
    assert proved_from(0, find_proofs([first, in_time], at), at) == first.time
    assert proved_from(0, find_proofs([first, too_late], at), at) == too_late.time
    assert find_proofs([first], at) == ()
    assert in_order([first, in_time])
    assert not in_order([in_time, Stamp(3, START, START)])


# -- revocations ----------------------------------------------------------------------------------


def test_what_a_list_says_and_for_how_long() -> None:
    authority = Authority("telling root", next_update=AT + days(7))
    holder = authority.holder("somebody")
    issuer = authority.root.certificate
    told = find_revocation(holder.certificate, issuer, Statements((authority.crl(),)), AT)
    assert (told.known, told.since) == (True, None)
    assert not find_revocation(holder.certificate, issuer, Statements((authority.crl(),)), AT + days(8)).known
    authority.revoke(holder, AT)
    told = find_revocation(holder.certificate, issuer, Statements((authority.crl(),)), AT + days(8))
    assert (told.known, told.since, told.forgiving) == (True, AT, False)


def test_a_list_of_somebody_else_says_nothing() -> None:
    authority, other = Authority("telling root"), Authority("another root")
    holder = authority.holder("somebody")
    forged = Authority("telling root")
    other.revoke(holder, AT)
    for crl in (other.crl(), b"no list", forged.crl()[:-3] + b"abc"):
        told = find_revocation(holder.certificate, authority.root.certificate, Statements((crl,)), AT)
        assert (told.known, told.since) == (False, None)


@pytest.mark.parametrize("good", [True, False])
def test_what_an_answer_says(good: bool) -> None:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.x509 import ocsp
    from cryptography.x509.oid import ExtendedKeyUsageOID

    authority = Authority("answering root")
    holder = authority.holder("somebody")
    helper = authority.holder("answers", eku=ExtendedKeyUsageOID.OCSP_SIGNING)
    stranger = Authority("another root").holder("answers", eku=ExtendedKeyUsageOID.OCSP_SIGNING)
    for by, believed in ((authority.root, True), (helper, True), (stranger, False), (holder, False)):
        made = ocsp.OCSPResponseBuilder().add_response(
            holder.certificate, authority.root.certificate, hashes.SHA256(),
            ocsp.OCSPCertStatus.GOOD if good else ocsp.OCSPCertStatus.REVOKED, AT, AT + days(1),
            None if good else AT - days(1), None if good else x509.ReasonFlags.key_compromise,
        ).certificates([by.certificate]).responder_id(ocsp.OCSPResponderEncoding.NAME, by.certificate)  # fmt: skip
        answer = made.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
        told = find_revocation(holder.certificate, authority.root.certificate, Statements((), (answer,)), AT)
        assert (told.known, told.since is None) == (believed, good or not believed)


def test_kinds_are_told_by_content() -> None:
    assert detect_kind(b"\xef\xbb\xbf <?xml version='1.0'?><a/>") is FileKind.XML
    assert detect_kind(b"junk %PDF-1.7") is FileKind.PDF
    assert detect_kind(b"MIIB") is FileKind.UNKNOWN
    assert BEGIN < AT < END
