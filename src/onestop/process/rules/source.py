"""Reading the internal processes of real one-stops into templates of ours.

Their steps name an actor and tasks; ours have a kind. What a 2012 process could not have (an electronic seal) is added
at its place. A check inside the division before the leader signs is shown by initials (ký nháy): our assumption, since
the sources name the check and not how it is shown. A process that cannot be told apart into the five steps is refused
with its reasons, not guessed.
"""

from dataclasses import dataclass
from typing import Any

from onestop.process.rules.templates import StepKind, find_flaws, template_from_content

K = StepKind
MINUTES = {"day": 480, "working_day": 480, "working_hour": 60, "hour": 60}
DESKS = frozenset({"one_stop", "service_centre", "receiving_agency"})
DECIDERS = frozenset({"leadership", "commune_chair", "commune_pc", "province_chair", "province_pc"})
NAMES: dict[StepKind, dict[str, str]] = {
    K.RECEIVE: {"vi": "Tiếp nhận hồ sơ", "en": "Receive the dossier", "ur": "درخواست وصول کرنا"},
    K.APPRAISE: {"vi": "Thẩm định hồ sơ", "en": "Appraise", "ur": "جانچ"},
    K.REVIEW: {"vi": "Lãnh đạo phòng xét duyệt", "en": "Review by the head of division", "ur": "سربراہِ شعبہ کا جائزہ"},
    K.APPROVE: {"vi": "Phê duyệt, ký số", "en": "Approve and sign", "ur": "منظوری اور دستخط"},
    K.SEAL: {"vi": "Đóng dấu (ký số cơ quan)", "en": "Seal by the agency", "ur": "ادارے کی مہر"},
    K.RETURN: {"vi": "Trả kết quả", "en": "Return the result", "ur": "نتیجہ حوالے کرنا"},
}


@dataclass(frozen=True, slots=True)
class ReadProcess:
    """A process as read: the content of a template, or the reasons why it cannot be one."""

    code: str
    content: dict[str, Any] | None
    reasons: tuple[str, ...] = ()


def read_process(raw: dict[str, Any]) -> ReadProcess:
    """Return a raw process (shape of the collected `processes.json`) as a template's content, or why not."""
    code = str(raw.get("id") or "")
    if not code or not raw.get("steps"):
        return ReadProcess(code, None, ("process.without_steps",))
    line = _line(raw["steps"])
    content = {
        "names": _names(raw),
        "source": "; ".join(filter(None, [raw.get("place"), raw.get("era"), code])),
        "steps": [step(kind, minutes, initials=kind is K.REVIEW and _is_checked(raw)) for kind, minutes in line],
    }
    flaws = find_flaws(template_from_content(f"{code}@1", content))
    return ReadProcess(code, None if flaws else content, flaws)


def step(kind: StepKind, minutes: int | None = None, *, initials: bool = False) -> dict[str, Any]:
    """Return a step as a template's content keeps it, with its usual name."""
    plain = {"code": kind.value, "kind": kind.value, "names": NAMES[kind], "minutes": minutes}
    return plain | ({"initials": True} if initials else {})


def _is_checked(raw: dict[str, Any]) -> bool:
    """True if the source names a check of what was drafted."""
    return any(task["slug"] == "review" for item in raw["steps"] for task in item.get("tasks") or [])


def _line(steps: list[dict[str, Any]]) -> list[tuple[StepKind, int | None]]:
    found: dict[StepKind, int] = {}
    for raw in steps:
        for kind, minutes in _read_step(raw, first=not found):
            found[kind] = found.get(kind, 0) + minutes
    if StepKind.APPROVE in found or StepKind.REVIEW in found:
        found.setdefault(K.SEAL, 0)
    order = [kind for kind in StepKind if kind in found]
    return [(kind, found[kind] or None) for kind in order]


def _read_step(raw: dict[str, Any], *, first: bool) -> list[tuple[StepKind, int]]:
    actor, tasks = raw["actor"]["slug"], {task["slug"] for task in raw.get("tasks") or []}
    minutes = round((raw.get("qty") or 0) * MINUTES.get(raw.get("unit") or "", 0))
    if actor == "applicant":
        return []
    if actor in DESKS:
        return [(K.RECEIVE if first else K.RETURN, minutes)]
    if actor in DECIDERS:
        return [(K.APPROVE, minutes)]
    if actor == "division_leader" and not first:
        return [(K.REVIEW, minutes)]
    kinds = [(K.APPRAISE, minutes)]
    return [*kinds, (K.REVIEW, 0)] if "review" in tasks else kinds


def _names(raw: dict[str, Any]) -> dict[str, str]:
    procedure = raw.get("procedure") or {}
    names = {"vi": procedure.get("name_vi"), "en": procedure.get("name_en")}
    return {language: name for language, name in names.items() if name}
