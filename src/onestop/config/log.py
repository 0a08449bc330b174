"""Wiring of the public log: its folder, its key, who attests it."""

from pathlib import Path

from django.conf import settings

from onestop.config.places import SECRET_FILE, read_secret_key
from onestop.journal import ports
from onestop.journal.adapters.log_folder import LogFolder
from onestop.journal.adapters.witness_client import WitnessClient
from onestop.trust import ports as trust
from onestop.trust.adapters.log_key import FileLogKey
from onestop.trust.adapters.notary import Notary


def plug_log(folder: Path, keys: Path, secret: str) -> None:
    """Plug what the log needs. Nothing is made before its first use; without a secret of its own no key is."""
    if secret == read_secret_key() and not SECRET_FILE.exists():
        secret = ""
    ports.log_files.plug(LogFolder(folder))
    ports.log_key.plug(FileLogKey(keys / "private", secret, lambda: settings.LOG_ORIGIN))
    ports.notary.plug(Notary(trust.keys, trust.time_stamps, settings.LOG_SEALS))
    ports.witnesses.plug(WitnessClient())
