"""Acts from a page, as tables: how to get there, what is sent, what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onestop.accounts.rules import Role
from onestop.demo import answers
from onestop.demo.cast import HONG_GAI, VAN_DON
from onestop.demo.papers import scan
from onestop.demo.stage import Play
from onestop.demo.stories import BIRTH, BUILDING, HOUSE
from onestop.dossiers.rules.filing import Channel, Filer, ReturnWay
from onestop.dossiers.rules.states import State
from onestop.intake.operations.reception import accept
from onestop.intake.rules.supplement import SupplementItem
from tests.web.officers import DAY, Hall, row, seen

ITEM = SupplementItem("MARITAL_STATUS_OLD", "Thiếu bản án ly hôn.", "Nộp bản án.", "123/2015/NĐ-CP Đ22")


@dataclass(frozen=True)
class Act:
    """One act: its address, who does it, the dossier it is done to, the fields, the state and step afterwards."""

    path: str
    who: str
    prepare: Callable[[Hall], Play]
    state: State
    fields: dict[str, Any] = field(default_factory=dict)
    step: str = ""
    file: str = ""

    def __str__(self) -> str:
        return self.path

    def post(self, client: Client, face: str, play: Play, **more: Any) -> Any:
        """Send the form as the page would."""
        sent = {**seen(play), **self.fields, **more}
        if self.file:
            sent[f"file-{self.file}"] = paper()
        return client.post(f"/{face}/ho-so/{play.code}/{self.path}/", sent)


def paper(title: str = "Giấy tờ") -> SimpleUploadedFile:
    """A scan."""
    return SimpleUploadedFile("scan.pdf", BytesIO(scan(title, "Lan")).getvalue(), "application/pdf")


def accepted(hall: Hall) -> Play:
    """Accepted, not yet handed over."""
    play = hall.marital()
    accept(code=play.code, by=hall.world.by(play, Role.ONE_STOP_OFFICER, f"{DAY} 09:00"), at=row(play).changed_at)
    return play


def at_initials(hall: Hall) -> Play:
    """A permit for a house, with the head of division, who agrees by initialling the paper."""
    papers = {"LAND_PAPERS": "Giấy chứng nhận quyền sử dụng đất", "DESIGN": "Bản vẽ thiết kế xây dựng"}
    given = answers.building("thao", "Đặc khu Vân Đồn")
    play = hall.world.stage.file(BUILDING, "thao", VAN_DON, f"{DAY} 08:00", answers=given, papers=papers, case=HOUSE)
    return play.accept(f"{DAY} 09:00").appraise(f"{DAY} 09:30")


def sealed_from_scans(hall: Hall) -> Play:
    """A birth registered from paper at the counter: scanned, signed, sealed."""
    play = hall.world.stage.file(
        BIRTH, "oanh", HONG_GAI, f"{DAY} 08:00", answers=answers.birth("oanh"),
        papers={"BIRTH_NOTICE": "Giấy chứng sinh", "FORM_BIRTH": "Tờ khai"},
        channel=Channel.COUNTER, filer=Filer.BY_OFFICER, way=ReturnWay.COUNTER,
    )  # fmt: skip
    play.digitise(f"{DAY} 08:05").accept(f"{DAY} 08:10")
    return play.appraise(f"{DAY} 08:20").sign(f"{DAY} 09:00").seal(f"{DAY} 09:10")


def at_appraisal(hall: Hall) -> Play:
    """With the specialist."""
    return hall.marital().accept(f"{DAY} 09:00")


def at_approval(hall: Hall) -> Play:
    """With the leader."""
    return at_appraisal(hall).appraise(f"{DAY} 09:30")


def at_seal(hall: Hall) -> Play:
    """With the clerk."""
    return at_approval(hall).sign(f"{DAY} 10:00")


def ready(hall: Hall) -> Play:
    """Sealed: to be returned."""
    return at_seal(hall).seal(f"{DAY} 10:15")


def asked(hall: Hall) -> Play:
    """A supplement was asked for by the specialist."""
    return at_appraisal(hall).ask(f"{DAY} 09:40", ITEM)
