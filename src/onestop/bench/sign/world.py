"""The ground of the workload: an office with keys of one kind in a temporary folder, and a paper of our typesetter."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

AT = datetime.fromisoformat("2026-02-27T16:10:00+07:00")
LATER = AT + timedelta(hours=10)
LEADER, SEAL = "officer:1", "seal:H49.21"
NAME, AGENCY = "Nguyễn Văn Quang", "Ủy ban nhân dân phường Hồng Gai"
PAPER = "marital_status"
KINDS = ("file ec-p256", "file rsa-2048", "softhsm2 ec-p256", "softhsm2 rsa-2048")
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")
_PIN = "271828"
_MODULE_SETTINGS = "softhsm2.conf"
_CONTENT: dict[str, Any] = {
    "agency": AGENCY,
    "agency_above": "Tỉnh Quảng Ninh",
    "place": "Hồng Gai",
    "on": "2026-02-27",
    "dossier_code": "H49.21.01-260227-0001",
    "look_up": "https://dichvucong.example.vn/tra-cuu/H49.21.01-260227-0001",
    "number": "88/UBND-XNTTHN",
    "signer": {"authority": "TM. ỦY BAN NHÂN DÂN", "post": "CHỦ TỊCH", "name": NAME},
    "name": "Trần Bình",
    "born_on": "1990-09-02",
    "sex": "Nam",
    "nationality": "Việt Nam",
    "identity": {"kind": "Số định danh cá nhân", "number": "022090001234"},
    "residence": "Tổ 5, khu 3, phường Hồng Gai, tỉnh Quảng Ninh",
    "status": "Chưa đăng ký kết hôn với ai",
    "purpose": "Đăng ký kết hôn",
}


@dataclass(frozen=True)
class Office:
    """Keys of one kind, in a folder; enough to open it in another process."""

    folder: Path
    kind: str

    def open(self) -> None:
        """Load the chapters and plug keys and authorities; the keys are made by who comes first."""
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestop.config.settings")
        django.setup()
        from onestop.config.trust import plug_local_trust
        from onestop.trust import ports

        plug_local_trust(self.folder, "a secret of this run")
        ports.keys.plug(self._keys())
        if not (self.folder / "enrolled").exists():
            self._enrol()

    def _keys(self) -> Any:
        from onestop.config.trust import keys_in_files, keys_in_module
        from onestop.trust.rules.algorithms import Algorithm

        place, _, algorithm = self.kind.partition(" ")
        if place == "file":
            return keys_in_files(self.folder / "private", "a secret of this run", Algorithm(algorithm))
        os.environ["SOFTHSM2_CONF"] = str(self.folder.parent / _MODULE_SETTINGS)
        return keys_in_module(find_module(), algorithm, _PIN, Algorithm(algorithm))

    def _enrol(self) -> None:
        from onestop.trust import ports
        from onestop.trust.rules import KeyKind
        from onestop.trust.rules.certificates import FIRST_VALID

        for key, name, kind in ((LEADER, NAME, KeyKind.OFFICER), (SEAL, AGENCY, KeyKind.ORGANISATION)):
            subject = ports.Subject(key, name, AGENCY, kind, FIRST_VALID, FIRST_VALID.replace(year=2033))
            ports.keys().enrol(key, partial(ports.authority().issue, subject))
        (self.folder / "enrolled").touch()


def open_office(folder: Path, kind: str) -> Office | None:
    """Return an office with keys of this kind; None if there is no security module on this machine."""
    place = folder / kind.replace(" ", "-")
    place.mkdir()
    if kind.startswith("softhsm2"):
        if not find_module() or not shutil.which("softhsm2-util"):
            return None
        _make_token(folder, kind.partition(" ")[2])
    office = Office(place, kind)
    office.open()
    return office


def find_module() -> str:
    """Return the library of SoftHSM 2, or an empty text (get it with: apt-get install softhsm2)."""
    return next((path for path in MODULES if Path(path).exists()), "")


def _make_token(folder: Path, label: str) -> None:
    """Make a token; all lie in one folder, since a process reads the settings of the module once."""
    (folder / "tokens").mkdir(exist_ok=True)
    (folder / _MODULE_SETTINGS).write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", _PIN, "--so-pin", "31415926"]
    environment = {**os.environ, "SOFTHSM2_CONF": str(folder / _MODULE_SETTINGS)}
    subprocess.run(command, check=True, capture_output=True, env=environment)


def typeset(number: int = 88) -> bytes:
    """Return a paper as the house typesets it."""
    from onestop.documents.ports import typesetter

    return typesetter().typeset(PAPER, {**_CONTENT, "number": f"{number}/UBND-XNTTHN"})


def sign(paper: bytes, *, stamp: bool) -> bytes:
    """The leader signs."""
    from onestop.signatures.operations import sign_pdf
    from onestop.trust.rules import SignatureRole

    return sign_pdf(pdf=paper, key=LEADER, at=AT, role=SignatureRole.LEADER, name_shown=NAME, stamp=stamp)


def make_result(paper: bytes) -> bytes:
    """Places kept for both signatures, signed by the leader, sealed by the agency, both time-stamped."""
    from onestop.signatures.operations import keep_fields, sign_pdf
    from onestop.signing.rules import signature_fields
    from onestop.trust.rules import SignatureRole

    signed = sign(keep_fields(paper, signature_fields(PAPER, leader=NAME, agency=AGENCY)), stamp=True)
    return sign_pdf(pdf=signed, key=SEAL, at=AT, role=SignatureRole.ORGANISATION, name_shown=AGENCY)


def keep(paper: bytes) -> bytes:
    """A result made, and carried on to B-LTA."""
    from onestop.signatures.operations import extend_pdf
    from onestop.signatures.rules import Level

    return extend_pdf(pdf=make_result(paper), level=Level.B_LTA, at=LATER)
