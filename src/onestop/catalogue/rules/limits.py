"""Which of several time limits in one record holds if nobody names a case.

The national catalogue often gives more than one: text of the page, a row a channel, coded cases without wording, all
different (1.013225: 10 working days for works, 7 for a detached house, and 20 days in the coded case). None is thrown
away; one is chosen, with its reason, and a person is asked to look where the choice is a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onestop.catalogue.rules.content import TimeLimitCase
from onestop.worktime.rules import TimeUnit

CODED_CASE = "portal API cases[].processingDay"
CHANNEL_TABLE = "portal channel table"
_HOURS = {
    TimeUnit.SAME_DAY: 8.0,
    TimeUnit.WORKING_HOUR: 1.0,
    TimeUnit.WORKING_DAY: 8.0,
    TimeUnit.DAY: 8.0 * 5 / 7,
    TimeUnit.MONTH: 8.0 * 22,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Which limit holds by default (its place), why (a code), and whether a person should confirm it."""

    place: int | None
    reason: str
    needs_curation: bool = False


def choose_default(limits: Sequence[TimeLimitCase]) -> Choice:
    """Choose the limit that holds if nobody names a case.

    In this order: words of the page or a stated limit for every case; else the longest of the worded cases, since the
    shorter ones are exceptions; else the rows a channel, which land procedures misuse for cases; else the coded cases,
    which have no wording. Reasons: `none_stated`, `only_one`, `all_agree`, `stated_for_every_case`,
    `longest_of_the_worded_cases`, `longest_of_the_channel_rows`, `longest_of_the_coded_cases`.
    """
    counted = [place for place, item in enumerate(limits) if item.limit is not None]
    if not counted:
        return Choice(None, "none_stated", needs_curation=True)
    if len(counted) == 1:
        return Choice(counted[0], "only_one")
    if len({limits[place].limit for place in counted}) == 1:
        return Choice(counted[0], "all_agree")
    general = [place for place in counted if limits[place].wording is None and limits[place].basis != CODED_CASE]
    if general:
        chosen = _longest(limits, general)
        others = {limits[place].limit for place in counted if limits[place].wording is None}
        return Choice(chosen, "stated_for_every_case", needs_curation=others != {limits[chosen].limit})
    return _among_cases(limits, counted)


def _among_cases(limits: Sequence[TimeLimitCase], counted: list[int]) -> Choice:
    worded = [place for place in counted if limits[place].basis not in {CODED_CASE, CHANNEL_TABLE}]
    if worded:
        return Choice(_longest(limits, worded), "longest_of_the_worded_cases", needs_curation=True)
    rows = [place for place in counted if limits[place].basis == CHANNEL_TABLE]
    if rows:
        return Choice(_longest(limits, rows), "longest_of_the_channel_rows", needs_curation=True)
    return Choice(_longest(limits, counted), "longest_of_the_coded_cases", needs_curation=True)


def _longest(limits: Sequence[TimeLimitCase], places: Sequence[int]) -> int:
    return max(places, key=lambda place: (_length(limits[place]), -place))


def _length(item: TimeLimitCase) -> float:
    assert item.limit is not None
    return (item.limit.quantity or 1) * _HOURS.get(item.limit.unit, 0)
