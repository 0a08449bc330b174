"""When an alert begins and ends: once an episode, whatever is found day after day."""

from hypothesis import given
from hypothesis import strategies as st

from onestop.alerts.rules.episodes import Finding, Key, find_turns
from onestop.alerts.rules.kinds import OF_FIGURES, OF_MACHINERY, TOLD, AlertKind

FINDINGS = st.builds(
    Finding,
    kind=st.sampled_from(sorted(OF_FIGURES)),
    unit=st.sampled_from(["H49.26", "H49.27"]),
    subject=st.sampled_from(["A", "B"]),
    is_grave=st.booleans(),
)
DAYS = st.lists(st.lists(FINDINGS, max_size=6, unique_by=lambda finding: finding.key), max_size=12)


@given(DAYS)
def test_an_alert_begins_once_and_ends_once(days: list[list[Finding]]) -> None:
    open_keys: set[Key] = set()
    for found in days:
        turns = find_turns(open_keys, found, OF_FIGURES)
        begun = [finding.key for finding in turns.begins]
        assert len(begun) == len(set(begun))
        assert not open_keys & set(begun), "what is open does not begin again"
        assert set(turns.ends) <= open_keys, "only what is open ends"
        open_keys = (open_keys | set(begun)) - set(turns.ends)
        there, grave = {finding.key for finding in found}, {finding.key for finding in found if finding.is_grave}
        assert grave <= open_keys <= there


@given(DAYS)
def test_looking_twice_changes_nothing(days: list[list[Finding]]) -> None:
    open_keys: set[Key] = set()
    for found in days:
        turns = find_turns(open_keys, found, OF_FIGURES)
        open_keys = (open_keys | {finding.key for finding in turns.begins}) - set(turns.ends)
        again = find_turns(open_keys, found, OF_FIGURES)
        assert again.begins == again.ends == ()


def test_what_was_not_looked_at_stays_open() -> None:
    standing: Key = (AlertKind.CUBE_STANDS, "H49", "")
    assert find_turns({standing}, [], OF_FIGURES).ends == ()
    assert find_turns({standing}, [], OF_MACHINERY).ends == (standing,)


def test_what_is_not_grave_keeps_an_alert_open_but_begins_none() -> None:
    mild = Finding(AlertKind.LOOKS_MADE, "H49.26", "A", is_grave=False)
    assert find_turns(set(), [mild], OF_FIGURES).begins == ()
    assert find_turns({mild.key}, [mild], OF_FIGURES).ends == ()


def test_every_kind_is_told_to_somebody_and_looked_at() -> None:
    assert set(TOLD) == set(AlertKind) == OF_FIGURES | OF_MACHINERY
    assert all(TOLD.values())
