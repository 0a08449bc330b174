"""Templates: sound ones run, unsound ones are named with every flaw."""

import pytest

from onestop.errors import Refused
from onestop.process.rules.assignment import suggest
from onestop.process.rules.templates import Step, StepKind, Template, find_flaws

K = StepKind


def template(*kinds: StepKind) -> Template:
    """Return a template with one step a kind."""
    return Template("t@1", {"vi": "t"}, tuple(Step(f"{kind}-{n}", kind, {"vi": kind}) for n, kind in enumerate(kinds)))


LINE = template(K.RECEIVE, K.APPRAISE, K.REVIEW, K.APPROVE, K.SEAL, K.RETURN)


def test_the_five_steps_are_sound() -> None:
    assert find_flaws(LINE) == ()


def test_every_flaw_is_named() -> None:
    assert find_flaws(template(K.APPROVE, K.APPRAISE)) == (
        "process.begins_without_reception",
        "process.ends_without_seal_and_return",
        "process.appraised_after_approval",
    )
    assert "process.without_approval" in find_flaws(template(K.RECEIVE, K.SEAL, K.RETURN))
    doubled = Template("t@1", {}, (*LINE.steps[:1], *LINE.steps))
    assert find_flaws(doubled) == ("process.step_named_twice", "process.receives_or_seals_twice")


def test_moving_along_and_back() -> None:
    assert LINE.after("receive-0").kind is K.APPRAISE
    assert [step.kind for step in LINE.before("approve-3")] == [K.APPRAISE, K.REVIEW]
    with pytest.raises(Refused):
        LINE.after("return-5")
    with pytest.raises(Refused):
        LINE.step("nowhere")


def test_work_goes_to_who_has_least() -> None:
    assert suggest([4, 5, 6], {4: 2, 5: 1, 6: 1}) == 5
    assert suggest([], {}) is None
