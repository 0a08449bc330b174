"""A signature by who may not make it is refused before it is made: nothing is signed, nothing written."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from onestop.accounts.rules import SYSTEM, Principal, Role
from onestop.agencies.operations import delegate, end_posting
from onestop.agencies.operations.structure import succeed
from onestop.agencies.queries import find_principal
from onestop.agencies.rules import ActingForm, SuccessionShare
from onestop.demo import answers
from onestop.demo.cast import BAI_CHAY, HONG_GAI
from onestop.demo.stage import Play, moment
from onestop.documents.ports import store
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.errors import Refused
from onestop.journal.queries import list_entries
from onestop.signing.models import ResultPaper
from onestop.signing.operations import seal, sign_and_approve
from onestop.signing.queries import find_refusals
from onestop.trust import ports
from onestop.trust.models import Certificate
from onestop.trust.operations import revoke
from onestop.trust.rules import RevocationReason, SignatureRole
from onestop.validation.queries import verify_pdf
from tests.world import World

DAY = "2026-04-06"
AT = moment(f"{DAY} 09:00")
MARITAL = "1.004873"


@pytest.fixture
def ready(world: World) -> Play:
    """A certificate of marital status on the leader's table."""
    play = world.stage.file(MARITAL, "lan", HONG_GAI, f"{DAY} 08:00", answers=answers.marital("lan"))
    return play.accept(f"{DAY} 08:10").appraise(f"{DAY} 08:20")


def refused(code: str, by: Principal, act: Callable[..., Dossier] = sign_and_approve) -> tuple[str, ...]:
    """Try; return the reasons. Nothing may have changed."""
    before = len(list_entries(get_unscoped(code).pk)), list(ResultPaper.objects.values())
    with pytest.raises(Refused) as error, transaction.atomic():
        act(code=code, by=by, at=AT)
    assert error.value.code == "signing.no_mandate"
    assert (len(list_entries(get_unscoped(code).pk)), list(ResultPaper.objects.values())) == before
    return error.value.reasons


def test_a_leader_whose_posting_has_ended(ready: Play, world: World) -> None:
    quang = world.by(ready, Role.LEADER, f"{DAY} 09:00")  # looked up while it still held
    end_posting(posting_id=quang.posting_id or 0, by=SYSTEM, at=AT)
    assert refused(ready.code, quang) == ("mandate.post_ended",)


def test_an_agency_merged_away_since_the_page_was_opened(ready: Play, world: World) -> None:
    quang = world.by(ready, Role.LEADER, f"{DAY} 09:00")
    heirs = [(world.stage.unit_code(BAI_CHAY), SuccessionShare.WHOLE, True)]
    gone = quang.unit_code
    succeed(predecessor_code=gone, heirs=heirs, on=date(2026, 4, 1), ground="Nghị quyết", by=SYSTEM, at=AT)
    assert refused(ready.code, quang) == ("mandate.post_ended", "mandate.unit_ended")


@pytest.fixture
def acting(ready: Play, world: World) -> Callable[..., Principal]:
    """The head of a division in the leader's post, by a delegation of one day; arguments change it."""

    def make(verbs: frozenset[str] = frozenset(), days: float = 1.0) -> Principal:
        quang, duc = world.by(ready, Role.LEADER, f"{DAY} 09:00"), world.officer("duc", f"{DAY} 09:00")
        begin = AT - timedelta(hours=3)
        delegate(
            from_posting_id=quang.posting_id or 0,
            to_posting_id=duc.posting_id or 0,
            valid_from=begin,
            valid_until=begin + timedelta(days=days),
            form=ActingForm.AUTHORISED,
            ground="Giấy uỷ quyền",
            document_number="12/GUQ-UBND",
            verbs=verbs,
            by=SYSTEM,
            at=begin,
        )
        found = find_principal(account_id=duc.account_id or 0, posting_id=quang.posting_id, at=begin)
        assert found is not None
        return found

    return make


def test_by_delegation_while_it_holds(ready: Play, acting: Callable[..., Principal]) -> None:
    duc = acting()
    dossier = sign_and_approve(code=ready.code, by=duc, at=AT)
    assert dossier.step == "seal"
    signed = next(entry for entry in list_entries(dossier.pk) if entry.kind == "sign")
    assert (signed.actor, signed.on_behalf_of) == (f"officer:{duc.account_id}", duc.on_behalf_of)


def test_by_a_delegation_that_has_expired(ready: Play, acting: Callable[..., Principal]) -> None:
    assert refused(ready.code, acting(days=0.1)) == ("mandate.delegation_expired",)


