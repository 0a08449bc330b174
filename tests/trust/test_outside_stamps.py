"""Time stamps of an outside authority, a process of its own over HTTP: well, dead, slow, lying, and well again."""

import hashlib
import secrets
import shutil
import socket
import threading
import urllib.request
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from asn1crypto import cms as asn1_cms
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop.config.trust import plug_outside_time_stamps
from onestop.errors import Unavailable
from onestop.signatures.operations import extend_pdf, is_stamped
from onestop.signatures.rules.order import Level
from onestop.trust import ports
from onestop.trust.adapters.breaker import Breaker
from onestop.trust.adapters.folder_anchors import FolderAnchors
from onestop.trust.adapters.http_time_stamps import HttpTimeStamps, StampService
from onestop.trust.rules import cms
from onestop.trust.rules.tokens import Believed, Query, find_token_fault, read_answer
from onestop.validation.queries import verify_pdf
from tests.stand_ins import StandIn

DIGEST = hashlib.sha256(b"a paper").digest()


def now() -> datetime:
    return datetime.now(UTC)


def client(service: StandIn, *, breaker: Breaker | None = None, **more: Any) -> HttpTimeStamps:
    anchors = FolderAnchors(service.root.parent)
    asked = StampService(**{"url": service.url, "seconds": 2.0, "pause_seconds": 0.01, **more})
    return HttpTimeStamps(asked, lambda: anchors, now, breaker)


def refused(stamps: HttpTimeStamps) -> tuple[str, str]:
    with pytest.raises(Unavailable) as caught:
        stamps.stamp(DIGEST, now())
    return caught.value.code, str(caught.value.params["reason"])


def test_a_token_over_http_is_believed(outside_time_stamps: StandIn) -> None:
    token = client(outside_time_stamps).stamp(DIGEST, now() - timedelta(days=99))
    assert 1000 < len(token) < 8000


@pytest.mark.parametrize(
    ("behaviour", "code", "reason"),
    [
        ({"down": True}, "time_stamps.down", "503"),
        ({"delay_s": 5}, "time_stamps.down", "TimeoutError"),
        ({"garble": True}, "time_stamps.not_believed", "200"),
        ({"reject": "bad_alg"}, "time_stamps.refused", "bad_alg"),
        ({"reject": "time_not_available"}, "time_stamps.down", "time_not_available"),
        ({"clock_shift_s": 3600}, "time_stamps.not_believed", "clock"),
    ],
)
def test_ill_and_well_again(outside_time_stamps: StandIn, behaviour: dict[str, Any], code: str, reason: str) -> None:
    stamps = client(outside_time_stamps, seconds=0.3)
    outside_time_stamps.behave(**behaviour)
    assert refused(stamps) == (code, reason)
    outside_time_stamps.behave()
    assert stamps.stamp(DIGEST, now())


def test_an_answer_to_another_question_is_not_believed(outside_time_stamps: StandIn) -> None:
    """Somebody in between gives an old answer over the same digest again: its number is not the one asked with."""
    headers = {"Content-Type": "application/timestamp-query"}
    asked = urllib.request.Request(outside_time_stamps.url, data=Query(DIGEST, 7).as_bytes(), headers=headers)
    with urllib.request.urlopen(asked, timeout=30) as reply:
        old = reply.read()

    class Replaying(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(old)))
            self.end_headers()
            self.wfile.write(old)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Replaying) as between:
        running = threading.Thread(target=between.serve_forever, kwargs={"poll_interval": 0.05})
        running.start()
        try:
            stamps = client(outside_time_stamps, url=f"http://127.0.0.1:{between.server_port}/")
            assert refused(stamps) == ("time_stamps.not_believed", "nonce")
        finally:
            between.shutdown()
            running.join()


def test_nobody_listens(outside_time_stamps: StandIn) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert refused(client(outside_time_stamps, url=f"http://127.0.0.1:{port}/")) == (
        "time_stamps.down", "ConnectionRefusedError",
    )  # fmt: skip


def test_the_policy_wanted_is_demanded(outside_time_stamps: StandIn) -> None:
    assert refused(client(outside_time_stamps, policy="1.2.3.4")) == ("time_stamps.refused", "unaccepted_policy")


def test_an_unknown_authority_is_not_believed(outside_time_stamps: StandIn, office: Any) -> None:
    stamps = HttpTimeStamps(StampService(outside_time_stamps.url), ports.trust_anchors, now)
    assert refused(stamps) == ("time_stamps.not_believed", "certificate.untrusted")


def test_it_takes_the_place_of_ours_once_its_root_is_trusted(outside_time_stamps: StandIn, office: Any) -> None:
    plug_outside_time_stamps(outside_time_stamps.url, "", "")
    with pytest.raises(Unavailable, match=r"time_stamps\.not_believed"):
        ports.time_stamps().stamp(DIGEST, now())
    shutil.copy(outside_time_stamps.root, office.folder / "outside.pem")
    assert ports.time_stamps().stamp(DIGEST, now())


