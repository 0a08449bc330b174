"""Rating a dossier: one signed entry, nobody but its applicant or the desk's device, anew only by an entry more."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onestop.accounts.rules import Role
from onestop.demo.stage import Play, moment
from onestop.dossiers.queries.dossiers import get_unscoped
from onestop.dossiers.rules.states import State
from onestop.errors import Invalid, NotFound, OneStopError, Refused, Stale
from onestop.feedback.models import Rating
from onestop.feedback.operations.rating import rate
from onestop.feedback.queries.ratings import as_holder, list_ratings, may_rate
from onestop.feedback.rules.ratings import Answers, Conduct, RatedBy
from onestop.journal.queries import audit, list_entries
from tests.results.cases import DAY, returned, sealed
from tests.world import World

GOOD = Answers(5, contacts=0, agencies=1, conduct=Conduct.KIND, comment="Cảm ơn chị Minh.")
AT, LATER = f"{DAY} 10:00", "2026-04-30 10:00"


def refused(deed: Callable[[], Any]) -> OneStopError:
    with pytest.raises(OneStopError) as caught, transaction.atomic():
        deed()
    return caught.value


def say(world: World, play: Play, answers: Answers = GOOD, *, at: str = AT, who: str = "lan", **more: Any) -> Rating:
    return rate(code=play.code, answers=answers, by=world.applicant(who, at), at=moment(at), **more)


def test_the_applicant_rates_once_the_result_is_returned(world: World) -> None:
    play = sealed(world)
    assert refused(lambda: say(world, play)).code == "dossier.wrong_state"
    play.return_result(f"{DAY} 09:20")
    row = get_unscoped(play.code)
    assert may_rate(row, by=world.applicant("lan", AT), at=moment(AT))
    kept = say(world, play)
    *before, entry = list_entries(row.pk)
    assert (entry.kind, entry.sequence) == ("rate", len(before) + 1)
    assert entry.actor == f"account:{world.applicant('lan', AT).account_id}"
    digest = hashlib.sha256(GOOD.comment.encode()).hexdigest()
    assert entry.payload == {
        "rating": 5, "contacts": 0, "agencies": 1, "conduct": "kind", "comment": digest, "rated_by": "online",
    }  # fmt: skip
    assert (kept.entry, kept.comment, kept.rated_by) == (entry.sequence, GOOD.comment, RatedBy.ONLINE)
    assert get_unscoped(play.code).state == State.RETURNED


def test_nobody_else_rates_it(world: World) -> None:
    play = returned(world)
    assert isinstance(refused(lambda: say(world, play, who="binh")), NotFound)
    for role in (Role.SPECIALIST, Role.LEADER):
        by = world.by(play, role, AT)
        error = refused(lambda by=by: rate(code=play.code, answers=GOOD, by=by, at=moment(AT)))
        assert error.code == "dossier.not_permitted"
    assert isinstance(refused(lambda: say(world, play, seen=1)), Stale)
    assert list_ratings(get_unscoped(play.code)) == []


def test_what_is_wrong_is_named_and_nothing_is_kept(world: World) -> None:
    play = returned(world)
    error = refused(lambda: say(world, play, Answers(0, contacts=99)))
    assert isinstance(error, Invalid)
    assert [fault.code for fault in error.faults] == ["rating.not_chosen", "rating.unlikely_number"]
    assert Rating.objects.count() == 0


def test_said_anew_it_names_the_old_one_and_both_stay(world: World) -> None:
    play = returned(world)
    first = say(world, play)
    second = say(world, play, Answers(2), at=f"{DAY} 15:00")
    assert second.corrects == first
    row = get_unscoped(play.code)
    assert list_entries(row.pk)[-1].payload == {"rating": 2, "rated_by": "online", "corrects": first.entry}
    assert [item.rating for item in list_ratings(row)] == [5, 2]
    assert refused(lambda: say(world, play, at=LATER)).code == "rating.stands"
    assert not may_rate(row, by=world.applicant("lan", LATER), at=moment(LATER))
    assert not [item for item in audit().breaks if item.stream == row.pk]


def test_the_device_at_the_desk_says_that_it_was_one_and_corrects_nothing(world: World) -> None:
    play = returned(world)
    desk = world.by(play, Role.ONE_STOP_OFFICER, AT)
    kept = rate(code=play.code, answers=Answers(5), by=desk, at=moment(f"{DAY} 09:20"))
    entry = list_entries(get_unscoped(play.code).pk)[-1]
    assert (kept.rated_by, entry.payload["rated_by"], entry.post) == ("desk_device", "desk_device", desk.post_code)
    error = refused(lambda: rate(code=play.code, answers=Answers(5), by=desk, at=moment(AT)))
    assert (error.code, isinstance(error, Refused)) == ("rating.not_corrected_here", True)
    assert say(world, play, Answers(1)).corrects == kept


def test_who_holds_the_receipt_rates_without_an_account(world: World) -> None:
    play, other = returned(world), returned(world, "tam")
    holder = as_holder(get_unscoped(play.code))
    kept = rate(code=play.code, answers=Answers(4), by=holder, at=moment(AT))
    assert (kept.rated_by, list_entries(kept.dossier_id)[-1].actor) == (RatedBy.LINK, "system")
    error = refused(lambda: rate(code=other.code, answers=Answers(1), by=holder, at=moment(AT)))
    assert isinstance(error, NotFound)


def test_the_database_keeps_one_first_rating_a_dossier(world: World) -> None:
    kept = say(world, returned(world))
    with pytest.raises(IntegrityError, match="rated_first_once"), transaction.atomic():
        Rating.objects.create(dossier=kept.dossier, entry=99, rating=1, rated_by="link", rated_at=kept.rated_at)
