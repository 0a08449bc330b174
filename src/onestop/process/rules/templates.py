"""What an electronic process is: a line of steps, each at a place, for a role, with a share of the time.

Consultations run beside the line and do not move it (Decree 61/2018/NĐ-CP Art 19(5)).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from onestop.accounts.rules import Role
from onestop.errors import Refused


class StepKind(StrEnum):
    """What is done at a step (bước xử lý)."""

    RECEIVE = "receive"  # tiếp nhận
    APPRAISE = "appraise"  # thẩm định
    REVIEW = "review"  # xét duyệt cấp phòng
    APPROVE = "approve"  # phê duyệt
    SEAL = "seal"  # đóng dấu
    RETURN = "return"  # trả kết quả


class Place(StrEnum):
    """Where a step happens, seen from the dossier."""

    DESK = "desk"  # the one-stop desk that received it
    DIVISION = "division"  # the division that settles it
    AGENCY = "agency"  # the competent agency itself


WHO: dict[StepKind, tuple[Role, Place]] = {
    StepKind.RECEIVE: (Role.ONE_STOP_OFFICER, Place.DESK),
    StepKind.APPRAISE: (Role.SPECIALIST, Place.DIVISION),
    StepKind.REVIEW: (Role.DIVISION_HEAD, Place.DIVISION),
    StepKind.APPROVE: (Role.LEADER, Place.AGENCY),
    StepKind.SEAL: (Role.CLERK, Place.AGENCY),
    StepKind.RETURN: (Role.ONE_STOP_OFFICER, Place.DESK),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `minutes` is its share of the whole time, in the minutes of the source; None if left open.

    With `initials` the head of division agrees by initialling the paper that the leader will sign.
    """

    code: str
    kind: StepKind
    names: dict[str, str]
    minutes: int | None = None
    initials: bool = False

    @property
    def role(self) -> Role:
        """Who does it."""
        return WHO[self.kind][0]

    @property
    def place(self) -> Place:
        """Where it is done."""
        return WHO[self.kind][1]


@dataclass(frozen=True, slots=True)
class Template:
    """A process template (quy trình điện tử): immutable; a change is a new version with a new key."""

    key: str
    names: dict[str, str]
    steps: tuple[Step, ...]
    source: str = ""

    @property
    def asks_initials(self) -> bool:
        """True if the paper is initialled on its way to the leader."""
        return any(step.initials for step in self.steps)

    def step(self, code: str) -> Step:
        """Return the step of that code. Raises `Refused`."""
        for step in self.steps:
            if step.code == code:
                return step
        raise Refused("process.unknown_step", step=code, process=self.key)

    def after(self, code: str) -> Step:
        """Return the step that follows. Raises `Refused` at the end of the line."""
        place = self.steps.index(self.step(code)) + 1
        if place >= len(self.steps):
            raise Refused("process.no_further_step", step=code, process=self.key)
        return self.steps[place]

    def share_of(self, step: Step, whole_minutes: int) -> int | None:
        """Return what `step` may take of a dossier's whole working time, in minutes; None if the source leaves it open.

        Sources state the days of their own time; a shorter legal limit shortens every step alike.
        """
        stated = sum(item.minutes or 0 for item in self.steps)
        return whole_minutes * step.minutes // stated if step.minutes else None

    def before(self, code: str) -> tuple[Step, ...]:
        """Return the steps a dossier can be sent back to from here: earlier ones, but not reception."""
        place = self.steps.index(self.step(code))
        return tuple(step for step in self.steps[:place] if step.kind is not StepKind.RECEIVE)


def find_flaws(template: Template) -> tuple[str, ...]:
    """Return every reason why a template is not sound, as codes; empty means it can be used.

    It begins with reception, ends with seal and return, is approved before it is sealed, and names no step twice
    (Decree 61/2018/NĐ-CP Art 17-20: receive, appraise, approve, seal, return).
    """
    kinds = [step.kind for step in template.steps]
    codes = [step.code for step in template.steps]
    flaws = []
    if kinds[:1] != [StepKind.RECEIVE]:
        flaws.append("process.begins_without_reception")
    if kinds[-2:] != [StepKind.SEAL, StepKind.RETURN]:
        flaws.append("process.ends_without_seal_and_return")
    if StepKind.APPROVE not in kinds:
        flaws.append("process.without_approval")
    elif StepKind.APPRAISE in kinds[kinds.index(StepKind.APPROVE) :]:
        flaws.append("process.appraised_after_approval")
    if len(set(codes)) != len(codes):
        flaws.append("process.step_named_twice")
    if any(kinds.count(kind) > 1 for kind in (StepKind.RECEIVE, StepKind.SEAL, StepKind.RETURN)):
        flaws.append("process.receives_or_seals_twice")
    if any(step.initials and step.kind is not StepKind.REVIEW for step in template.steps):
        flaws.append("process.initials_out_of_place")
    return tuple(flaws)


def template_from_content(key: str, content: dict[str, Any]) -> Template:
    """Return the template kept as JSON `{names, source, steps: [{code, kind, names, minutes, initials}]}`."""
    steps = tuple(
        Step(item["code"], StepKind(item["kind"]), item["names"], item.get("minutes"), item.get("initials", False))
        for item in content["steps"]
    )
    return Template(key, content["names"], steps, content.get("source", ""))
