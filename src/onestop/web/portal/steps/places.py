"""Who decides: the agencies of the level that the procedure has, the applicant's own first."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from onestop.agencies.queries import department_for, list_units
from onestop.agencies.rules import UnitKind
from onestop.catalogue.queries import get_content
from onestop.web.base.names import named

COMMUNE = "commune"
POLICE = "Công an"


class PlaceForm(forms.Form):
    """Which agency, which case of the time limit, and how the result is to be returned."""

    agency = forms.ChoiceField(label=_("Which agency decides"))
    case = forms.ChoiceField(label=_("Which case"), required=False)
    way = forms.ChoiceField(
        label=_("How you want the result"),
        widget=forms.RadioSelect,
        choices=[("2", _("Online, as a signed file")), ("0", _("At the counter")), ("1", _("By public post"))],
    )

    def __init__(self, data: Any, *, draft: Any) -> None:
        agencies = agencies_for(draft.version.procedure, draft.applicant.commune_code)
        first = draft.unit_code or (agencies[0][0] if agencies else "")
        super().__init__(data, initial={"agency": first, "case": draft.limit_case, "way": str(draft.return_way)})
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
        cases = cases_of(draft.version_id)
        if cases:
            self.fields["case"].choices = cases  # type: ignore[attr-defined]
        else:
            del self.fields["case"]

    def chosen(self) -> dict[str, Any]:
        """Return what a draft keeps."""
        given = self.cleaned_data
        return {"unit_code": given["agency"], "limit_case": given.get("case", ""), "return_way": int(given["way"])}


def agencies_for(procedure: Any, own_commune: str = "") -> list[tuple[str, str]]:
    """Return the agencies that can decide: communes, the applicant's own first; else the department in charge first."""
    today = timezone.localdate()
    if COMMUNE in procedure.levels:
        units = list(list_units(kind=UnitKind.COMMUNE, on=today))
        return [(unit.code, unit.name()) for unit in sorted(units, key=lambda unit: unit.code != own_commune)]
    units = list(list_units(kind=UnitKind.DEPARTMENT, on=today))
    first = _in_charge(procedure)
    return [(unit.code, unit.name()) for unit in sorted(units, key=lambda unit: unit.code != first)]


def cases_of(version_id: int) -> list[tuple[str, str]]:
    """Return the cases of the time limit to choose from; empty if there is nothing to choose."""
    content = get_content(version_id)
    cases = [item for item in content.time_limits if item.case and item.limit and item.wording]
    usual = [("", str(_("The usual case")))] if cases else []
    return usual + [(item.case, named(item.wording or {})) for item in cases]


def _in_charge(procedure: Any) -> str:
    today = timezone.localdate()
    named_agency = next(
        (u for u in list_units(kind=UnitKind.DEPARTMENT, on=today) if u.name() in procedure.agency), None
    )
    if named_agency is not None:
        return str(named_agency.code)
    branch = department_for(sector=procedure.sector.code, on=today)
    return branch.code if branch else ""
