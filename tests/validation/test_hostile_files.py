"""Files made to hurt: whatever is in them, the answer is a report, in bounded time and memory."""

import io
import zlib
from functools import cache

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.cli.bounded import run_bounded
from onestop.validation.queries import verify_file
from onestop.validation.queries.files import MAX_BYTES
from onestop.validation.rules import BREAKING, Finding, VerificationReport
from tests.validation.attacks import markup
from tests.validation.attacks.authority import AT
from tests.validation.attacks.messages import Wish, signed_message
from tests.validation.attacks.on_containers import pack, with_cades, with_xades
from tests.validation.attacks.paper import append, base, first, signer, stream
from tests.validation.attacks.samples import NOW

TEXT = b"Sum: 100"


@cache
def _good() -> dict[str, bytes]:
    made = signer()
    return {
        "pdf": made.paper(),
        "cms": signed_message(made.leader, TEXT, Wish(stamps=(made.authority, AT, None))),
        "xml": markup.enveloped(made.leader),
        "xades": pack(with_xades(made)),
        "cades": pack(with_cades(made)),
    }


def _verify(data: bytes, content: bytes | None = None) -> VerificationReport:
    return verify_file(data, NOW, content=content, anchors=signer().authority.believed())


@pytest.mark.parametrize("kind", ["pdf", "cms", "xml", "xades", "cades"])
@given(data=st.data())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_a_file_spoilt_anywhere_gives_a_report_and_never_new_content(kind: str, data: st.DataObject) -> None:
    good = _good()[kind]
    at, cut = data.draw(st.integers(0, len(good) - 1)), data.draw(st.integers(0, 40))
    spoilt = good[:at] + data.draw(st.binary(max_size=20)) + good[at + cut :]
    report = _verify(spoilt)
    assert isinstance(report.valid, bool)
    if kind == "pdf" and spoilt != good:
        assert not report.valid


@pytest.mark.parametrize("kind", ["pdf", "cms", "xml", "xades", "cades"])
def test_a_file_cut_off_anywhere_does_not_hold(kind: str) -> None:
    good = _good()[kind]
    assert _verify(good).valid
    for end in range(0, len(good) - 2, max(1, len(good) // 60)):
        assert not _verify(good[:end]).valid, end


@pytest.mark.parametrize("kind", ["cms", "xml", "cades", "xades"])
def test_any_byte_of_what_was_signed_counts(kind: str) -> None:
    good = _good()[kind]
    for place in range(len(good)):
        if good[place : place + 3] == b"100":
            assert not _verify(good[:place] + b"900" + good[place + 3 :]).valid


@given(st.binary(max_size=300), st.sampled_from([b"%PDF-1.7\n", b"PK\x03\x04", b"<", b"\x30\x82", b"MI", b""]))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_noise_gives_a_report(noise: bytes, head: bytes) -> None:
    assert not _verify(head + noise, noise).valid


@pytest.mark.parametrize("claim", [b"D:20260227091000", b"D:00000101", b"D:99991231235959Z", b"soon", b""])
def test_a_claimed_time_that_no_clock_shows_hurts_nobody(claim: bytes) -> None:
    """Without a zone, in the year nought, at the end of time, or no time at all."""
    objects = base()
    objects[8] = objects[8].replace(b"D:20260227091000Z", claim)
    report = _verify(signer().fill(first(objects)))
    assert [one.intact for one in report.signatures] == [True]
    assert report.valid or report.signatures[0].findings


def test_a_signer_that_is_no_signer() -> None:
    """The list of signers holds something else."""
    good = _good()["cms"]
    spoilt = good.replace(b"\x30\x82", b"\x31\x82")
    assert not _verify(spoilt).valid
    inner = good.rindex(b"\x02\x01\x01\x30")
    for kind in (b"\x13", b"\x10", b"\x10\x82"):
        assert not _verify(good[: inner - 4] + kind + good[inner - 3 :]).valid


# -- bombs and depths -----------------------------------------------------------------------------


def _deep_der(depth: int) -> bytes:
    inner = b""
    for _ in range(depth):
        length = len(inner)
        size = b"\x84" + length.to_bytes(4, "big")
        inner = b"\x30" + size + inner
    return inner


def _deep_pdf() -> bytes:
    return append(signer().paper(), {20: b"[" * 50_000 + b"]" * 50_000})


def _pages_in_a_circle() -> bytes:
    return append(signer().paper(), {2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})


def _fields_in_a_circle() -> bytes:
    return append(signer().paper(), {5: b"<</Fields[50 0 R]>>", 50: b"<</T(a)/Kids[50 0 R 50 0 R]>>"})


def _stream_bomb() -> bytes:
    """An object stream that unpacks to far more than it may."""
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(bytes(1 << 20)) for _ in range(100)) + packed.flush()
    return append(signer().paper(), {5: stream(data, b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode")})


def _many_fields() -> bytes:
    fields = {100 + n: b"<</FT/Sig/T(f%d)/V 8 0 R>>" % n for n in range(200)}
    listed = b"".join(b" %d 0 R" % n for n in fields)
    return append(signer().paper(), {5: b"<</Fields[%s]>>" % listed, **fields})


def _claims_of_gigabytes() -> bytes:
    """Lengths that are claimed and not there."""
    return b"\x30\x84\x7f\xff\xff\xff\x06\x09*\x86H\x86\xf7\r\x01\x07\x02\xa0\x84\x7f\xff\xff\xf0" + bytes(64)


def _locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signer().paper())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<a>" * 100_000, id="open elements"),
        pytest.param(b"<a>" * 5_000 + b"</a>" * 5_000, id="deep elements"),
        pytest.param(b"<a " + b"".join(b'x%d="1" ' % n for n in range(50_000)) + b"/>", id="attributes"),
        pytest.param(_deep_der(2_000), id="deep DER"),
        pytest.param(_claims_of_gigabytes(), id="claims"),
        pytest.param(_deep_pdf, id="deep array"),
        pytest.param(_pages_in_a_circle, id="pages in a circle"),
        pytest.param(_fields_in_a_circle, id="fields in a circle"),
        pytest.param(_stream_bomb, id="stream bomb"),
        pytest.param(_many_fields, id="many fields"),
        pytest.param(_locked, id="locked"),
        pytest.param(b"PK\x03\x04" + b"\xff" * 5_000, id="zip of noise"),
    ],
)
def test_what_is_made_to_hurt_is_answered(data: object) -> None:
    report = run_bounded(lambda: _verify(data() if callable(data) else data), cpu_seconds=20)  # type: ignore[arg-type]
    assert report is not None
    assert not report.valid
    found = {*report.findings, *(finding for one in report.signatures for finding in one.findings)}
    assert found & BREAKING


def test_a_file_larger_than_any_paper_is_not_read() -> None:
    assert _verify(b"%PDF-1.7\n" + bytes(MAX_BYTES)).findings == (Finding.TOO_LARGE,)


# -- the bounds themselves ------------------------------------------------------------------------


def test_work_that_takes_too_long_or_too_much_ends_alone() -> None:
    def forever() -> None:
        while True:
            pass

    assert run_bounded(lambda: 7) == 7
    assert run_bounded(forever, cpu_seconds=1) is None
    assert run_bounded(lambda: len(bytearray(1 << 30)), more_bytes=1 << 26) is None