def test_a_dead_authority_is_left_alone_and_found_again(outside_time_stamps: StandIn) -> None:
    hours = [0.0]
    stamps = client(
        outside_time_stamps, seconds=0.3, tries=1, breaker=Breaker(failures=2, rest_seconds=30, clock=lambda: hours[0])
    )
    outside_time_stamps.behave(down=True)
    assert [refused(stamps)[1] for _ in range(4)] == ["503", "503", "left alone for a while", "left alone for a while"]
    hours[0] = 31
    assert [refused(stamps)[1] for _ in range(2)] == ["503", "left alone for a while"]
    outside_time_stamps.behave()
    hours[0] = 62
    assert all(stamps.stamp(DIGEST, now()) for _ in range(3))


def test_a_breaker_lets_one_through_at_a_time() -> None:
    moments = [0.0]
    breaker = Breaker(failures=1, rest_seconds=10, clock=lambda: moments[0])
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()
    moments[0] = 10.5
    assert [breaker.lets_through(), breaker.lets_through()] == [True, False]
    breaker.succeeded()
    assert [breaker.lets_through(), breaker.lets_through()] == [True, True]


# -- what an answer must hold -----------------------------------------------------------------------


@pytest.fixture
def answered(outside_time_stamps: StandIn) -> tuple[bytes, Query, Believed]:
    query = Query(DIGEST, secrets.randbits(63))
    headers = {"Content-Type": "application/timestamp-query"}
    request = urllib.request.Request(outside_time_stamps.url, data=query.as_bytes(), headers=headers)
    with urllib.request.urlopen(request, timeout=30) as reply:
        answer = read_answer(reply.read())
    assert answer
    roots = [x509.load_pem_x509_certificate(outside_time_stamps.root.read_bytes())]
    return answer.token, query, Believed(roots, [], {})


def test_every_difference_is_named(answered: tuple[bytes, Query, Believed], office: Any) -> None:
    token, query, believed = answered
    assert find_token_fault(token, query, believed) is None
    assert find_token_fault(token, Query(bytes(32), query.nonce), believed) == "imprint"
    assert find_token_fault(token, Query(DIGEST, query.nonce + 1), believed) == "nonce"
    assert find_token_fault(token, Query(DIGEST, query.nonce, "1.2.3"), believed) == "policy"
    assert find_token_fault(token, query, Believed([], [], {})) == "certificate.untrusted"
    assert find_token_fault(b"", query, believed) == "unreadable"


def test_any_altered_byte_that_says_something_is_found(answered: tuple[bytes, Query, Believed]) -> None:
    """Whatever is still believed says the same: the same moment, attributes and signature."""

    def said(token: bytes) -> tuple[bytes, ...]:
        signed = asn1_cms.ContentInfo.load(token)["content"]
        (signer,) = signed["signer_infos"]
        content = bytes(signed["encap_content_info"]["content"])
        parts = (signer["signed_attrs"], signer["signature"])
        return content, *(part.dump() for part in parts)

    token, query, believed = answered
    believed_still = 0
    for place in range(0, len(token), 3):
        spoilt = bytearray(token)
        spoilt[place] ^= 0x01
        if find_token_fault(bytes(spoilt), query, believed) is None:
            assert said(bytes(spoilt)) == said(token), place
            believed_still += 1
    assert believed_still < len(token) / 3 / 10


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_rubbish_is_no_answer(data: bytes) -> None:
    assert read_answer(data) is None


def test_a_certificate_for_documents_stamps_nothing(office: Any) -> None:
    """A token signed with a leader's key: the chain holds, the purpose does not."""
    chain = ports.keys().chain(office.leader)
    info = cms.time_stamp_info(DIGEST, office.at, 1, nonce=7)
    attributes = cms.signed_attributes(hashlib.sha256(info).digest(), chain[0], cms.TST_INFO)
    signature = ports.keys().sign(office.leader, hashlib.sha256(attributes).digest())
    token = cms.signed_data(
        chain=chain, attributes=attributes, signature=signature, content=info, content_type=cms.TST_INFO
    )
    roots = [x509.load_der_x509_certificate(der) for der in ports.trust_anchors().roots()]
    assert find_token_fault(token, Query(DIGEST, 7), Believed(roots, [], {})) == "purpose"


# -- on a paper -------------------------------------------------------------------------------------


def test_a_paper_waits_and_is_stamped_when_the_authority_is_back(
    outside_time_stamps: StandIn, office: Any, paper: bytes
) -> None:
    anchors = FolderAnchors(office.folder, outside_time_stamps.root.parent)
    ports.trust_anchors.plug(anchors)
    stamps = HttpTimeStamps(StampService(outside_time_stamps.url, pause_seconds=0.01), ports.trust_anchors, now)
    ports.time_stamps.plug(stamps)
    outside_time_stamps.behave(down=True)
    moment = now()
    signed = office.sign(paper, patient=True, at=moment)
    assert not is_stamped(signed)
    outside_time_stamps.behave()
    stamped = extend_pdf(pdf=signed, level=Level.B_T, at=moment)
    assert is_stamped(stamped)
    assert verify_pdf(stamped).valid
    kept = extend_pdf(pdf=stamped, level=Level.B_LTA, at=moment)
    assert verify_pdf(kept).valid
