"""How the agency of an administrative unit is called: "Phường Hà Tu" is the place, its People's Committee serves."""

from onestop.agencies.rules.units import UnitKind

_TERRITORIES = frozenset({UnitKind.PROVINCE, UnitKind.DISTRICT, UnitKind.COMMUNE})


def agency_name(kind: UnitKind, name: str, language: str) -> str:
    """Return the name of the agency that serves in a unit called `name`; other kinds are called as they are.

    `Phường Hà Tu` gives `Ủy ban nhân dân phường Hà Tu`; `Ha Tu Ward` gives `People's Committee of Ha Tu Ward`.
    """
    if kind not in _TERRITORIES:
        return name
    if language == "en":
        return f"People's Committee of {name}"
    if language == "ur":
        return f"عوامی کمیٹی، {name}"
    return f"Ủy ban nhân dân {name[:1].lower()}{name[1:]}"
