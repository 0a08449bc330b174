"""A small authority for each test, in an empty folder, behind the real ports."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fontpkg_noto_serif
import pikepdf
import pytest
import typst

from onestop.config.trust import plug_local_trust
from onestop.journal import ports as journal_ports
from onestop.signatures import operations
from onestop.trust import ports
from onestop.trust.rules import SignatureRole
from onestop.trust.rules.certificates import FIRST_VALID
from onestop.trust.rules.names import kind_of

SOCKETS = (ports.keys, ports.authority, ports.time_stamps, ports.trust_anchors, journal_ports.signer)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """The folder of keys; ports are put back as they were afterwards."""
    before = [socket._adapter for socket in SOCKETS]
    folder = tmp_path / "keys"
    plug_local_trust(folder, "a secret of this test")
    yield folder
    for socket, adapter in zip(SOCKETS, before, strict=True):
        socket._adapter = adapter


@dataclass(frozen=True)
class Office:
    """A leader and a seal, ready to sign."""

    folder: Path
    leader: str = "officer:12"
    seal: str = "seal:H49.21"
    name: str = "Nguyễn Văn Quang"
    organisation: str = "Ủy ban nhân dân phường Hồng Gai"
    at: datetime = datetime(2026, 2, 27, 9, 10, tzinfo=UTC)

    def enrol(self, key: str, name: str) -> tuple[bytes, ...]:
        subject = ports.Subject(key, name, self.organisation, kind_of(key), FIRST_VALID, FIRST_VALID.replace(year=2033))
        return ports.keys().enrol(key, lambda public_key: ports.authority().issue(subject, public_key))

    def sign(self, pdf: bytes, **more: Any) -> bytes:
        wish = {"key": self.leader, "at": self.at, "role": SignatureRole.LEADER, "name_shown": self.name, **more}
        return operations.sign_pdf(pdf=pdf, **wish)

    def put_seal(self, pdf: bytes, **more: Any) -> bytes:
        shown = {"role": SignatureRole.ORGANISATION, "name_shown": self.organisation}
        return self.sign(pdf, **{"key": self.seal, **shown, **more})


@pytest.fixture
def office(house: Path) -> Office:
    office = Office(house)
    office.enrol(office.leader, office.name)
    office.enrol(office.seal, office.organisation)
    return office


def _typeset(text: str, paper: str = "a4") -> bytes:
    head = f'#set page(paper: "{paper}")\n#set text(font: "Noto Serif", lang: "vi")\n#set document(title: "Giấy tờ")\n'
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fontpkg_noto_serif.ROOT / "files"]
    )
    made = typst.compile(
        (head + text).encode(), format="pdf", font_paths=fonts, ignore_system_fonts=True, pdf_standards=["a-2a", "ua-1"]
    )
    assert isinstance(made, bytes)
    return made


@pytest.fixture(scope="session")
def paper() -> bytes:
    """A one-page result as the typesetter makes it: PDF/A, a classic table of objects."""
    return _typeset("= Giấy xác nhận\nÔng Trần Bình được xác nhận.")


@pytest.fixture(scope="session")
def packed(paper: bytes) -> bytes:
    """The same with its objects packed in streams, as office programs and scanners write them."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


@pytest.fixture(scope="session")
def typeset() -> Any:
    """Makes a PDF of a typst text."""
    return _typeset
