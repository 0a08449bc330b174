"""The members of the nation, from the data of the house."""

import csv
from datetime import date
from functools import cache
from importlib import resources

from onestop.monitor.rules.members import Member, MemberClass

FILES = ("provinces.csv", "ministries.csv")


@cache
def list_members() -> tuple[Member, ...]:
    """Return all members there are or were since 2023, provinces first, by code."""
    folder = resources.files("onestop.monitor.data")
    rows = [row for name in FILES for row in csv.DictReader(folder.joinpath(name).read_text().splitlines())]
    return tuple(
        Member(
            code=row["code"],
            name=row["name"],
            kind=MemberClass(row["class"]),
            valid_from=_day(row["valid_from"]),
            valid_until=_day(row["valid_until"]),
            successor=row["successor"],
        )
        for row in rows
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
