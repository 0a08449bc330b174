"""Name the demo's own authority on a trust list, to try the format: `python -m onestop.config.demo_trust_list FOLDER`.

`FOLDER` gets `trust-lists.toml` and `lists/demo.json` with the issuing authority and the time stamps of the
installation. It vouches for nobody outside: which authorities a country lists is for its own list to say.
"""

import sys
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from onestop.config.places import VAR
from onestop.trust.rules.certificates import FIRST_VALID
from onestop.trust.rules.trust_lists import Service, ServiceKind, Status
from onestop.validation.rules.trust_list_files import write_json_list

_SETTINGS = '[[list]]\nfile = "lists/demo.json"\ncrls = ["lists/issuing.crl"]\n'
_LASTS = timedelta(days=366 * 20)


def write_demo_list(keys: Path, folder: Path) -> Path:
    """Write the list of the authority in `keys`; return the file that names it."""
    services = [
        _service(keys / "issuing.pem", "Cấp chứng thư số thử nghiệm", ServiceKind.CERTIFICATES),
        _service(keys / "time_stamps.pem", "Cấp dấu thời gian thử nghiệm", ServiceKind.STAMPS),
    ]
    (folder / "lists").mkdir(parents=True, exist_ok=True)
    (folder / "lists" / "demo.json").write_bytes(write_json_list(services, FIRST_VALID + _LASTS))
    (folder / "lists" / "issuing.crl").write_bytes((keys / "issuing.crl").read_bytes())
    settings = folder / "trust-lists.toml"
    settings.write_text(_SETTINGS)
    return settings


def _service(path: Path, name: str, kind: ServiceKind) -> Service:
    der = x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER)
    return Service(name, kind, der, (Status(FIRST_VALID, granted=True),))


if __name__ == "__main__":
    sys.stdout.write(f"{write_demo_list(VAR / 'keys', Path(sys.argv[1]))}\n")
