"""Revoking: who may, what it leaves behind, and what everybody who checks is told from then on."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from onestop.accounts.rules import Role
from onestop.demo.stage import moment
from onestop.documents.ports import store
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.states import State
from onestop.errors import NotFound, OneStopError, Refused
from onestop.intake.rules.reasons import Reason
from onestop.journal.queries import list_entries
from onestop.results.models import KeptResult, Revocation, RevocationList
from onestop.results.operations import keep_result, revoke_result
from onestop.results.operations.publishing import publish_list
from onestop.results.queries import find_result
from onestop.results.queries.claims import check_claim, check_file
from onestop.results.queries.revocations import list_revoked
from onestop.results.rules.revocations import RevocationCause, find_in_list
from onestop.results.rules.verdicts import Verdict
from onestop.signatures.operations.claims import sign_message
from onestop.signatures.rules.claims import encode_claim, from_digits, to_digits
from onestop.trust.operations import issue_key, renew, revoke
from onestop.trust.queries.published import find_published, is_signed, list_published
from onestop.trust.rules import KeyKind, RevocationReason, cose
from tests.results.cases import DAY, appraised, claim_of, claim_text, leader_of, returned, sealed
from tests.world import World

WHY = {"cause": RevocationCause.ISSUED_IN_ERROR, "reason": "Ghi sai ngày sinh.", "ground": "123/2015/NĐ-CP Đ6"}
LATER = moment(f"{DAY} 11:00")


def revoke_now(code: str, by: Any, at: str = f"{DAY} 10:00", **changed: Any) -> None:
    revoke_result(code=code, by=by, at=moment(at), **WHY | changed)


def refused(code: str, by: Any, **changed: Any) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        revoke_now(code, by, **changed)
    return caught.value


def test_a_revoked_result_is_told_to_everybody_from_that_moment_on(world: World) -> None:
    play, other = returned(world), returned(world, "tam")
    text = claim_text(play)
    before = check_claim(text, at=LATER)
    assert (before.verdict, before.reason, before.claim) == (Verdict.HOLDS, "", claim_of(play))
    assert before.holder == get_unscoped(play.code).competent_unit.agency_name()
    revoke_now(play.code, leader_of(world, play))
    after = check_claim(text, at=LATER)
    assert (after.verdict, after.reason) == (Verdict.REVOKED, "claim.revoked")
    assert (after.revoked_at, after.cause) == (moment(f"{DAY} 10:00"), RevocationCause.ISSUED_IN_ERROR)
    assert check_claim(text, at=moment(f"{DAY} 09:59")).verdict is Verdict.HOLDS
    assert check_claim(claim_text(other), at=LATER).verdict is Verdict.HOLDS
    result = find_result(get_unscoped(play.code))
    assert result is not None
    assert result.revoked_at == moment(f"{DAY} 10:00")
    assert check_file(store().get(result.sha256), at=LATER).verdict is Verdict.REVOKED


def test_it_leaves_one_signed_entry_with_everything_in_it(world: World) -> None:
    play = returned(world)
    before = len(list_entries(get_unscoped(play.code).pk))
    quang = leader_of(world, play)
    revoke_now(play.code, quang)
    row = get_unscoped(play.code)
    *_, last = list_entries(row.pk)
    assert (len(list_entries(row.pk)), last.kind, last.actor) == (before + 1, "revoke_result", quang.key)
    assert (last.ground, last.payload["reason"], last.payload["cause"]) == (WHY["ground"], WHY["reason"], 1)
    assert last.payload["claim"] == claim_of(play).claim_id.hex()
    assert row.state == State.RETURNED
    kept = Revocation.objects.get()
    assert (kept.dossier_id, kept.revoked_by_id) == (row.pk, quang.posting_id)


def test_what_was_revoked_at_the_desk_is_not_handed_out(world: World) -> None:
    play = sealed(world)
    revoke_now(play.code, leader_of(world, play))
    assert get_unscoped(play.code).state == State.STOPPED
    with pytest.raises(Refused, match=r"dossier\.wrong_state"):
        play.return_result(f"{DAY} 10:30")


def test_who_may_not_is_refused(world: World) -> None:
    play = returned(world)
    for role in (Role.ONE_STOP_OFFICER, Role.SPECIALIST, Role.CLERK):
        assert refused(play.code, world.by(play, role, f"{DAY} 10:00")).code == "dossier.not_permitted"
    stranger = world.applicant("binh", f"{DAY} 10:00")
    assert isinstance(refused(play.code, stranger), NotFound)
    owner = world.applicant("lan", f"{DAY} 10:00")
    assert refused(play.code, owner).code == "dossier.not_permitted"
    assert not Revocation.objects.exists()


def test_every_reason_against_it_at_once(world: World) -> None:
    play = returned(world)
    quang = leader_of(world, play)
    error = refused(play.code, quang, reason=" ", ground="")
    assert isinstance(error, Refused)
    assert error.reasons == ("revocation.without_reason", "revocation.without_ground")
    assert isinstance(refused(play.code, quang, cause=RevocationCause.NEVER_ISSUED), Refused)
    revoke_now(play.code, quang)
    error = refused(play.code, quang)
    assert isinstance(error, Refused)
    assert error.reasons == ("revocation.revoked_already",)


def test_nothing_is_revoked_before_it_is_sealed(world: World) -> None:
    play = appraised(world).sign(f"{DAY} 09:00")
    assert refused(play.code, leader_of(world, play)).code == "dossier.wrong_state"


def test_a_claim_that_was_signed_but_never_issued_does_not_hold(world: World) -> None:
    play = appraised(world).sign(f"{DAY} 09:00")
    first = claim_text(play)
    play.send_back(f"{DAY} 09:05", "Sai tên.", role=Role.CLERK)
    play.sign(f"{DAY} 09:06").seal(f"{DAY} 09:10")
    assert check_claim(claim_text(play), at=LATER).verdict is Verdict.HOLDS
    found = check_claim(first, at=LATER)
    assert (found.verdict, found.cause) == (Verdict.REVOKED, RevocationCause.NEVER_ISSUED)
    ended = appraised(world, "tam").sign(f"{DAY} 09:00")
    dropped = claim_text(ended)
    ended.send_back(f"{DAY} 09:05", "Không đủ điều kiện.", role=Role.CLERK)
    ended.refuse(f"{DAY} 09:30", Reason("Đang có vợ.", "123/2015/NĐ-CP Đ22"))
    assert check_claim(dropped, at=LATER).cause is RevocationCause.NEVER_ISSUED
    assert len(list_revoked(LATER)) == 2


def test_the_list_is_signed_dated_and_made_anew_when_something_was_revoked(world: World) -> None:
    play = returned(world)
    first = publish_list(at=moment(f"{DAY} 09:55"))
    assert publish_list(at=moment(f"{DAY} 09:58")).pk == first.pk
    revoke_now(play.code, leader_of(world, play))
    second = publish_list(at=moment(f"{DAY} 10:01"))
    assert second.pk != first.pk
    assert publish_list(at=moment(f"{DAY} 10:09")).pk == second.pk
    assert publish_list(at=moment(f"{DAY} 10:12")).pk not in {first.pk, second.pk}
    message = cose.parse(bytes(second.message))
    key = find_published(message.key_id)
    assert key is not None
    assert key.key == "system:status"
    assert is_signed(message, key.certificate)
    claim_id = claim_of(play).claim_id
    assert find_in_list(message.payload, claim_id) == (moment(f"{DAY} 10:00"), 1)
    assert find_in_list(cose.parse(bytes(first.message)).payload, claim_id) is None
    publish_list(at=moment("2026-04-12 08:00"))
    assert RevocationList.objects.count() == 1  # old lists are of no use to anybody


def test_an_altered_digit_does_not_hold(world: World) -> None:
    message = bytearray(from_digits(claim_text(returned(world))))
    at = message.index(b"05/11/1995") if b"05/11/1995" in message else message.index(b"/UBND") - 1
    message[at] ^= 1
    found = check_claim(to_digits(bytes(message)), at=LATER)
    assert (found.verdict, found.reason) == (Verdict.FAILS, "claim.altered")


@pytest.mark.parametrize("text", ["", "hello", "https://example.vn/xac-minh/", "12345678901234567890", "9" * 900])
def test_what_is_no_claim_cannot_be_told(world: World, text: str) -> None:
    found = check_claim(text, at=LATER)
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, "claim.unreadable")


def test_a_claim_of_an_unknown_key_cannot_be_told(world: World) -> None:
    taken = cose.parse(from_digits(claim_text(returned(world))))
    message = cose.assemble(cose.protected_header(b"unknown!"), taken.payload, taken.signature)
    found = check_claim(to_digits(message), at=LATER)
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, "key.unknown")


def test_a_claim_in_the_name_of_another_agency_does_not_hold(world: World) -> None:
    """A seal, or another agency's claim key, is a published key too; it may not speak for this agency."""
    payload = cose.parse(from_digits(claim_text(returned(world)))).payload
    issue_key(key="claim:H49.99", common_name="UBND xã khác", organisation="", kind=KeyKind.ORGANISATION, at=LATER)
    agency = claim_of(returned(world, "tam")).issuer
    for key in ("claim:H49.99", f"seal:{agency}", "system:status"):
        found = check_claim(to_digits(sign_message(payload=payload, key=key)), at=LATER)
        assert (found.verdict, found.reason) == (Verdict.FAILS, "key.of_another")


