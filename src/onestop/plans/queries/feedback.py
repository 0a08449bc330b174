"""What applicants said of dossiers, and how agencies handled petitions: for indicators 3, 4, 7 and 8."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from onestop.facts.queries.petitions import list_petition_facts
from onestop.facts.rules.facts import PetitionFacts
from onestop.feedback.models import Petition, Rating
from onestop.feedback.rules.petitions import Outcome, PetitionState
from onestop.feedback.rules.ratings import Conduct
from onestop.plans.rules.agency_scoring import Handled
from onestop.plans.rules.scoring import Complaint

OUTCOMES = {"": Complaint.OPEN, Outcome.UPHELD: Complaint.UPHELD, Outcome.UNTRUE: Complaint.UNTRUE}


@dataclass(frozen=True, slots=True)
class Said:
    """What an applicant said of a dossier, in a rating or a petition; None where nothing was."""

    contacts: int | None = None
    agencies: int | None = None
    complaints: tuple[Complaint, ...] = ()


def find_said(streams: Collection[int], *, until: datetime) -> dict[int, Said]:
    """Return by dossier what was said of it by then; a dossier nobody spoke of is left out.

    The last rating holds; conduct that was not proper is a complaint, and petitions are but for those refused.
    """
    rated = {row.dossier_id: row for row in Rating.objects.filter(dossier_id__in=streams, rated_at__lte=until)}
    complaints: dict[int, list[Complaint]] = defaultdict(list)
    for row in rated.values():
        complaints[row.dossier_id] += [Complaint.OPEN] if row.conduct == Conduct.POOR else []
    petitions = Petition.objects.filter(dossier_id__in=streams, filed_at__lte=until)
    for dossier_id, outcome in petitions.exclude(state=PetitionState.REFUSED).values_list("dossier_id", "outcome"):
        if dossier_id is not None:
            complaints[dossier_id].append(OUTCOMES[outcome])
    return {
        stream: Said(
            rated[stream].contacts if stream in rated else None,
            rated[stream].agencies if stream in rated else None,
            tuple(found),
        )
        for stream, found in complaints.items()
    }


def list_handled(units: Mapping[str, Collection[str]], *, begin: datetime, end: datetime) -> dict[str, Handled | None]:
    """Return how each agency (with the codes that are its own) handled the petitions filed in a period.

    None as long as no petition is on record at all. One reading for all of them.
    """
    every = list_petition_facts(as_of=end, period_from=begin)
    if not every:
        return dict.fromkeys(units)
    owners = {part: code for code, parts in units.items() for part in parts}
    found: dict[str, list[PetitionFacts]] = {code: [] for code in units}
    for item in every:
        owner = owners.get(item.agency or "")
        if owner is not None and item.filed_at >= begin and item.refused_at is None:
            found[owner].append(item)
    return {code: _handled(own) for code, own in found.items()}


def _handled(own: Collection[PetitionFacts]) -> Handled:
    return Handled(
        petitions=len(own),
        on_time=sum(item.due_at is not None and item.judged_at <= item.due_at for item in own),
        prolonged=any(item.extensions for item in own),
    )
