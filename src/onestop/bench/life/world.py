"""What a life needs: the province with its cast, a procedure with a time limit and a short line, the faces."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from onestop.bench.grounds import Grounds, open_grounds, serve_faces
from onestop.config.children import end_child
from onestop.config.localdb import LocalServer

PASSWORD = "quang-ninh-2026"
UPLOAD_BYTES = 200_000
WITH_PAPER, WITHOUT_PAPER = "1.001193", "1.000689"
PAPER_FILED = "BIRTH_NOTICE"


@dataclass(frozen=True)
class World:
    """Where to file what as whom, and which steps follow by whom."""

    server: LocalServer
    port: int
    web_pid: int
    database_pid: int
    applicant: str
    file_at: str
    fields: dict[str, str]
    upload: bytes
    steps: tuple[tuple[str, str], ...]
    with_paper: bool

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who logs in."""
        return tuple(sorted({who for who, _ in self.steps} | {self.applicant}))


@contextmanager
def open_world(*, with_paper: bool) -> Iterator[World]:
    """Open the world, and end everything in it afterwards. Call it before Django is loaded."""
    with open_grounds() as grounds:
        web, port = None, 0
        try:
            furnish(with_paper=with_paper)
            web, port = serve_faces()
            yield describe(grounds, web, port, with_paper=with_paper)
        finally:
            if web is not None:
                end_child(web)


def furnish(*, with_paper: bool) -> None:
    """Load the province and its cast; give the procedure of the lives a short line, and a time limit if it has none."""
    from onestop.demo.province import appoint_cast, load_province
    from onestop.demo.run import ZONE

    at = datetime.now(ZONE)
    load_province(at=at, say=lambda line: None)
    appoint_cast(at=at)
    if not with_paper:
        publish_plain(at)
    publish_line(with_paper=with_paper)


def publish_line(*, with_paper: bool) -> None:
    """Publish the short line of a commune for the procedure of the lives: appraised, signed, sealed."""
    from onestop.process.operations.data import IN_FORCE_FROM
    from onestop.process.operations.templates import publish_template
    from onestop.process.queries.templates import get_template

    short = get_template("commune-short@1")
    steps = [{"code": s.code, "kind": s.kind, "names": s.names, "minutes": s.minutes} for s in short.steps]
    publish_template(
        code="bench",
        content={"names": short.names, "source": short.source, "steps": steps},
        procedures=[WITH_PAPER if with_paper else WITHOUT_PAPER],
        in_force_from=IN_FORCE_FROM,
    )


def publish_plain(at: datetime) -> None:
    """Publish a version that needs one document, three working days, and gives no paper."""
    from onestop.accounts.rules import SYSTEM
    from onestop.catalogue.operations import publish_version
    from onestop.catalogue.queries import get_content, get_version_in_force
    from onestop.catalogue.rules.content import RequiredDocument, TimeLimitCase
    from onestop.catalogue.rules.kinds import DocumentKind
    from onestop.worktime.rules import TimeLimit, TimeUnit

    limit = TimeLimit(3, TimeUnit.WORKING_DAY)
    content = replace(
        get_content(get_version_in_force(WITHOUT_PAPER, at.date()).pk),
        components=(RequiredDocument(PAPER_FILED, {"vi": "Giấy chứng sinh"}, DocumentKind.SUBMIT),),
        time_limits=(TimeLimitCase("", Decimal(3), "working_day", limit, "benchmark"),),
        default_case=0,
        results=(),
    )
    publish_version(
        code=WITHOUT_PAPER, decision="benchmark", effective_from=at.date(), content=content, by=SYSTEM, at=at
    )


def describe(grounds: Grounds, web: subprocess.Popen[bytes] | None, port: int, *, with_paper: bool) -> World:
    """Return what a life needs, on these grounds."""
    from onestop.agencies.queries import list_units
    from onestop.demo import answers
    from onestop.demo.cast import HONG_GAI
    from onestop.demo.province import TODAY

    given = answers.birth() if with_paper else _general()
    agency = next(unit.code for unit in list_units(on=TODAY) if unit.name() == HONG_GAI)
    return World(
        server=grounds.server,
        port=port,
        web_pid=web.pid if web else 0,
        database_pid=(grounds.server.status().pid or 0) if web else 0,
        applicant="lan",
        file_at=f"/thu-tuc/{WITH_PAPER if with_paper else WITHOUT_PAPER}/nop-mot-lan/",
        fields={
            **{name: str(value) for name, value in given.items()},
            "agency": agency,
            "way": "2" if with_paper else "0",
        },
        upload=_paper(),
        steps=STEPS,
        with_paper=with_paper,
    )


STEPS = (
    ("minh", "/mot-cua/ho-so/{code}/tiep-nhan/"),
    ("minh", "/mot-cua/ho-so/{code}/chuyen/"),
    ("hoa", "/xu-ly/ho-so/{code}/tham-dinh/"),
    ("quang", "/xu-ly/ho-so/{code}/ky/"),
    ("thu", "/xu-ly/ho-so/{code}/dong-dau/"),
    ("minh", "/mot-cua/ho-so/{code}/tra-ket-qua/"),
)


def _paper() -> bytes:
    """A scan of `UPLOAD_BYTES`. Each life files it with a number of its own, so that the store keeps each."""
    from onestop.demo.papers import scan

    page = scan("Giấy chứng sinh", "Nguyễn Thị Lan")
    return page + b"%" + b"0" * max(UPLOAD_BYTES - len(page) - 22, 0)


def _general() -> dict[str, Any]:
    from onestop.demo import answers

    return {
        **answers.marital("lan"),
        "applicant_kind": "Cá nhân",
        "request": "Đề nghị xác nhận thông tin hộ tịch.",
    }
