"""Trust lists: who was granted what and when, signed lists read only if their signer is the one told beforehand."""

import base64
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st

from onestop.config.demo_trust_list import write_demo_list
from onestop.config.trust import anchors_from
from onestop.trust.adapters.folder_anchors import FolderAnchors
from onestop.trust.rules.trust_lists import Service, ServiceKind, Standing, Status, find_standing
from onestop.validation.adapters.listed_anchors import ListedAnchors
from onestop.validation.queries import verify_file, verify_pdf
from onestop.validation.rules import Finding
from onestop.validation.rules.trust_list_files import TSL, read_json_list, read_xml_list, write_json_list
from tests.validation.attacks import markup
from tests.validation.attacks.authority import AT, Authority, Believed, Holder, days
from tests.validation.attacks.messages import Wish, signed_message

GRANTED = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
WITHDRAWN = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn"
LONG_AGO, ENDS = datetime(2023, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
TEXT = b"Sum: 100"

moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
histories = st.lists(st.builds(Status, moments, st.booleans()), min_size=1, max_size=5, unique_by=lambda s: s.since)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("listed root")


def _service(holder: Holder, kind: ServiceKind, *history: Status, until: datetime | None = ENDS) -> Service:
    return Service(holder.certificate.subject.rfc4514_string(), kind, holder.der, history, until)


def _signed(authority: Authority, issuing: Holder) -> bytes:
    by = authority.below(issuing, "issuing", "Nguyễn Văn Quang")
    return signed_message(by, TEXT, Wish(stamps=(authority, AT, None)))


def _look(data: bytes, authority: Authority, *services: Service) -> set[Finding]:
    report = verify_file(data, AT + days(90), anchors=Believed((), (authority.crl(), _crl_of_issuing()), services))
    return set(report.signatures[0].findings) | ({Finding.FOLLOWED} if report.valid else set())


def _crl_of_issuing() -> bytes:
    return Authority("issuing").crl()


VALID = {Finding.FOLLOWED}


@pytest.fixture(scope="module")
def issuing(authority: Authority) -> Holder:
    return authority.holder("issuing", ca=True)


def _stamps(authority: Authority) -> Service:
    return _service(authority.root, ServiceKind.STAMPS, Status(LONG_AGO, granted=True))


def test_a_service_withdrawn_later_undoes_nothing(authority: Authority, issuing: Holder) -> None:
    data = _signed(authority, issuing)
    ever = Status(LONG_AGO, granted=True)
    later = _service(issuing, ServiceKind.CERTIFICATES, ever, Status(AT + days(30), granted=False))
    before = _service(issuing, ServiceKind.CERTIFICATES, ever, Status(AT - days(30), granted=False))
    assert _look(data, authority, later, _stamps(authority)) == VALID
    assert Finding.WITHDRAWN in _look(data, authority, before, _stamps(authority))


def test_a_list_is_believed_for_its_kind_and_its_time_alone(authority: Authority, issuing: Holder) -> None:
    data = _signed(authority, issuing)
    ever = Status(LONG_AGO, granted=True)
    stamps_alone = _service(issuing, ServiceKind.STAMPS, ever)
    ended = _service(issuing, ServiceKind.CERTIFICATES, ever, until=AT - days(1))
    assert Finding.UNTRUSTED in _look(data, authority, stamps_alone, _stamps(authority))
    assert Finding.LIST_EXPIRED in _look(data, authority, ended, _stamps(authority))
    for_people = _service(authority.root, ServiceKind.CERTIFICATES, ever)
    assert Finding.STAMP_UNTRUSTED in _look(data, authority, for_people)


@given(histories, moments)
def test_the_last_word_before_a_moment_counts(history: list[Status], moment: datetime) -> None:
    service = Service("x", ServiceKind.STAMPS, b"x", tuple(history))
    before = [one for one in sorted(history, key=lambda one: one.since) if one.since <= moment]
    assert service.granted_at(moment) == (bool(before) and before[-1].granted)
    later = Status(datetime(2031, 1, 1, tzinfo=UTC), granted=not service.granted_at(moment))
    assert Service("x", ServiceKind.STAMPS, b"x", (*history, later)).granted_at(moment) == service.granted_at(moment)


@given(histories, moments, moments)
def test_a_plain_list_is_read_as_it_was_written(history: list[Status], until: datetime, moment: datetime) -> None:
    service = Service("Tổ chức", ServiceKind.CERTIFICATES, b"der", tuple(history), until)
    (read,) = read_json_list(write_json_list([service], until))
    assert read == service
    standing = find_standing([read], b"der", ServiceKind.CERTIFICATES, moment)
    assert (standing is Standing.GRANTED) == (service.granted_at(moment) and moment <= until)


# -- the form of the standard ---------------------------------------------------------------------


def _xml(scheme: Holder, issuing: Holder, reference: markup.To = markup.WHOLE) -> bytes:
    certificate = base64.b64encode(issuing.der).decode()
    status = f"<ServiceStatus>{WITHDRAWN}</ServiceStatus><StatusStartingTime>2026-03-30T00:00:00Z</StatusStartingTime>"
    before = f"<ServiceStatus>{GRANTED}</ServiceStatus><StatusStartingTime>2023-01-01T00:00:00Z</StatusStartingTime>"
    kind = "<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>"
    text = (
        f'<TrustServiceStatusList xmlns="{TSL}"><SchemeInformation>'
        "<NextUpdate><dateTime>2027-01-01T00:00:00Z</dateTime></NextUpdate></SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPServices><TSPService>"
        f'<ServiceInformation>{kind}<ServiceName><Name xml:lang="vi">Cấp chứng thư số</Name></ServiceName>'
        f"<ServiceDigitalIdentity><DigitalId><X509Certificate>{certificate}</X509Certificate></DigitalId>"
        f"</ServiceDigitalIdentity>{status}</ServiceInformation><ServiceHistory><ServiceHistoryInstance>{kind}{before}"
        "</ServiceHistoryInstance></ServiceHistory></TSPService></TSPServices></TrustServiceProvider>"
        "</TrustServiceProviderList></TrustServiceStatusList>"
    )
    return markup.enveloped(scheme, text, (reference, markup.SELF))


@pytest.fixture(scope="module")
def scheme() -> Holder:
    return Authority("scheme operator").root


def test_a_signed_list_is_read_with_its_history(scheme: Holder, issuing: Holder) -> None:
    (service,) = read_xml_list(_xml(scheme, issuing), scheme.der)
    assert (service.name, service.kind, service.until) == ("Cấp chứng thư số", ServiceKind.CERTIFICATES, ENDS)
    assert service.certificate == issuing.der
    assert [service.granted_at(AT + days(n)) for n in (-2000, 0, 60)] == [False, True, False]


def test_a_list_is_not_read_unless_all_of_it_is_signed_by_the_right_one(scheme: Holder, issuing: Holder) -> None:
    made = _xml(scheme, issuing)
    spoilt = {
        "trust_list.signature_invalid": made.replace(WITHDRAWN.encode(), GRANTED.encode()),
        "trust_list.other_signer": _xml(Authority("another").root, issuing),
        "trust_list.not_signed": made[: made.index(b"<ds:Signature")] + b"</TrustServiceStatusList>",
        "trust_list.forbidden_content": made.replace(b"?>\n", b"?>\n<!DOCTYPE TrustServiceStatusList>\n"),
    }
    for code, data in spoilt.items():
        with pytest.raises(ValueError, match=code):
            read_xml_list(data, scheme.der)


# -- as configuration -----------------------------------------------------------------------------


def _settings(folder: Path, scheme: Holder, issuing: Holder) -> None:
    (folder / "lists").mkdir()
    (folder / "lists" / "vn.xml").write_bytes(_xml(scheme, issuing))
    pem = scheme.certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "lists" / "scheme.pem").write_bytes(pem)
    (folder / "trust-lists.toml").write_text('[[list]]\nfile = "lists/vn.xml"\nsigner = "lists/scheme.pem"\n')


