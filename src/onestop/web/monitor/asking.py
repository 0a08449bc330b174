"""What is asked of the monitor: which indicator, which class of members, which day; anything odd falls back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest

from onestop.facts.rules.definitions import Definition
from onestop.indicators.queries.definitions import get_definition
from onestop.monitor.queries.nation import list_codes, list_days
from onestop.monitor.rules.comparing import close_months
from onestop.monitor.rules.members import MemberClass

FIRST_SHOWN = "FULL_PROCESS"
NEWEST = 14


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `day` is None for the newest."""

    code: str
    kind: MemberClass
    day: date | None
    codes: tuple[str, ...]
    days: tuple[date, ...]

    def address(self, **changes: str) -> str:
        """Return the query of an address that asks the same, but for `changes`."""
        day = self.day.isoformat() if self.day else ""
        asked = {"chi-so": self.code, "loai": self.kind.value, "ngay": day} | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def offered(self) -> list[date]:
        """The days that can be chosen, the newest first: the newest ones, and the last of every month before."""
        return sorted({*self.days[:NEWEST], *close_months(self.days)}, reverse=True)

    @property
    def definitions(self) -> list[Definition]:
        """The definitions that can be chosen."""
        on = self.day or self.days[0]
        return [get_definition(code, on=on) for code in self.codes]


def read_asked(request: HttpRequest) -> Asked | None:
    """Return what is asked, or None if nothing was ever reported."""
    codes, days = list_codes(), list_days()
    if not codes:
        return None
    wanted = request.GET.get("chi-so", "")
    kinds = {kind.value: kind for kind in MemberClass}
    return Asked(
        code=wanted if wanted in codes else FIRST_SHOWN if FIRST_SHOWN in codes else codes[0],
        kind=kinds.get(request.GET.get("loai", ""), MemberClass.PROVINCE),
        day=_day(request.GET.get("ngay", ""), days),
        codes=tuple(codes),
        days=tuple(days),
    )


def _day(text: str, days: Sequence[date]) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day in days else None
