"""The small pieces: doors, deadlines, bars, and what a screen reader hears of them."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

from onestop.accounts.rules import Role
from onestop.dossiers.rules.states import State
from onestop.web.base.doors import doors_of
from onestop.web.base.drawings import Dot, place_dots, spark_path
from onestop.web.base.templatetags.pieces import deadline, person
from onestop.worktime.rules import RemainingTime

AT = datetime(2026, 2, 27, 9, 30, tzinfo=UTC)


@dataclass
class Standing:
    state: State
    step_role: str = ""


@dataclass
class Entry:
    kind: str
    at: datetime = AT


def draw(source: str, **context: object) -> str:
    with override("vi"):
        return Template(CottonCompiler().process(source)).render(Context(context))


@pytest.mark.parametrize(
    ("state", "role", "doors"),
    [
        (State.SUBMITTED, Role.ONE_STOP_OFFICER, "opening closed closed closed closed"),
        (State.IN_PROCESS, Role.SPECIALIST, "open opening closed closed closed"),
        (State.WAITING_SUPPLEMENT, Role.SPECIALIST, "open opening closed closed closed"),
        (State.IN_PROCESS, Role.DIVISION_HEAD, "open open opening closed closed"),
        (State.IN_PROCESS, Role.LEADER, "open open opening closed closed"),
        (State.IN_PROCESS, Role.CLERK, "open open open opening closed"),
        (State.PROCESSED, Role.ONE_STOP_OFFICER, "open open open open opening"),
        (State.RETURNED, Role.ONE_STOP_OFFICER, "open open open open open"),
        (State.NOT_ACCEPTED, Role.ONE_STOP_OFFICER, "barred closed closed closed closed"),
        (State.STOPPED, Role.LEADER, "open open barred closed closed"),
    ],
)
def test_the_doors_stand_where_the_dossier_stands(state: State, role: Role, doors: str) -> None:
    assert " ".join(door.state for door in doors_of(Standing(state, role))) == doors


def test_the_doors_are_a_list_with_words() -> None:
    shown = draw("{% five_doors d e %}", d=Standing(State.IN_PROCESS, Role.CLERK), e=[Entry("accept"), Entry("read")])
    assert shown.count("<li") == 5
    assert 'aria-current="step"' in shown
    assert "đang thực hiện" in shown
    assert "16:30 27/02/2026" in shown
    assert shown.count('<svg viewBox="0 0 48 68" aria-hidden="true"') == 5


def test_a_deadline_is_a_word_and_a_bar() -> None:
    with override("vi"):
        late, soon = RemainingTime(True, 1, 0, 0, -480), RemainingTime(False, 0, 3, 0, 180)
        fine = RemainingTime(False, 5, 0, 0, 2400)
        assert 'data-tone="late"' in deadline(late, 0.2)
        assert 'width="100.0"' in deadline(late, 0.2)
        assert 'data-tone="soon"' in deadline(soon, 0.2)
        assert 'data-tone="fine"' in deadline(fine, 0.2)
        assert 'data-tone="soon"' in deadline(fine, 0.8)
        assert "<svg" not in deadline(None, still="Chờ bổ sung")


def test_names_are_escaped() -> None:
    assert "<script>" not in person("<script>alert(1)</script>", "<b>")


def test_lines_and_dots() -> None:
    assert spark_path([]) == spark_path([None]) == ""
    assert spark_path([1, None, 1]).count("h0") == 2  # a value between two gaps is a point
    assert spark_path([0.5], height=40, scale=(0, 1)) == "M0.0 20.0h0"
    assert spark_path([1, None, 3, 4]).count("M") == 2
    dots = place_dots([Dot("ours", 2.0, is_ours=True), Dot("other", 0.5)])
    assert [dot.name for dot in dots] == ["other", "ours"]
    assert dots[-1].x == "98.0"


def test_a_bullet_says_whether_it_is_on_plan() -> None:
    assert "đạt" in draw("{% bullet 0.95 0.9 label='x' %}")
    assert "có nguy cơ" in draw("{% bullet 0.87 0.9 label='x' %}")
    assert "chậm" in draw("{% bullet 0.5 0.9 label='x' %}")
    assert "chỉ tiêu" not in draw("{% bullet 0.5 None label='x' %}")


def test_components_take_attributes_and_slots() -> None:
    shown = draw(
        '<c-button href="/x/" icon="printer" data-once="1">In</c-button>'
        '<c-item label="A" href="/s/" source="S">B</c-item>'
    )
    assert 'href="/x/"' in shown
    assert 'data-once="1"' in shown
    assert "Thay đổi" in shown
    work = draw(
        '<c-work pick="1"><c-slot name="head"><th scope="col">Mã</th></c-slot>'
        '<c-row href="/d/" pick="X">a</c-row></c-work>'
    )
    assert 'name="code" value="X"' in work
    assert "data-pick-all" in work