def test_a_renewed_key_leaves_old_claims_alone_and_a_revoked_one_does_not(world: World) -> None:
    key = "claim:H49.98"  # of its own: keys are files, which no rollback brings back
    old = issue_key(key=key, common_name="UBND xã", organisation="", kind=KeyKind.ORGANISATION, at=LATER)
    claim = replace(claim_of(returned(world)), issuer="H49.98")
    text = to_digits(sign_message(payload=encode_claim(claim), key=key))
    renew(key=key, at=moment(f"{DAY} 10:00"))
    assert check_claim(text, at=LATER).verdict is Verdict.HOLDS
    assert [one.key for one in list_published()].count(key) == 2
    revoke(certificate=old.pk, at=moment(f"{DAY} 10:30"), reason=RevocationReason.KEY_COMPROMISE)
    found = check_claim(text, at=LATER)
    assert (found.verdict, found.reason) == (Verdict.UNKNOWN, "certificate.revoked")


def test_a_file_is_judged_by_its_seal_and_its_claim(world: World) -> None:
    play = returned(world)
    result = find_result(get_unscoped(play.code))
    assert result is not None
    pdf = store().get(result.sha256)
    found = check_file(pdf, at=LATER)
    assert (found.verdict, found.claim) == (Verdict.HOLDS, claim_of(play))
    assert found.report is not None
    assert [one.role for one in found.report.signatures] == ["leader", "organisation"]
    middle = pdf.index(b"stream") + 40
    altered = pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]
    assert check_file(altered, at=LATER).verdict is Verdict.FAILS
    assert check_file(pdf + b"\n%more", at=LATER).verdict is Verdict.FAILS
    assert check_file(b"%PDF-1.7 nothing", at=LATER).verdict is Verdict.UNKNOWN
    only_signed = store().get(play_signed(play.code))
    assert check_file(only_signed, at=LATER).reason == "file.sealed_by_another"


def play_signed(code: str) -> str:
    from onestop.signing.models import ResultPaper

    return ResultPaper.objects.get(dossier__code=code).signed_sha256


def test_the_form_kept_for_decades_is_judged_like_the_original(world: World) -> None:
    play = returned(world)
    keep_result(code=play.code, at=moment(f"{DAY} 12:00"))
    kept = store().get(KeptResult.objects.get().sha256)
    found = check_file(kept, at=moment(f"{DAY} 13:00"))
    assert (found.verdict, found.reason, found.claim) == (Verdict.HOLDS, "", claim_of(play))
