"""The dossier code: unit, local day of reception, number of that day (Circular 01/2018/TT-VPCP Art 19)."""

import re
from dataclasses import dataclass
from datetime import date

_CODE = re.compile(r"(?P<unit>[A-Z]\d{2}(?:\.\d{2}){0,3})-(?P<day>\d{6})-(?P<number>\d{4,6})")


@dataclass(frozen=True, slots=True)
class DossierCode:
    """The three parts of a code such as `H49.21.01-260213-0007`."""

    unit_code: str
    day: date
    number: int

    def __str__(self) -> str:
        return f"{self.unit_code}-{self.day:%y%m%d}-{self.number:04d}"


def parse_code(text: str) -> DossierCode | None:
    """Return the parts of a typed code (spaces and case forgiven), or None if it is not one."""
    found = _CODE.fullmatch("".join(text.split()).upper())
    if found is None:
        return None
    try:
        day = date(2000 + int(found["day"][:2]), int(found["day"][2:4]), int(found["day"][4:]))
    except ValueError:
        return None
    return DossierCode(found["unit"], day, int(found["number"]))
