"""Where things lie. Needs no Django, so that quick commands stay quick."""

import os
from pathlib import Path

from onestop.config.localdb import LocalServer

_CLONE = Path(__file__).resolve().parents[3]

ROOT = Path(os.environ.get("ONESTOP_ROOT") or (_CLONE if (_CLONE / "pyproject.toml").exists() else Path.cwd()))
VAR = Path(os.environ.get("ONESTOP_VAR") or ROOT / "var").absolute()
DATABASE = VAR / "db"
SECRET_FILE = VAR / "secret.key"
LOG = VAR / "log"
BUILD = Path(os.environ.get("ONESTOP_BUILD") or ROOT / "build").absolute()


def database_is_ours() -> bool:
    """True if the embedded server is used: neither `DATABASE_URL` nor another socket is named."""
    return not os.environ.get("DATABASE_URL") and not os.environ.get("ONESTOP_DB_SOCKET")


def local_server() -> LocalServer:
    """The embedded server of this installation."""
    return LocalServer(DATABASE)


def read_secret_key() -> str:
    """The key that signs cookies. Commands that serve nobody work without one."""
    return SECRET_FILE.read_text().strip() if SECRET_FILE.exists() else "only-for-commands-that-serve-nobody"
