"""Where the socket lies. The kernel allows 107 characters for the path of a Unix socket."""

import os
import tempfile
from pathlib import Path

from onestop.config.localdb.account import Account

LONGEST = 107
NAME = "/.s.PGSQL.5432"


def fits(folder: Path) -> bool:
    """True if a server socket inside `folder` has a path that is short enough."""
    return len(os.fsencode(folder)) + len(NAME) <= LONGEST


def socket_folder(folder: Path) -> Path:
    """Where clients find the socket of the server in `folder`."""
    near = Path(folder).absolute() / "socket"
    if fits(near):
        return near
    try:
        return Path((Path(folder) / "socket.path").read_text().strip())
    except OSError:
        return near


def choose_socket_folder(folder: Path, account: Account) -> Path:
    """Make the socket's folder: beside the data, or, for a long path, private and short, and noted down."""
    near = folder / "socket"
    if fits(near):
        account.own(near)
        return near
    noted = socket_folder(folder)
    if noted != near and noted.is_dir() and noted.stat().st_uid == account.uid:
        return noted
    made = Path(tempfile.mkdtemp(prefix="onestop-", dir="/tmp"))
    account.own(made)
    (folder / "socket.path").write_text(f"{made}\n")
    return made
