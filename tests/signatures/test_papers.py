"""Papers signed and sealed: what holds, and every way of spoiling one that must be found and named."""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko_certvalidator.registry import SimpleCertificateStore

from onestop.config.trust import plug_local_trust
from onestop.errors import Invalid, Refused, Unavailable
from onestop.signatures import operations
from onestop.signatures.operations import fields, files, placing, revision
from onestop.signatures.rules.order import LEGAL_ORDER
from onestop.trust import ports
from onestop.trust.adapters.held_keys import HeldKeys
from onestop.trust.rules import RevocationReason, SignatureRole, cms
from onestop.validation.queries import verify_detached, verify_pdf
from onestop.validation.rules import Finding

BOX = (-1, 345.0, 92.0, 532.0, 166.0)


@pytest.fixture
def sealed(office: Any, paper: bytes) -> bytes:
    return office.put_seal(office.sign(paper))


def _findings(pdf: bytes, at: datetime | None = None) -> list[tuple[Finding, ...]]:
    report = verify_pdf(pdf, at)
    assert not report.valid
    return [report.findings, *(signature.findings for signature in report.signatures)]


def _broken_by(pdf: bytes, finding: Finding) -> bool:
    return any(finding in found for found in _findings(pdf))


# -- what holds -----------------------------------------------------------------------------------


def test_leader_then_organisation(office: Any, sealed: bytes) -> None:
    report = verify_pdf(sealed)
    assert report.valid
    leader, seal = report.signatures
    assert (leader.signer, leader.organisation, leader.role) == (office.name, office.organisation, "leader")
    assert (seal.signer, seal.role) == (office.organisation, "organisation")
    assert leader.signed_at == leader.stamped_at == seal.stamped_at == office.at
    assert leader.findings == (Finding.FOLLOWED,)
    assert seal.findings == ()
    assert (leader.covers_whole, seal.covers_whole) == (False, True)


def test_what_was_there_is_not_touched(paper: bytes, office: Any) -> None:
    signed = office.sign(paper)
    assert signed.startswith(paper)
    assert office.put_seal(signed).startswith(signed)


def test_files_with_packed_objects(office: Any, packed: bytes) -> None:
    assert b"/ObjStm" in packed
    signed = office.put_seal(office.sign(packed))
    assert [signature.valid for signature in verify_pdf(signed).signatures] == [True, True]
    with pikepdf.open(io.BytesIO(signed)) as opened:
        assert opened.check_pdf_syntax() == []


def test_every_role_on_a_small_page(office: Any, typeset: Any) -> None:
    pdf = typeset("= Phiếu", paper="a5")
    roles = sorted(SignatureRole, key=lambda role: LEGAL_ORDER.index(role) if role in LEGAL_ORDER else 9)
    for role in roles:
        pdf = office.sign(pdf, role=role, key=office.seal if role is SignatureRole.ORGANISATION else office.leader)
    report = verify_pdf(pdf)
    assert report.valid
    assert [signature.role for signature in report.signatures] == [role.value for role in roles]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (SignatureRole.ORGANISATION, SignatureRole.LEADER),
        (SignatureRole.ORGANISATION, SignatureRole.INITIALS),
        (SignatureRole.LEADER, SignatureRole.INITIALS),
    ],
)
def test_a_wrong_order_is_refused(office: Any, paper: bytes, first: SignatureRole, then: SignatureRole) -> None:
    signed = office.sign(paper, role=first)
    with pytest.raises(Refused) as caught:
        office.sign(signed, role=then)
    assert (caught.value.code, caught.value.params["after"]) == ("signature.out_of_order", first.value)
    assert verify_pdf(office.sign(signed, role=first)).valid


def test_the_same_role_twice_has_two_fields(office: Any, paper: bytes) -> None:
    twice = office.sign(office.sign(paper), box=(0, 50, 50, 200, 90))
    assert verify_pdf(twice).valid
    with pikepdf.open(io.BytesIO(twice)) as opened:
        assert [str(field.T) for field in opened.Root.AcroForm.Fields] == ["leader-1", "leader-2"]


