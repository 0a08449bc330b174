"""A world of its own for the workload: a durable database in a temporary folder, the province, the cast, the faces."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onestop.config.children import end_child, spawn
from onestop.config.localdb import LocalServer
from onestop.config.running import collect_static_files, migrate

PASSWORD = "quang-ninh-2026"
UPLOAD_BYTES = 200_000
WITH_PAPER, WITHOUT_PAPER = "1.001193", "1.000689"


@dataclass(frozen=True)
class World:
    """What a life needs: where to file what as whom, and which steps follow by whom."""

    server: LocalServer
    port: int
    web_pid: int
    database_pid: int
    applicant: str
    file_at: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]]
    steps: tuple[tuple[str, str], ...]
    upload: bytes
    with_paper: bool


@contextmanager
def open_world(*, with_paper: bool) -> Iterator[World]:
    """Open the world, and end everything in it afterwards. Call it before Django is loaded."""
    with tempfile.TemporaryDirectory(prefix="onestop-bench-") as folder:
        Path(folder).chmod(0o711)
        with LocalServer(Path(folder, "db")) as server:
            status = server.status()
            os.environ.update(
                ONESTOP_VAR=folder, ONESTOP_DB_SOCKET=str(server.socket), DJANGO_SETTINGS_MODULE="onestop.config.settings",
                ONESTOP_SECRET_KEY="only-for-this-benchmark",
            )  # fmt: skip
            import django

            django.setup()
            migrate()
            procedure, upload = _load(with_paper)
            collect_static_files()
            port = _free_port()
            web = _serve(port)
            try:
                yield _world(server, port, web.pid, status.pid or 0, procedure, upload, with_paper=with_paper)
            finally:
                end_child(web)


def _load(with_paper: bool) -> tuple[str, bytes]:
    from datetime import datetime

    from django.db import connection

    from onestop.demo.province import ZONE, appoint_cast, load_province
    from onestop.process.operations.data import IN_FORCE_FROM
    from onestop.process.operations.templates import publish_template
    from onestop.process.queries.templates import get_template

    at = datetime.now(ZONE)
    load_province(at=at, say=lambda line: None)
    appoint_cast(at=at)
    procedure = WITH_PAPER if with_paper else _without_result()
    short = get_template("commune-short@1")
    steps = [{"code": s.code, "kind": s.kind, "names": s.names, "minutes": s.minutes} for s in short.steps]
    content = {"names": short.names, "source": short.source, "steps": steps}
    publish_template(code="bench", content=content, procedures=[procedure], in_force_from=IN_FORCE_FROM)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return procedure, _paper()


def _without_result() -> str:
    from onestop.catalogue.queries import list_procedures
    from onestop.catalogue.rules.kinds import Level

    return next(
        item.code for item in list_procedures(level=Level.COMMUNE, sector="ho-tich").rows if not item.is_curated
    )


def _paper() -> bytes:
    from onestop.demo.papers import scan

    page = scan("Giấy chứng sinh", "Nguyễn Thị Lan")
    return page + b"%" + b"0" * (UPLOAD_BYTES - len(page) - 2) + b"\n" if len(page) < UPLOAD_BYTES else page


def _world(
    server: LocalServer, port: int, web: int, database: int, procedure: str, upload: bytes, *, with_paper: bool
) -> World:
    from onestop.demo import answers
    from onestop.demo.province import _unit_code
    from onestop.demo.cast import HONG_GAI

    given = answers.birth() if with_paper else _general()
    leader = ("quang", "/xu-ly/ho-so/{code}/ky/") if with_paper else ("quang", "/xu-ly/ho-so/{code}/ky/")
    return World(
        server=server,
        port=port,
        web_pid=web,
        database_pid=database,
        applicant="lan",
        file_at=f"/thu-tuc/{procedure}/nop-mot-lan/",
        fields={**{name: str(value) for name, value in given.items()}, "agency": _unit_code(HONG_GAI), "way": "2"},
        files={"file-BIRTH_NOTICE": ("giay-chung-sinh.pdf", upload)},
        steps=(
            ("minh", "/mot-cua/ho-so/{code}/tiep-nhan/"),
            ("minh", "/mot-cua/ho-so/{code}/chuyen/"),
            ("hoa", "/xu-ly/ho-so/{code}/tham-dinh/"),
            leader,
            ("thu", "/xu-ly/ho-so/{code}/dong-dau/"),
            ("minh", "/mot-cua/ho-so/{code}/tra-ket-qua/"),
        ),
        upload=upload,
        with_paper=with_paper,
    )


def _general() -> dict[str, Any]:
    from onestop.demo import answers

    return {
        **answers.marital("lan"),
        "applicant_kind": "Cá nhân",
        "request": "Đề nghị xác nhận thông tin hộ tịch.",
    }


def _serve(port: int) -> subprocess.Popen[bytes]:
    place = ["--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "1"]
    quiet = ["--log-level", "warning", "--no-access-log"]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", *place, *quiet, "onestop.config.wsgi:application"]
    child = spawn(command, env=dict(os.environ), stdin=subprocess.DEVNULL)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(300):
        try:
            opener.open(f"http://127.0.0.1:{port}/tai-khoan/dang-nhap/", timeout=10).close()
        except urllib.error.HTTPError:
            return child
        except OSError:
            time.sleep(0.1)
        else:
            return child
    raise RuntimeError("the faces do not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
