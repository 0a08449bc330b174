"""Who is to be reminded of what beside tasks: leaders of reviews they have not signed, auditors of targets that nobody
answers for; and which posts may accept a task."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from onestop.accounts.rules import Role
from onestop.agencies.models import Post, Posting
from onestop.agencies.queries import get_tree
from onestop.facts.rules.periods import PROVINCE_ZONE
from onestop.plans.models import Plan, PlanVersion, ReviewSheet, Task
from onestop.plans.queries.plans import find_plan, find_version_in_force, list_lines
from onestop.plans.queries.reference import leader_posts
from onestop.plans.queries.reviews import end_of_quarter
from onestop.plans.rules.reminders import last_quarter_over, nobody_key, review_key


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder: as which kind of entry, what tells it from others, whom it goes to, what it says."""

    kind: str
    key: str
    posts: tuple[str, ...]
    told: dict[str, Any]


def list_reviews_due(*, at: datetime) -> list[Due]:
    """Return the reviews of the last quarter over that are not signed, for whoever leads the unit now."""
    year, quarter = last_quarter_over(at.astimezone(PROVINCE_ZONE).date())
    plan = find_plan(year)
    version = find_version_in_force(plan, end_of_quarter(year, quarter)) if plan else None
    if plan is None or version is None:
        return []
    signed = ReviewSheet.objects.filter(plan=plan, quarter=quarter).values_list("unit_id", flat=True)
    units = {line.unit_id: line.unit.code for line in list_lines(version) if line.unit_id not in set(signed)}
    posts = leader_posts(units)
    held = _held({post.code for post in posts.values()}, at)
    return [
        Due(
            "plan_review_due",
            review_key(year, units[unit], quarter),
            (post.code,),
            {"year": year, "quarter": quarter, "unit": units[unit]},
        )
        for unit, post in sorted(posts.items())
        if post.code in held
    ]


def find_nobody_due(*, at: datetime) -> Due | None:
    """Return the reminder that nobody holds the posts that are to answer for targets, or None if all are held."""
    day = at.astimezone(PROVINCE_ZONE).date()
    plan = find_plan(day.year)
    version = find_version_in_force(plan, at) if plan else None
    count = _count_unheld(version, at) if version else 0
    if plan is None or version is None or not count:
        return None
    key, told = nobody_key(plan.year, version.number, day), {"year": plan.year, "count": count}
    return Due("plan_nobody_answers", key, _auditors(plan), told)


def posts_to_accept(task: Task) -> tuple[str, ...]:
    """Return the posts that may accept a task: auditors and leaders of its unit and above, but not who does it."""
    tree, units = get_tree(), [task.unit_id]
    while (parent := tree.by_id[units[-1]].parent_id) is not None:
        units.append(parent)
    rows = Post.objects.filter(unit_id__in=units, role__in=[Role.AUDITOR, Role.LEADER]).exclude(pk=task.post_id)
    return tuple(rows.order_by("code").values_list("code", flat=True))


def _auditors(plan: Plan) -> tuple[str, ...]:
    rows = Post.objects.filter(unit_id=plan.unit_id, role=Role.AUDITOR).order_by("code")
    return tuple(rows.values_list("code", flat=True))


def _count_unheld(version: PlanVersion, at: datetime) -> int:
    codes = [line.post.code if line.post else "" for line in list_lines(version)]
    held = _held(set(codes), at)
    return sum(code not in held for code in codes)


def _held(codes: Collection[str], at: datetime) -> set[str]:
    """Return which of these posts somebody holds at a moment."""
    now = Q(held_until=None) | Q(held_until__gt=at)
    rows = Posting.objects.filter(now, post__code__in=codes, held_from__lte=at, account__is_active=True)
    return set(rows.values_list("post__code", flat=True))
