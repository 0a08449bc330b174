"""Who is told of an alert, as posts: who answers for the target by the plan, the head of the unit, auditors."""

from datetime import datetime

from onestop.accounts.rules import Role
from onestop.agencies.models import Post
from onestop.agencies.queries import get_tree
from onestop.alerts.rules.episodes import Finding
from onestop.alerts.rules.kinds import TOLD, Who
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.indicators.queries.units import get_branch, top_unit
from onestop.plans.queries.plans import find_plan, find_version_in_force, list_lines
from onestop.plans.queries.reference import leader_posts


def posts_for(finding: Finding, *, at: datetime) -> tuple[str, ...]:
    """Return the codes of the posts that are told, each once."""
    found: list[str] = []
    for who in sorted(TOLD[finding.kind]):
        found += _posts(who, finding, at)
    return tuple(dict.fromkeys(found))


def _posts(who: Who, finding: Finding, at: datetime) -> list[str]:
    match who:
        case Who.ANSWERS:
            return _who_answers(finding, at)
        case Who.HEAD:
            return [post.code for post in leader_posts([_agency_id(finding.unit)]).values()]
        case Who.AUDITORS:
            return _of_role(Role.AUDITOR, _upwards(finding.unit))
        case Who.ADMINISTRATORS:
            return _of_role(Role.ADMINISTRATOR, [get_branch(top_unit()).id])


def _who_answers(finding: Finding, at: datetime) -> list[str]:
    """The post on the line of the plan in force; a target taken over from a unit that ended has none of its own."""
    plan = find_plan(at.astimezone(PROVINCE_ZONE).year)
    version = find_version_in_force(plan, at) if plan else None
    if version is None:
        return []
    lines = list_lines(version, unit=finding.unit, indicator=finding.subject)
    return [line.post.code for line in lines if line.post is not None]


def _of_role(role: Role, unit_ids: list[int]) -> list[str]:
    rows = Post.objects.filter(unit_id__in=unit_ids, role=role).order_by("code")
    return list(rows.values_list("code", flat=True))


def _agency_id(unit: str) -> int:
    return get_tree().agency_of(get_branch(unit).id).id


def _upwards(unit: str) -> list[int]:
    """Return the unit and every one above it."""
    tree, found = get_tree(), [get_branch(unit).id]
    while (parent := tree.by_id[found[-1]].parent_id) is not None:
        found.append(parent)
    return found
