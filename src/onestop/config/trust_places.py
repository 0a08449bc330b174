"""Where keys live and whom to believe, as the administrator's file says (`ONESTOP_TRUST`, TOML).

anchors = ["/etc/onestop/anchors"]        beside our own: folders or files of certificates and revocation lists

[[keys]]                                  the first whose names match keeps the key; what none keeps, we do
names = ["seal:*"]
kind = "pkcs11"
module = "/usr/lib/softhsm/libsofthsm2.so"
token = "onestop"
pin = {file = "/run/secrets/hsm-pin"}     or {env = "ONESTOP_HSM_PIN"}
algorithm = "rsa-3072"                    of new keys: ec-p256 (default), rsa-2048, rsa-3072
labels = {"seal:H49.21" = "Hồng Gai"}     where the token calls a key otherwise

[[keys]]
names = ["officer:12", "officer:13"]
kind = "pkcs12"
folder = "/etc/onestop/p12"               officer_12.p12, officer_13.p12
passphrases = "/run/secrets/p12.toml"     "officer:12" = "..."

[[keys]]
names = ["officer:*.papers"]
kind = "csc"
url = "https://signing.example/csc/v2"
authority = "/etc/onestop/signing-root.pem"
client_id = "onestop"
client_secret = {file = "/run/secrets/signing"}
credentials = {"officer:12.papers" = "GX0112348"}
"""

import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onestop.errors import Fault, Invalid
from onestop.trust.adapters.routed_keys import Place, RoutedKeys
from onestop.trust.ports import Keys
from onestop.trust.rules.algorithms import Algorithm

SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class TrustPlaces:
    """What the file says, read once."""

    keys: tuple[Place, ...] = ()
    anchors: tuple[Path, ...] = ()

    def with_own(self, own: Keys) -> Keys:
        """Return the keeper of all keys: ours for whatever no other keeps."""
        return RoutedKeys([*self.keys, Place(("*",), own)]) if self.keys else own


def read_places(file: Path) -> TrustPlaces:
    """Read the file. Raises `Invalid` (`trust.bad_configuration`), naming everything wrong with it."""
    faults: list[Fault] = []
    try:
        found = tomllib.loads(file.read_text())
    except (OSError, ValueError) as error:
        raise Invalid("trust.bad_configuration", path=str(file), faults=(_fault("", str(error)),)) from error
    places = []
    for number, table in enumerate(found.get("keys", []), start=1):
        place = _Table(f"keys {number}", table, faults)
        kind = place.text("kind")
        if kind in KINDS:
            places.append(Place(tuple(place.texts("names")), KINDS[kind](place)))
        elif kind:
            faults.append(_fault(place.name, f"kind {kind!r}: one of {', '.join(KINDS)}"))
    anchors = tuple(Path(one) for one in _Table("anchors", found, faults).texts("anchors", optional=True))
    faults += [_fault("anchors", f"{path} is not there") for path in anchors if not path.exists()]
    if faults:
        raise Invalid("trust.bad_configuration", path=str(file), faults=tuple(faults))
    return TrustPlaces(tuple(places), anchors)


class _Table:
    """One table of the file: gives what it says, and notes what it does not."""

    def __init__(self, name: str, values: dict[str, Any], faults: list[Fault]) -> None:
        self.name = name
        self._values = values
        self._faults = faults

    def text(self, field: str) -> str:
        value = self._values.get(field)
        return value if isinstance(value, str) and value else self._note(field, "a text is expected")

    def path(self, field: str) -> Path:
        return Path(self.text(field))

    def texts(self, field: str, *, optional: bool = False) -> list[str]:
        value = self._values.get(field, [] if optional else None)
        if isinstance(value, list) and all(isinstance(one, str) for one in value) and (value or optional):
            return value
        self._note(field, "a list of texts is expected")
        return []

    def table(self, field: str) -> dict[str, str]:
        value = self._values.get(field, {})
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
            return value
        self._note(field, "a table of texts is expected")
        return {}

    def number(self, field: str, default: float) -> float:
        value = self._values.get(field, default)
        if not isinstance(value, int | float) or value <= 0:
            self._note(field, "a number above zero is expected")
            return default
        return float(value)

    def algorithm(self) -> Algorithm:
        value = self._values.get("algorithm", Algorithm.EC_P256)
        if value not in set(Algorithm):
            self._note("algorithm", f"one of {', '.join(Algorithm)}")
            return Algorithm.EC_P256
        return Algorithm(value)

    def secret(self, field: str) -> Callable[[], str]:
        """A secret stands in a file or in the environment, never in this file; it is read when it is needed."""
        value = self._values.get(field)
        if isinstance(value, dict) and isinstance(value.get("file"), str):
            path = Path(value["file"])
            return lambda: path.read_text().strip() if path.is_file() else ""
        if isinstance(value, dict) and isinstance(value.get("env"), str):
            name = value["env"]
            return lambda: os.environ.get(name, "")
        self._note(field, '{file = "..."} or {env = "..."} is expected')
        return str

    def _note(self, field: str, what: str) -> str:
        self._faults.append(_fault(f"{self.name}: {field}", what))
        return ""


def _fault(field: str, reason: str) -> Fault:
    return Fault(field, "trust.bad_value", {"reason": reason})


def _pkcs11(table: _Table) -> Keys:
    from onestop.trust.adapters.pkcs11_keys import Pkcs11Keys

    pin, labels = table.secret("pin"), table.table("labels")
    return Pkcs11Keys(table.text("module"), table.text("token"), pin, table.algorithm(), labels)


def _pkcs12(table: _Table) -> Keys:
    from onestop.trust.adapters.pkcs12_keys import Pkcs12Keys

    return Pkcs12Keys(table.path("folder"), table.path("passphrases"), table.algorithm())


def _csc(table: _Table) -> Keys:
    from onestop.trust.adapters.csc_client import Service
    from onestop.trust.adapters.csc_keys import CscKeys

    service = Service(
        url=table.text("url"),
        authority=table.path("authority"),
        client_id=table.text("client_id"),
        client_secret=table.secret("client_secret"),
        seconds=table.number("seconds", SECONDS),
    )
    return CscKeys(service, table.table("credentials"))


KINDS: dict[str, Callable[[_Table], Keys]] = {"pkcs11": _pkcs11, "pkcs12": _pkcs12, "csc": _csc}
