"""How prominent a procedure is before anybody has typed a word: everyday matters of citizens come first."""

from onestop.applicants.rules import ApplicantKind
from onestop.catalogue.rules.kinds import Applicability, Level, ProcedureKind, ProcedureState


def prominence(
    *,
    is_curated: bool,
    state: ProcedureState,
    kind: ProcedureKind,
    applicability: Applicability,
    levels: frozenset[str],
    applicant_kinds: frozenset[str],
) -> int:
    """Return a number from about -30 to 30. Curated, of the province, of the commune, for citizens: up. Internal,
    of another province, no longer in the catalogue: down.
    """
    points = 12 if is_curated else 0
    points += {Applicability.YES: 6, Applicability.UNKNOWN: 1, Applicability.VERTICAL_AGENCY: 1}.get(applicability, -6)
    points += 5 if Level.COMMUNE in levels and applicability is not Applicability.VERTICAL_AGENCY else 0
    points += 2 if Level.PROVINCE in levels else 0
    points += 3 if ApplicantKind.CITIZEN in applicant_kinds else 0
    points -= 8 if kind is ProcedureKind.INTERNAL else 0
    points -= 4 if kind is ProcedureKind.SPECIFIC else 0
    points -= 14 if state is ProcedureState.ABSENT else 0
    return points