def test_a_folder_names_its_lists(tmp_path: Path, scheme: Holder, issuing: Holder) -> None:
    _settings(tmp_path, scheme, issuing)
    anchors = anchors_from(tmp_path)
    assert [service.certificate for service in anchors.services()] == [issuing.der]
    assert anchors.roots() == ()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda folder: (folder / "lists/vn.xml").unlink(), "trust_list.missing"),
        (lambda folder: (folder / "lists/vn.xml").write_bytes(b"<a/>"), "trust_list.not_signed"),
        (lambda folder: (folder / "lists/vn.xml").write_bytes(b"{}"), "trust_list.unreadable"),
        (lambda folder: (folder / "trust-lists.toml").write_text("[[list"), "trust_list.unreadable"),
        (
            lambda folder: (folder / "trust-lists.toml").write_text('[[list]]\nfile = "lists/vn.xml"\n'),
            "trust_list.no_signer_named",
        ),
    ],
)
def test_a_list_that_cannot_be_believed_names_nobody(
    tmp_path: Path, scheme: Holder, issuing: Holder, spoil: Any, code: str
) -> None:
    _settings(tmp_path, scheme, issuing)
    anchors = ListedAnchors(FolderAnchors(tmp_path), tmp_path)
    assert len(anchors.services()) == 1
    spoil(tmp_path)
    assert anchors.services() == ()
    assert [found for _, found in anchors.faults()] == [code]


def test_the_demo_is_believed_by_its_own_list_and_nothing_else(office: Any, paper: bytes, tmp_path: Path) -> None:
    signed = office.put_seal(office.sign(paper))
    write_demo_list(office.folder, tmp_path)
    listed = anchors_from(tmp_path)
    assert listed.roots() == ()
    assert verify_pdf(signed, anchors=listed).valid
    (tmp_path / "trust-lists.toml").unlink()
    assert Finding.UNTRUSTED in verify_pdf(signed, anchors=anchors_from(tmp_path)).signatures[0].findings
