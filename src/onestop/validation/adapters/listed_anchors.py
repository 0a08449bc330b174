"""Trust lists as configuration: a file `trust-lists.toml` beside the certificates names the lists to be believed.

    [[list]]
    file = "lists/vn.xml"          # after ETSI TS 119 612
    signer = "lists/scheme.pem"    # the certificate that must have signed it
    crls = ["lists/ca.crl"]        # revocations of its services; each proves itself

    [[list]]
    file = "lists/our-own.json"    # plain: see rules/trust_list_files

Keep lists in a folder of their own: a certificate beside this file is believed without any list. A list that cannot
be believed names nobody; why stands in `faults`.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from onestop.trust.ports import TrustAnchors
from onestop.trust.rules.certificates import Revocations
from onestop.trust.rules.trust_lists import Service
from onestop.validation.rules.trust_list_files import read_json_list, read_xml_list

NAME = "trust-lists.toml"
_MAX_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Lists:
    """What was read, from which files, in which state."""

    state: tuple[Any, ...]
    paths: tuple[Path, ...]
    services: tuple[Service, ...]
    crls: tuple[bytes, ...]
    faults: tuple[tuple[str, str], ...]


class ListedAnchors:
    """Believes what other anchors believe, and the services of the lists; reads again only what has changed."""

    def __init__(self, others: TrustAnchors, *places: Path) -> None:
        self._others = others
        self._settings = tuple(place / NAME for place in places if place.is_dir())
        self._read: Lists | None = None

    def roots(self) -> tuple[bytes, ...]:
        """Return the roots of the others."""
        return self._others.roots()

    def intermediates(self) -> tuple[bytes, ...]:
        """Return the further issuers of the others."""
        return self._others.intermediates()

    def crls(self) -> tuple[bytes, ...]:
        """Return the revocation lists of the others, and those named beside the lists, which nobody has checked."""
        return (*self._others.crls(), *self._lists().crls)

    def revocations(self) -> Revocations:
        """Return the revocations of the others."""
        return self._others.revocations()

    def services(self) -> tuple[Service, ...]:
        """Return the services of every list that can be believed."""
        return self._lists().services

    def faults(self) -> tuple[tuple[str, str], ...]:
        """Return the lists that cannot be believed: file, code."""
        return self._lists().faults

    def _lists(self) -> Lists:
        kept = self._read
        if kept is None or kept.state != tuple(_state(path) for path in kept.paths):
            kept = self._read = _read(self._settings)
        return kept


def _read(settings: tuple[Path, ...]) -> Lists:
    paths: list[Path] = list(settings)
    services: list[Service] = []
    crls: list[bytes] = []
    faults: list[tuple[str, str]] = []
    for setting in settings:
        for entry in _entries(setting, faults):
            named = [setting.parent / str(entry[key]) for key in ("file", "signer") if key in entry]
            beside = [setting.parent / str(name) for name in entry.get("crls", ())]
            paths += [*named, *beside]
            try:
                services += _read_list(named)
                crls += [_der(path.read_bytes()) for path in beside]
            except OSError:
                faults.append((str(entry.get("file", "")), "trust_list.missing"))
            except (ValueError, IndexError) as error:
                faults.append((str(entry.get("file", "")), _code(error)))
    state = tuple(_state(path) for path in paths)
    return Lists(state, tuple(paths), tuple(services), tuple(crls), tuple(faults))


def _state(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does, or None if there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _code(error: Exception) -> str:
    return str(error) if str(error).startswith("trust_list.") else "trust_list.unreadable"


def _der(data: bytes) -> bytes:
    crl = x509.load_pem_x509_crl(data) if data.startswith(b"-----") else x509.load_der_x509_crl(data)
    return crl.public_bytes(Encoding.DER)


def _entries(setting: Path, faults: list[tuple[str, str]]) -> list[dict[str, Any]]:
    if not setting.is_file():
        return []
    try:
        return list(tomllib.loads(setting.read_text()).get("list", []))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        faults.append((setting.name, "trust_list.unreadable"))
        return []


def _read_list(named: list[Path]) -> tuple[Service, ...]:
    path = named[0]
    if path.stat().st_size > _MAX_BYTES:
        raise ValueError("trust_list.too_large")
    data = path.read_bytes()
    if data.lstrip()[:1] == b"{":
        return read_json_list(data)
    if len(named) < 2:
        raise ValueError("trust_list.no_signer_named")
    signer = x509.load_pem_x509_certificate(named[1].read_bytes()).public_bytes(Encoding.DER)
    return read_xml_list(data, signer)
