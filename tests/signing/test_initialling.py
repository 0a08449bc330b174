"""Initials of the head of division, the leader's signature, the seal: three in the legal order on one paper."""

import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import transaction

from onestop.accounts.rules import Role
from onestop.demo import answers
from onestop.demo.cast import VAN_DON
from onestop.demo.stage import Play, moment
from onestop.demo.stories import BUILDING, HOUSE
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import OneStopError
from onestop.intake.rules.reasons import Reason
from onestop.journal.queries import list_entries
from onestop.signing.models import InitialledPaper, ResultPaper
from onestop.signing.operations import approve, sign_and_approve
from onestop.validation.queries import verify_pdf
from tests.world import World

DAY = "2026-04-06"
ORDER = ["initials", "leader", "organisation"]


def appraised(world: World, reasons: tuple[Reason, ...] = ()) -> Play:
    """A permit for a house, before the head of division: its process shows a check by initials."""
    papers = {"LAND_PAPERS": "Giấy chứng nhận quyền sử dụng đất", "DESIGN": "Bản vẽ thiết kế xây dựng"}
    play = world.stage.file(
        BUILDING, "thao", VAN_DON, f"{DAY} 08:00", answers=answers.building("thao", "Đặc khu Vân Đồn"),
        papers=papers, case=HOUSE,
    )  # fmt: skip
    return play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20", reasons=reasons)


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def sealed(world: World) -> bytes:
    appraised(world).review(f"{DAY} 09:00").sign("2026-04-07 09:00").seal("2026-04-07 09:10")
    return store().get(ResultPaper.objects.get().sealed_sha256)


def test_three_sign_one_paper_in_the_legal_order(world: World) -> None:
    play = appraised(world).review(f"{DAY} 09:00")
    draft = InitialledPaper.objects.get()
    initialled = store().get(draft.sha256)
    assert [one.role for one in verify_pdf(initialled).signatures] == ["initials"]
    play.sign("2026-04-07 09:00")
    signed = store().get(ResultPaper.objects.get().signed_sha256)
    assert signed.startswith(initialled)  # the leader signed that very file
    play.seal("2026-04-07 09:10").return_result("2026-04-07 09:20")
    paper = ResultPaper.objects.get()
    report = verify_pdf(store().get(paper.sealed_sha256))
    assert report.valid
    assert [one.role for one in report.signatures] == ORDER
    head, leader = (world.by(play, role, f"{DAY} 09:00") for role in (Role.DIVISION_HEAD, Role.LEADER))
    assert [one.signer for one in report.signatures][:2] == [head.name, leader.name]
    assert (paper.number, paper.content) == (draft.number, draft.content)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is missing: apt-get install poppler-utils")
def test_pdfsig_finds_all_three_valid(world: World, tmp_path: Path) -> None:
    (tmp_path / "result.pdf").write_bytes(sealed(world))
    command = ["pdfsig", "-nocert", str(tmp_path / "result.pdf")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert said.count("Signature Validation: Signature is Valid.") == 3
    assert said.count("- Total document signed") == 1


def test_the_places_are_kept_before_anybody_signs_and_do_not_overlap_the_initials(world: World) -> None:
    with pikepdf.open(io.BytesIO(sealed(world))) as pdf:
        fields = {str(field.T).partition("-")[0]: field for field in pdf.Root.AcroForm.Fields}
        assert list(fields) == ORDER
        boxes = {name: [float(edge) for edge in field.Rect] for name, field in fields.items()}
        assert all("/StructParent" in field for field in fields.values())  # each in the structure of the paper
        assert str(fields["initials"].TU).startswith("Ký nháy của ")
    assert boxes["initials"][3] <= min(boxes["leader"][1], boxes["organisation"][1])


def test_one_entry_says_what_was_initialled(world: World) -> None:
    play = appraised(world).review(f"{DAY} 09:00")
    draft, entry = InitialledPaper.objects.get(), list_entries(get_unscoped(play.code).pk)[-1]
    assert entry.kind == "approve"
    assert (entry.payload["number"], entry.payload["sha256"]) == (draft.number, draft.sha256)
    assert entry.payload["step"] == "approve"


def test_sent_back_it_is_made_and_initialled_anew_under_its_number(world: World) -> None:
    play = appraised(world).review(f"{DAY} 09:00")
    first = InitialledPaper.objects.get()
    play.send_back(f"{DAY} 09:10", "Ghi rõ cốt nền.", Role.LEADER).review(f"{DAY} 09:20").sign(f"{DAY} 09:30")
    play.send_back(f"{DAY} 09:40", "Sai số nhà.", Role.CLERK).send_back(f"{DAY} 09:50", "Sửa số nhà.", Role.LEADER)
    play.review(f"{DAY} 10:00").sign(f"{DAY} 10:10").seal(f"{DAY} 10:20")
    last, paper = InitialledPaper.objects.get(), ResultPaper.objects.get()
    assert first.number == last.number == paper.number == "1/GPXD"
    assert first.sha256 != last.sha256
    assert store().get(paper.signed_sha256).startswith(store().get(last.sha256))
    initialled = [one.payload["sha256"] for one in list_entries(paper.dossier_id) if "sha256" in one.payload]
    assert initialled[0] == first.sha256  # what was thrown away stays on record


def test_a_dossier_that_says_something_else_by_now_is_not_signed(world: World) -> None:
    play = appraised(world).review(f"{DAY} 09:00")
    row = get_unscoped(play.code)
    Dossier.objects.filter(pk=row.pk).update(answers={**row.answers, "plot": "99"})
    leader = world.by(play, Role.LEADER, f"{DAY} 09:30")
    error = refused(lambda: sign_and_approve(code=play.code, by=leader, at=moment(f"{DAY} 09:30")))
    assert error.code == "signing.initialled_otherwise"
    assert not ResultPaper.objects.exists()


def test_another_leader_signs_a_paper_in_the_own_name(world: World) -> None:
    play = appraised(world).review(f"{DAY} 09:00")
    row = InitialledPaper.objects.get()
    row.content["signer"]["name"] = "Một lãnh đạo khác"
    row.save()
    play.sign(f"{DAY} 09:30").seal(f"{DAY} 09:40")
    paper = ResultPaper.objects.get()
    report = verify_pdf(store().get(paper.sealed_sha256))
    assert [one.role for one in report.signatures] == ORDER[1:]
    assert paper.number == row.number
    assert paper.content["signer"]["name"] == world.by(play, Role.LEADER, f"{DAY} 09:30").name


def test_nothing_is_initialled_if_a_refusal_is_proposed(world: World) -> None:
    appraised(world, (Reason("Không đủ điều kiện.", "50/2014/QH13 Đ93"),)).review(f"{DAY} 09:00")
    assert not InitialledPaper.objects.exists()


def test_who_may_not_initial_is_refused_before_a_number_is_used_up(world: World) -> None:
    play = appraised(world)
    head, clerk = (world.by(play, role, f"{DAY} 09:00") for role in (Role.DIVISION_HEAD, Role.CLERK))
    stranger = replace(head, posting_id=clerk.posting_id)
    error = refused(lambda: approve(code=play.code, by=stranger, at=moment(f"{DAY} 09:00")))
    assert error.code == "signing.no_mandate"
    play.review(f"{DAY} 09:10")
    assert InitialledPaper.objects.get().number == "1/GPXD"


def test_a_process_without_initials_has_none(world: World) -> None:
    household = world.stage.file("1.001612", "tam", VAN_DON, f"{DAY} 08:00", answers=answers.household("tam"))
    household.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20").review(f"{DAY} 09:00")
    assert not InitialledPaper.objects.exists()
