"""Wiring of the chapter trust: keys and authorities in one folder of ours, and those elsewhere that a file names."""

import os
from pathlib import Path

from onestop.config.places import SECRET_FILE, read_secret_key
from onestop.config.trust_places import TrustPlaces, read_places
from onestop.journal import ports as journal_ports
from onestop.journal.adapters.clock import SystemClock
from onestop.trust import ports
from onestop.trust.adapters.file_keys import FileKeys
from onestop.trust.adapters.folder_anchors import FolderAnchors
from onestop.trust.adapters.http_time_stamps import HttpTimeStamps, StampService
from onestop.trust.adapters.journal_signer import JournalSigner
from onestop.trust.adapters.local_authority import LocalAuthority
from onestop.trust.adapters.local_time_stamps import LocalTimeStamps
from onestop.trust.adapters.pkcs11_keys import Pkcs11Keys
from onestop.trust.rules.algorithms import Algorithm
from onestop.validation.adapters.listed_anchors import ListedAnchors


def plug_local_trust(folder: Path, secret: str, file: Path | None = None) -> None:
    """Plug keys, authority, time stamps, anchors and the journal's signer. Nothing is made before its first use.

    `file` names keepers of keys elsewhere and further anchors (`config.trust_places`). An installation without a
    secret of its own can check signatures, but neither make nor use keys of its own.
    """
    from onestop.trust.queries.certificates import find_certificate_der

    if secret == read_secret_key() and not SECRET_FILE.exists():
        secret = ""
    authority = LocalAuthority(folder, secret)
    places = read_places(file) if file else TrustPlaces()
    ports.keys.plug(places.with_own(FileKeys(folder / "private", secret)))
    ports.authority.plug(authority)
    ports.time_stamps.plug(LocalTimeStamps(folder, secret, authority))
    ports.trust_anchors.plug(anchors_from(folder, *places.anchors))
    journal_ports.signer.plug(JournalSigner(ports.keys, ports.trust_anchors, find_certificate_der))


def plug_outside_time_stamps(url: str, policy: str, authority: str) -> None:
    """Plug an authority of the outside world (RFC 3161) instead; its root belongs to the trust anchors."""
    service = StampService(url, policy, Path(authority) if authority else None)
    ports.time_stamps.plug(HttpTimeStamps(service, ports.trust_anchors, SystemClock().now))


def keys_in_files(folder: Path, secret: str, algorithm: Algorithm) -> ports.Keys:
    """Return keys of one kind in files, for measuring without any wiring."""
    return FileKeys(folder, secret, algorithm)


def keys_in_module(module: str, token: str, pin: str, algorithm: Algorithm) -> ports.Keys:
    """Return keys of one kind on a token, for measuring without any wiring."""
    return Pkcs11Keys(module, token, lambda: pin, algorithm)


def believed_places(folder: Path) -> tuple[Path, ...]:
    """Return where this installation's trust anchors lie: its own folder, and what the administrator's file names."""
    file = os.environ.get("ONESTOP_TRUST")
    return (folder, *(read_places(Path(file)).anchors if file else ()))


def anchors_from(*places: Path) -> ListedAnchors:
    """Return the anchors found in folders or files, and the services of the trust lists that a folder names."""
    return ListedAnchors(FolderAnchors(*places), *places)