def test_by_a_delegation_whose_giver_left(ready: Play, acting: Callable[..., Principal]) -> None:
    duc = acting()
    end_posting(posting_id=duc.posting_id or 0, by=SYSTEM, at=AT)
    assert refused(ready.code, duc) == ("mandate.delegator_post_ended",)


def test_by_a_delegation_that_leaves_signing_out(ready: Play, acting: Callable[..., Principal]) -> None:
    duc = replace(acting(verbs=frozenset({"refuse"})), only_verbs=frozenset())
    assert refused(ready.code, duc) == ("mandate.delegation_leaves_out",)


def test_in_a_post_that_nobody_delegated(ready: Play, world: World) -> None:
    quang, duc = world.by(ready, Role.LEADER, f"{DAY} 09:00"), world.officer("duc", f"{DAY} 09:00")
    posing = replace(quang, account_id=duc.account_id, key=duc.key, name=duc.name)
    assert refused(ready.code, posing) == ("mandate.delegation_none",)


def test_with_the_key_of_another_person(ready: Play, world: World) -> None:
    quang, thu = (world.by(ready, role, f"{DAY} 09:00") for role in (Role.LEADER, Role.CLERK))
    assert refused(ready.code, replace(quang, key=thu.key)) == ("certificate.of_another",)


@pytest.fixture
def keys_put_back(ready: Play, settings: Any, tmp_path: Path) -> Iterator[None]:
    """The folder of keys and lists is shared by all tests: it is as it was afterwards."""
    shutil.copytree(settings.KEYS, tmp_path / "keys")
    yield
    shutil.rmtree(settings.KEYS)
    shutil.move(tmp_path / "keys", settings.KEYS)


@pytest.mark.usefixtures("keys_put_back")
def test_with_a_certificate_revoked_by_its_authority(ready: Play, world: World) -> None:
    quang = world.by(ready, Role.LEADER, f"{DAY} 09:00")
    serial = int(Certificate.objects.get(key=quang.key, superseded_at=None).serial, 16)
    ports.authority().revoke(serial, AT - timedelta(minutes=1), RevocationReason.KEY_COMPROMISE)
    assert refused(ready.code, quang) == ("certificate.revoked",)


@pytest.mark.parametrize(
    ("username", "role", "reasons"),
    [
        ("thu", SignatureRole.ORGANISATION, ()),
        ("thu", SignatureRole.COPY, ()),
        ("mai.coto", SignatureRole.ORGANISATION, ("signing.other_agency",)),
        ("quang", SignatureRole.ORGANISATION, ("signing.wrong_post",)),
        ("long.coto", SignatureRole.ORGANISATION, ("signing.wrong_post", "signing.other_agency")),
        ("hoa", SignatureRole.INITIALS, ()),
        ("hoa", SignatureRole.LEADER, ("signing.wrong_post",)),
        ("quang", SignatureRole.LEADER, ()),
        ("minh", SignatureRole.SCAN, ()),
    ],
)
def test_what_is_on_record_decides(
    ready: Play, world: World, username: str, role: SignatureRole, reasons: tuple[str, ...]
) -> None:
    agency = get_unscoped(ready.code).competent_unit
    assert find_refusals(by=world.officer(username, f"{DAY} 09:00"), role=role, agency=agency, at=AT) == reasons


def test_a_seal_by_a_clerk_whose_posting_has_ended(ready: Play, world: World) -> None:
    ready.sign(f"{DAY} 08:30")
    thu = world.by(ready, Role.CLERK, f"{DAY} 09:00")
    end_posting(posting_id=thu.posting_id or 0, by=SYSTEM, at=AT)
    assert refused(ready.code, thu, seal) == ("mandate.post_ended",)


@pytest.mark.usefixtures("keys_put_back")
def test_a_certificate_revoked_later_does_not_undo_what_was_signed(ready: Play, world: World) -> None:
    ready.sign(f"{DAY} 08:30").seal(f"{DAY} 08:40")
    quang = world.by(ready, Role.LEADER, f"{DAY} 09:00")
    paper = store().get(ResultPaper.objects.get().sealed_sha256)
    number = Certificate.objects.get(key=quang.key, superseded_at=None).id
    assert verify_pdf(paper).valid
    revoke(certificate=number, at=AT, reason=RevocationReason.KEY_COMPROMISE)
    assert verify_pdf(paper).valid


def test_the_mandate_takes_one_statement(
    ready: Play, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    agency, quang = get_unscoped(ready.code).competent_unit, world.by(ready, Role.LEADER, f"{DAY} 09:00")
    find_refusals(by=quang, role=SignatureRole.LEADER, agency=agency, at=AT)
    with django_assert_num_queries(1):
        find_refusals(by=quang, role=SignatureRole.LEADER, agency=agency, at=AT)
