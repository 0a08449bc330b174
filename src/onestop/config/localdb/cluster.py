"""The cluster on disk: made once, opened with our settings, furnished with our database."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from onestop.config.localdb.account import Account
from onestop.config.localdb.binaries import Binaries
from onestop.errors import Refused, Unavailable

SUPERUSER = "postgres"
OWNER = "onestop"
DATABASE = "onestop"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gin", "pg_stat_statements")
BUILTIN_LOCALE_SINCE = 17

CREATE = """
SELECT 'CREATE ROLE {role}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') \\gexec
ALTER ROLE {role} {rights};
SELECT 'CREATE DATABASE {database} OWNER {role}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
"""

# What a committed dossier needs, sized for a small office's machine.
DURABLE = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "10min",
    "random_page_cost": "1.1",
    "jit": "off",
    "shared_preload_libraries": "pg_stat_statements",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # a statement may carry a person's data
    "log_checkpoints": "off",
    "cluster_name": "onestop",
}


@dataclass(frozen=True)
class Cluster:
    """`folder/data`, run by `binaries` under `account`."""

    folder: Path
    account: Account
    binaries: Binaries

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL calls its data directory."""
        return self.folder / "data"

    @staticmethod
    def version_of(data: Path) -> int | None:
        """Which major version made `data`; None if nothing has yet."""
        try:
            return int((data / "PG_VERSION").read_text())
        except (OSError, ValueError):
            return None

    def prepare(self) -> bool:
        """Make the cluster unless there is one of our version. True if it still needs furnishing."""
        if not self.data.is_dir():
            self._initdb()
        self.account.own(self.data)
        found = self.version_of(self.data)
        if found is None:
            raise Refused("localdb.not_a_cluster", folder=str(self.data))
        if found > self.binaries.major:
            raise Refused("localdb.newer_version", folder=str(self.folder), found=found, ours=self.binaries.major)
        if found < self.binaries.major:
            raise Refused("localdb.older_version", folder=str(self.folder), found=found, ours=self.binaries.major)
        self._admit()
        return not (self.folder / "furnished").exists()

    def command(self, sockets: str, settings: dict[str, str]) -> list[str]:
        """The server's command line, to be run with `data` as working directory."""
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        place = str(self.data) if self.account.reaches(self.data) else "/proc/self/cwd"
        return [self.binaries.path("postgres"), "-D", place, "-k", sockets, *flags]

    def furnish(self, sockets: Path, rights: str) -> None:
        """Create our role with its `rights`, our database and the extensions, as far as they are missing.

        The role that works every day is no superuser: it could otherwise switch off the triggers
        that keep the journal append-only.
        """
        self._psql(sockets, "postgres", CREATE.format(role=OWNER, database=DATABASE, rights=rights))
        self._psql(sockets, DATABASE, "".join(f"CREATE EXTENSION IF NOT EXISTS {name};" for name in EXTENSIONS))
        (self.folder / "furnished").touch()

    def _psql(self, sockets: Path, database: str, script: str) -> None:
        command = [self.binaries.path("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(sockets)]
        self._run([*command, "-U", SUPERUSER, "-d", database, "-f", "-"], {"input": script})

    def _initdb(self) -> None:
        """Make `data` under another name first: a power cut leaves no half-made cluster behind."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        self.account.own(draft)
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= BUILTIN_LOCALE_SINCE:  # the same order on every machine
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command = [self.binaries.path("initdb"), "-D", "/proc/self/cwd", "-U", SUPERUSER, "-E", "UTF8", *locale]
        command += ["--auth=peer", "--no-instructions", "--data-checksums"]
        self._run(command, {"cwd": draft, **self.account.popen()})
        draft.rename(self.data)

    def _admit(self) -> None:
        """Let in the account that starts the server and the server's own, by the kernel's word on who they are."""
        names = sorted({self.account.name, self.account.starter})
        self._write("pg_hba.conf", "local all all peer map=here\n")
        self._write(
            "pg_ident.conf", "".join(f'here "{name}" {role}\n' for name in names for role in (OWNER, SUPERUSER))
        )

    def _write(self, name: str, text: str) -> None:
        """Write into `data` as its owner, never as root."""
        self._run(["/usr/bin/tee", name], {"cwd": self.data, "input": text, **self.account.popen()})

    def _run(self, command: list[str], options: dict[str, object]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
        if done.returncode:
            said = (done.stderr or done.stdout).strip()
            raise Unavailable("localdb.program_failed", program=Path(command[0]).name, said=said[-2000:])
