"""The table of permissions twice: as a rule on one dossier, and as SQL on all of them. They never differ."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from onestop.accounts.rules import Principal, Role
from onestop.agencies.models import Posting, Unit
from onestop.agencies.queries import subordinate_ids
from onestop.applicants.models import Applicant
from onestop.catalogue.queries import get_version_in_force
from onestop.demo.stage import moment
from onestop.dossiers.models import Dossier
from onestop.dossiers.queries.dossiers import count_work, list_consulted, list_dossiers, list_work
from onestop.dossiers.queries.facts import rights_facts, verbs_for
from onestop.dossiers.queries.scope import scope
from onestop.dossiers.rules.permissions import may_ever, permits
from onestop.dossiers.rules.states import State, Verb
from tests.world import World

AT = moment("2026-03-10 09:00")
AGENCIES = ("Phường Hồng Gai", "Đặc khu Cô Tô", "Sở Xây dựng", "Tỉnh Quảng Ninh")


class Dice:
    """Random dossiers and principals among few units, so that they meet often."""

    def __init__(self, seed: int, world: World) -> None:
        self.pick = random.Random(seed)
        codes = [world.stage.unit_code(name) for name in AGENCIES]
        self.units = [
            unit for code in codes for unit in Unit.objects.filter(code__startswith=code).order_by("code")[:4]
        ]
        self.applicants = list(Applicant.objects.order_by("pk")[:5])
        self.postings = list(Posting.objects.order_by("pk")[:6])
        self.version = get_version_in_force("1.004873", AT.date())

    def unit(self) -> int:
        return self.pick.choice(self.units).pk

    def dossier(self, number: int) -> Dossier:
        state = self.pick.choice(list(State))
        return Dossier(
            code=f"H49.00-260310-{number:04d}",
            procedure_id=self.version.procedure_id,
            version=self.version,
            applicant=self.pick.choice(self.applicants),
            channel=1,
            filer="self",
            receiving_unit_id=self.unit(),
            competent_unit_id=self.unit(),
            settling_unit_id=self.unit(),
            holder_unit_id=self.unit(),
            consulted_unit_ids=[self.unit() for _ in range(self.pick.choice((0, 0, 1, 2)))],
            state=state,
            step_role=self.pick.choice(list(Role)),
            assignee=self.pick.choice([None, None, *self.postings]),
            submitted_at=AT,
            accepted_at=AT,
            due_at=AT,
            returned_at=AT,
            changed_at=AT,
            journal_sequence=1,
            journal_hash=bytes(32),
        )

    def principal(self) -> Principal:
        if self.pick.random() < 0.2:
            own = frozenset(row.pk for row in self.pick.sample(self.applicants, self.pick.choice((0, 1, 2))))
            return Principal(1, "x", frozenset({Role.APPLICANT}), "system:portal", applicant_ids=own)
        unit, posting = self.unit(), self.pick.choice(self.postings)
        roles = self.pick.sample(
            [role for role in Role if role is not Role.APPLICANT], self.pick.choice((0, 1, 1, 1, 2))
        )
        some = frozenset(verb.value for verb in self.pick.sample(list(Verb), 4))
        return Principal(
            1,
            "x",
            frozenset(roles),
            "officer:1",
            posting_id=posting.pk,
            post_code="x",
            unit_id=unit,
            unit_ids=subordinate_ids(unit) if self.pick.random() < 0.9 else frozenset(),
            only_verbs=some if self.pick.random() < 0.3 else frozenset(),
        )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rule_and_sql_agree_on_every_dossier(world: World, seed: int) -> None:
    dice = Dice(seed, world)
    Dossier.objects.bulk_create(dice.dossier(number) for number in range(60))
    rows = list(Dossier.objects.all())
    partly: Counter[Verb] = Counter()
    for _ in range(25):
        by = dice.principal()
        for verb in Verb:
            ruled = {row.pk for row in rows if permits(verb, by, rights_facts(row))}
            assert set(Dossier.objects.filter(scope(verb, by)).values_list("pk", flat=True)) == ruled, (verb, by)
            assert may_ever(verb, by) or not ruled
            partly[verb] += 0 < len(ruled) < len(rows)
    assert partly[Verb.READ] >= 8  # there was something to see, and something that could leak


def test_lists_and_counts_show_no_dossier_beyond_the_rights(world: World) -> None:
    dice = Dice(4, world)
    Dossier.objects.bulk_create(dice.dossier(number) for number in range(80))
    seen = hidden = 0
    for _ in range(30):
        by = dice.principal()
        readable = {row.pk for row in Dossier.objects.all() if permits(Verb.READ, by, rights_facts(row))}
        listed = [row.pk for row in list_dossiers(by=by, size=200).rows]
        assert set(listed) == readable
        assert listed == sorted(listed, reverse=True)
        assert [row.pk for row in list_dossiers(by=by, size=7).rows] == listed[:7]
        assert {row.pk for row in list_consulted(by=by, size=200)} <= readable
        work = [row.pk for row in list_work(by=by, size=200).rows]
        assert len(work) == count_work(by=by)
        if by.roles and by.unit_id in by.unit_ids and not by.roles <= {Role.ADMINISTRATOR}:
            assert set(work) <= readable or Role.ADMINISTRATOR in by.roles
        seen, hidden = seen + len(readable), hidden + 80 - len(readable)
    assert seen > 50
    assert hidden > 50


def test_pages_follow_on_without_gap_or_double(world: World) -> None:
    dice = Dice(5, world)
    rows = [dice.dossier(number) for number in range(40)]
    desk = world.officer("minh", "2026-03-10 09:00")
    for number, row in enumerate(rows):
        row.state, row.step_role, row.assignee = State.SUBMITTED, Role.ONE_STOP_OFFICER, None
        row.holder_unit_id = row.receiving_unit_id = desk.unit_id
        row.step_due_at = None if number % 5 == 0 else moment(f"2026-03-1{number % 3} 09:00")
    Dossier.objects.bulk_create(rows)
    found, after = [], ""
    while True:
        page = list_work(by=desk, size=7, after=after)
        found += page.rows
        after = page.next_key
        if not after:
            break
    assert len(found) == len({row.pk for row in found}) == 40
    due = [(row.step_due_at is None, row.step_due_at or AT, row.pk) for row in found]
    assert due == sorted(due)
    codes, after = [], ""
    while True:
        newest = list_dossiers(by=desk, size=9, after=after)
        codes += [row.code for row in newest.rows]
        after = newest.next_key
        if not after:
            break
    assert len(codes) == len(set(codes)) == 40


def test_a_key_of_a_page_that_makes_no_sense_begins_anew(world: World) -> None:
    desk = world.officer("minh", "2026-03-10 09:00")
    for nonsense in ("", "~", "x~1", "2026-99-99~3", "'; DROP TABLE x; --"):
        assert list_work(by=desk, after=nonsense).rows == ()
    assert list_dossiers(by=desk, after="-1").rows == ()


def test_who_acts_by_delegation_uses_only_its_verbs_but_may_read(world: World) -> None:
    dice = Dice(6, world)
    desk = world.officer("minh", "2026-03-10 09:00")
    row = dice.dossier(1)
    row.state, row.step_role, row.assignee, row.consulted_unit_ids = State.SUBMITTED, Role.ONE_STOP_OFFICER, None, []
    row.holder_unit_id = row.receiving_unit_id = desk.unit_id
    row.save()
    whole = verbs_for(row, desk)
    assert {Verb.ACCEPT, Verb.REFUSE, Verb.DIGITISE, Verb.WITHDRAW} <= whole
    only = replace(desk, only_verbs=frozenset({"accept", "seal"}), on_behalf_of="officer:1")
    assert verbs_for(row, only) == {Verb.ACCEPT}
    assert permits(Verb.READ, only, rights_facts(row))
    assert not may_ever(Verb.SEAL, only)  # delegated, but never the role's to begin with
