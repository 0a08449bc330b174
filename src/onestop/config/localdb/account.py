"""Under which system account the server runs.

PostgreSQL refuses to run as root. When root starts us, the server runs as `ONESTOP_DB_USER`
(default `nobody`); everybody else runs it as themselves.
"""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onestop.errors import Refused


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the server; `starter` is the name of whoever starts it."""

    name: str
    uid: int
    gid: int
    starter: str

    @property
    def foreign(self) -> bool:
        """True when the server runs under another account than ours."""
        return self.uid != os.geteuid()

    def popen(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make the child run under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.foreign else {}

    def reaches(self, path: Path) -> bool:
        """True if this account may enter `path`, asked of the system itself."""
        if not self.foreign:
            return os.access(path, os.X_OK)
        probe = ["/usr/bin/test", "-x", str(path)]
        return subprocess.run(probe, cwd="/", check=False, **self.popen()).returncode == 0

    def own(self, folder: Path) -> None:
        """Make `folder`, private to this account. Its parents are left as they are."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.foreign:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        folder.chmod(0o700)


def server_account(data: Path) -> Account:
    """The account for the server of `data`: if root starts it, whoever owns `data`, else `ONESTOP_DB_USER`.

    Refused if root asks for an account that does not exist, or for root itself.
    """
    uid = os.geteuid()
    starter = _name_of(uid)
    if uid != 0:
        return Account(starter, uid, os.getegid(), starter)
    entry = _owner(data) or _wanted()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, starter)


def _owner(data: Path) -> pwd.struct_passwd | None:
    """The unprivileged owner of an existing cluster."""
    try:
        owner = data.stat().st_uid
        return pwd.getpwuid(owner) if owner != 0 else None
    except (OSError, KeyError):
        return None


def _wanted() -> pwd.struct_passwd:
    name = os.environ.get("ONESTOP_DB_USER", "nobody")
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise Refused("localdb.no_such_user", user=name) from None
    if entry.pw_uid == 0:
        raise Refused("localdb.user_is_root", user=name)
    return entry


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise Refused("localdb.nameless_user", uid=uid) from None
