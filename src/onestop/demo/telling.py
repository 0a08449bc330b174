"""The account as a person reads it on a terminal."""

from typing import Any

from onestop.demo.cast import APPLICANTS, OFFICERS, PASSWORD

SHOWN = ("lan", "minh", "hoa", "quang", "thu", "hai.coto", "lanhdao")


def told(account: dict[str, Any]) -> str:
    """Return the account: dossiers with promise and end, then the figures with numerator and denominator."""
    lines = ["", "Dossiers", "────────"]
    lines += [line for dossier in account["dossiers"] for line in _dossier(dossier)]
    lines += ["", f"Figures as of {account['as_of']}", "───────"]
    lines += [_figure(figure) for figure in account["indicators"]]
    return "\n".join(lines)


def log_ins() -> str:
    """Return the log-ins worth trying, each with what it is good for."""
    names = {role.username: f"{role.name}, {role.role.replace('_', ' ')}, {role.agency}" for role in OFFICERS}
    names |= {person.username: f"{person.name}, citizen" for person in APPLICANTS}
    rows = "\n".join(f"  {username:<10} {names[username]}" for username in SHOWN)
    return f"\nLog in with password  {PASSWORD}\n{rows}"


def _dossier(dossier: dict[str, Any]) -> list[str]:
    holds = all(step["signature"] == "holds" for step in dossier["steps"])
    result = dossier["result"]
    sealed = "" if result is None else f" · result {result['number']} {'holds' if result['holds'] else 'DOES NOT HOLD'}"
    kinds = " → ".join(step["kind"] for step in dossier["steps"])
    return [
        f"{dossier['code']}  {dossier['procedure']['name'][:70]}",
        f"    {dossier['unit']['name']} · {dossier['channel']}, {dossier['filed_by']} · {dossier['state']}",
        f"    promised {_short(dossier['promised_at'])} · ended {_short(dossier['finished_at'])}",
        f"    {kinds} · signatures {'hold' if holds else 'DO NOT HOLD'}{sealed}",
    ]


def _figure(figure: dict[str, Any]) -> str:
    numerator, denominator = figure.get("numerator"), figure.get("denominator")
    share = f"{100 * (numerator or 0) / denominator:6.1f} %" if denominator else "     – "
    return f"{figure['code']:<34} {numerator!s:>6} / {denominator!s:<6} {share}  {figure['wording']['en']['name'][:70]}"


def _short(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "–"