def test_the_place_is_the_one_asked_for(office: Any, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(office.sign(paper, box=BOX, reason="Phê duyệt"))) as opened:
        field = opened.Root.AcroForm.Fields[0]
        assert [float(edge) for edge in field.Rect] == list(BOX[1:])
        assert str(field.TU).startswith("Ký bởi: Nguyễn Văn Quang")
        assert str(field.V.Reason) == "Phê duyệt"
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
        assert opened.check_pdf_syntax() == []
    assert verify_pdf(office.sign(paper, reason="Phê duyệt")).signatures[0].reason == "Phê duyệt"


def test_the_signature_is_seen_on_the_page(office: Any, paper: bytes) -> None:
    def ink(pdf: bytes) -> int:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()
        picture = document[0].render(scale=1).to_pil().crop((345, 842 - 166, 532, 842 - 92)).convert("L")
        document.close()
        return sum(1 for shade in picture.tobytes() if shade < 128)

    assert ink(paper) == 0
    assert ink(office.sign(paper, box=BOX)) > 200


def test_annotations_of_the_file_stay(office: Any, typeset: Any) -> None:
    linked = typeset('#link("https://example.org")[Cổng dịch vụ công]')
    for kept_apart in (False, True):
        with pikepdf.open(io.BytesIO(linked)) as opened:
            if kept_apart:
                opened.pages[0].Annots = opened.make_indirect(opened.pages[0].Annots)
            out = io.BytesIO()
            opened.save(out)
        signed = office.put_seal(office.sign(out.getvalue()))
        assert verify_pdf(signed).valid
        with pikepdf.open(io.BytesIO(signed)) as opened:
            assert [str(note.Subtype) for note in opened.pages[0].Annots] == ["/Link", "/Widget", "/Widget"]


def test_a_form_of_the_file_stays(office: Any, paper: bytes) -> None:
    with pikepdf.open(io.BytesIO(paper)) as opened:
        kept = pikepdf.Dictionary(T="note", FT=pikepdf.Name.Tx)
        opened.Root.AcroForm = pikepdf.Dictionary(Fields=[opened.make_indirect(kept)])
        out = io.BytesIO()
        opened.save(out)
    signed = office.put_seal(office.sign(out.getvalue()))
    assert verify_pdf(signed).valid
    with pikepdf.open(io.BytesIO(signed)) as opened:
        assert [str(field.T) for field in opened.Root.AcroForm.Fields] == ["note", "leader-1", "organisation-1"]


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_can_be_shown(office: Any, paper: bytes, name: str) -> None:
    assert verify_pdf(office.sign(paper, name_shown=name)).valid


def test_every_vietnamese_letter_has_its_shape() -> None:
    from onestop.signatures.operations.lettering import _source, face_for

    letters = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệfghiíìỉĩịjklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvwxyýỳỷỹỵz"
    missing = _source().letter("\uffff").outline
    assert [c for c in letters + letters.upper() if _source().letter(c).outline == missing] == []
    face = face_for([letters])
    assert len(face.glyphs) == len(letters)
    assert len(face.widths) == len(letters) + 1


def test_it_can_be_checked_beside_a_running_loop(sealed: bytes) -> None:
    async def check() -> bool:
        return verify_pdf(sealed).valid

    assert asyncio.run(check())


# -- prepared now, completed later ----------------------------------------------------------------


def test_a_holder_who_answers_later(office: Any, paper: bytes) -> None:
    held = HeldKeys(ports.keys())
    ports.keys.plug(held)
    with pytest.raises(Unavailable, match=r"key\.asks_holder"):
        office.sign(paper)
    prepared = operations.prepare_pdf(
        pdf=paper, key=office.leader, at=office.at, role=SignatureRole.LEADER, name_shown=office.name
    )
    request = held.request(office.leader, prepared.digest)
    held.confirm(request, {})
    signature = held.collect(request)
    assert signature is not None
    assert verify_pdf(operations.complete_pdf(prepared=prepared, signature=signature)).valid


def test_a_signature_of_another_key_is_not_put_in(office: Any, paper: bytes) -> None:
    prepared = operations.prepare_pdf(
        pdf=paper, key=office.leader, at=office.at, role=SignatureRole.LEADER, name_shown=office.name
    )
    for signature in (ports.keys().sign(office.seal, prepared.digest), ports.keys().sign(office.leader, bytes(32))):
        with pytest.raises(Refused, match=r"signature\.invalid"):
            operations.complete_pdf(prepared=prepared, signature=signature)


# -- what cannot be signed ------------------------------------------------------------------------


@pytest.mark.parametrize("pdf", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_not_signed(office: Any, pdf: bytes) -> None:
    with pytest.raises(Invalid, match=r"pdf\.not_readable"):
        office.sign(pdf)


def test_a_locked_file_is_not_signed(office: Any, paper: bytes) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
    with pytest.raises(Invalid, match=r"pdf\.locked"):
        office.sign(out.getvalue())


def test_a_file_too_large_is_not_signed(office: Any, paper: bytes) -> None:
    with pytest.raises(Invalid, match=r"pdf\.too_large"):
        office.sign(paper + bytes(files.LARGEST))


@pytest.mark.parametrize("allowed", [1, 2])
def test_a_file_that_its_signer_closed_is_not_signed(office: Any, paper: bytes, allowed: int) -> None:
    """Certified with no change allowed (1), or with further signatures (2)."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields as pyhanko_fields
    from pyhanko.sign import signers

    key, chain = ec.generate_private_key(ec.SECP256R1()), ports.keys().chain(office.leader)
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(chain[0]),
        signing_key=asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        cert_registry=SimpleCertificateStore(),
    )
    wish = signers.PdfSignatureMetadata(
        field_name="Author", certify=True, docmdp_permissions=pyhanko_fields.MDPPerm(allowed)
    )
    certified = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(paper)), wish, signer=signer).getvalue()
    if allowed == 2:
        assert office.sign(certified).startswith(certified)
        return
    with pytest.raises(Invalid, match=r"pdf\.form_locked"):
        office.sign(certified)


@pytest.mark.parametrize(
    ("box", "code"),
    [
        ((5, 0, 0, 10, 10), "box.no_page"),
        ((-2, 0, 0, 10, 10), "box.no_page"),
        ((0, 500, 10, 700, 90), "box.outside_page"),
        ((0, 50, 90, 20, 10), "box.outside_page"),
    ],
)
def test_places_that_are_not_on_the_paper(office: Any, paper: bytes, box: tuple, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        office.sign(paper, box=box)


def test_only_a_certificate_in_force_signs(office: Any, paper: bytes) -> None:
    with pytest.raises(Refused, match=r"certificate\.not_yet_valid"):
        office.sign(paper, at=datetime(2022, 6, 1, tzinfo=UTC))
    with pytest.raises(Refused, match=r"certificate\.expired"):
        office.sign(paper, at=datetime(2034, 6, 1, tzinfo=UTC))
    _revoke(office, office.at)
    with pytest.raises(Refused, match=r"certificate\.revoked"):
        office.sign(paper)
    assert verify_pdf(office.put_seal(paper)).valid


def _revoke(office: Any, at: datetime) -> None:
    certificate = x509.load_der_x509_certificate(ports.keys().chain(office.leader)[0])
    ports.authority().revoke(certificate.serial_number, at, RevocationReason.KEY_COMPROMISE)


# -- what does not hold, and how it is named ------------------------------------------------------


def test_not_a_pdf_and_not_signed(paper: bytes, office: Any) -> None:
    assert verify_pdf(b"PK\x03\x04").findings == (Finding.NOT_A_PDF,)
    assert not verify_pdf(b"").usable
    assert verify_pdf(b"%PDF-1.7\nnothing").findings == (Finding.BROKEN_FILE,)
    assert verify_pdf(paper).findings == (Finding.NO_SIGNATURE,)
    assert verify_pdf(paper).usable


def test_any_altered_byte_is_found(sealed: bytes, paper: bytes) -> None:
    """In the paper, in either signature's own objects, in the empty space behind the signatures."""
    tried = range(20, len(sealed), 1499)
    for place in tried:
        spoilt = bytearray(sealed)
        spoilt[place] ^= 0x01
        assert not verify_pdf(bytes(spoilt)).valid, place


def test_an_altered_byte_is_named(sealed: bytes, paper: bytes) -> None:
    spoilt = sealed.replace(b"/Lang(vi)", b"/Lang(en)")
    assert [Finding.ALTERED in found for found in _findings(spoilt)] == [False, True, True]


def test_bytes_hidden_behind_a_signature_are_found(office: Any, paper: bytes) -> None:
    signed = office.sign(paper)
    end = signed.index(b">", signed.rindex(b"/Contents <") + 20)
    assert _broken_by(signed[: end - 8] + b"deadbeef" + signed[end:], Finding.NOT_COVERED)


def test_a_changed_page_after_signing_is_found(sealed: bytes) -> None:
    file = files.open_plain(sealed)
    update = revision.Revision(file)
    page = fields.find_spot(file, SignatureRole.LEADER, None).page
    update.change(page, {b"/Contents": b"%d 0 R" % update.add_stream(b"", b"BT ET")})
    assert [Finding.CHANGED_AFTER in found for found in _findings(update.finish())] == [False, True, True]


def test_objects_or_bytes_added_after_the_last_signature_are_found(sealed: bytes) -> None:
    update = revision.Revision(files.open_plain(sealed))
    update.add(b"<</Secret (nobody refers to it)>>")
    for spoilt in (update.finish(), sealed + b"% more\n"):
        assert _broken_by(spoilt, Finding.CHANGED_AFTER)
    assert _broken_by(sealed + b"\n%%EOF\n", Finding.BROKEN_FILE)


def test_a_further_field_after_the_last_signature_is_found(office: Any, sealed: bytes) -> None:
    wish = placing.Wish(SignatureRole.ORGANISATION, ("x",), "x", "", office.at, None, 100)
    assert not verify_pdf(placing.make_room(sealed, wish).pdf).valid


def test_the_first_signature_stands_without_the_second(office: Any, paper: bytes) -> None:
    signed = office.sign(paper)
    assert verify_pdf(office.put_seal(signed)[: len(signed)]).valid


def test_a_signature_carried_over_from_another_paper_is_found(office: Any, paper: bytes, typeset: Any) -> None:
    def contents(pdf: bytes) -> tuple[int, int]:
        start = pdf.rindex(b"/Contents <") + 11
        return start, pdf.index(b">", start)

    mine, other = office.sign(paper), office.sign(typeset("= Giấy khác"))
    (a, b), (c, d) = contents(mine), contents(other)
    assert b - a == d - c
    assert _broken_by(mine[:a] + other[c:d] + mine[b:], Finding.ALTERED)


def test_a_signature_of_another_key_under_the_leaders_name_is_found(office: Any, paper: bytes) -> None:
    prepared = operations.prepare_pdf(
        pdf=paper, key=office.leader, at=office.at, role=SignatureRole.LEADER, name_shown=office.name
    )
    signature = ports.keys().sign(office.seal, prepared.digest)
    made = cms.signed_data(chain=prepared.chain, attributes=prepared.attributes, signature=signature)
    forged = verify_pdf(prepared.room.fill(made))
    assert Finding.INVALID in forged.signatures[0].findings
    assert not forged.valid


def test_an_unknown_authority_is_named(office: Any, paper: bytes, tmp_path: Path) -> None:
    plug_local_trust(tmp_path / "foreign", "secret")
    office.enrol(office.leader, office.name)
    forged = office.sign(paper)
    assert verify_pdf(forged).valid
    plug_local_trust(office.folder, "a secret of this test")
    (found,) = verify_pdf(forged).signatures
    assert {Finding.UNTRUSTED, Finding.STAMP_UNTRUSTED} <= set(found.findings)
    assert found.intact
    assert not found.trusted


def test_an_unstamped_signature_says_so_and_expires(office: Any, paper: bytes) -> None:
    signed = office.sign(paper, stamp=False)
    report = verify_pdf(signed)
    assert report.valid
    assert report.signatures[0].findings == (Finding.NO_STAMP,)
    assert report.signatures[0].stamped_at is None
    assert _findings(signed, datetime(2040, 1, 1, tzinfo=UTC))[1] == (Finding.NO_STAMP, Finding.EXPIRED_UNPROVEN)
    assert _findings(signed, datetime(2020, 1, 1, tzinfo=UTC))[1] == (Finding.NO_STAMP, Finding.NOT_YET_VALID)


def test_a_stamped_signature_outlives_its_certificate(office: Any, paper: bytes) -> None:
    assert verify_pdf(office.sign(paper), datetime(2040, 1, 1, tzinfo=UTC)).valid


def test_revocation_spares_what_was_stamped_before(office: Any, paper: bytes) -> None:
    before, unstamped = office.sign(paper), office.sign(paper, stamp=False)
    after = office.sign(paper, at=office.at + timedelta(days=3))
    assert verify_pdf(after).valid
    _revoke(office, office.at + timedelta(days=1))
    assert verify_pdf(before).valid
    assert _findings(after)[1] == (Finding.REVOKED,)
    assert Finding.REVOKED_UNPROVEN in _findings(unstamped)[1]
    assert verify_pdf(unstamped, office.at).valid


def test_a_stamp_over_something_else_is_found(office: Any, paper: bytes) -> None:
    class Elsewhere:
        max_bytes = 2000

        def stamp(self, digest: bytes, at: datetime) -> bytes:
            return honest.stamp(bytes(32), at)

    honest = ports.time_stamps()
    ports.time_stamps.plug(Elsewhere())
    assert Finding.STAMP_INVALID in _findings(office.sign(paper))[1]


def test_a_claimed_time_far_from_the_stamp_is_told(office: Any, paper: bytes) -> None:
    class Late:
        max_bytes = 2000

        def stamp(self, digest: bytes, at: datetime) -> bytes:
            return honest.stamp(digest, at + timedelta(days=30))

    honest = ports.time_stamps()
    ports.time_stamps.plug(Late())
    report = verify_pdf(office.sign(paper))
    assert report.valid
    assert report.signatures[0].findings == (Finding.TIMES_DIFFER,)
    assert report.signatures[0].stamped_at == office.at + timedelta(days=30)


@given(st.integers(min_value=0), st.binary(max_size=40), st.integers(min_value=0, max_value=60))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_spoilt_file_never_holds_and_never_crashes(sealed: bytes, place: int, inserted: bytes, cut: int) -> None:
    at = place % len(sealed)
    spoilt = sealed[:at] + inserted + sealed[at + cut :]
    if spoilt != sealed:
        assert not verify_pdf(spoilt).valid


def test_a_signature_by_itself(office: Any) -> None:
    digest, other = bytes(32), b"\x01" * 32
    chain, signature = ports.keys().chain(office.leader), ports.keys().sign(office.leader, digest)
    held = verify_detached(digest=digest, signature=signature, certificate=chain[0], at=office.at)
    assert held.valid
    assert (held.signer, held.organisation) == (office.name, office.organisation)
    assert not verify_detached(digest=other, signature=signature, certificate=chain[0], at=office.at).valid
    seal = ports.keys().chain(office.seal)[0]
    assert verify_detached(digest=digest, signature=signature, certificate=seal, at=office.at).findings == (
        Finding.INVALID,
    )
    garbage = verify_detached(digest=digest, signature=signature, certificate=b"x", at=office.at)
    assert garbage.findings == (Finding.SIGNATURE_BROKEN,)
    _revoke(office, office.at)
    revoked = verify_detached(digest=digest, signature=signature, certificate=chain[0], at=office.at)
    assert revoked.findings == (Finding.REVOKED,)
