"""Who acts: from an account and a moment to the principal, in one statement.

An account acts in a post it holds, or in another's post by a delegation valid at that moment. The post's unit must
exist on that day; when the delegating or the receiving posting ends, the delegation is without effect.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from onestop.accounts.rules import Principal, Role
from onestop.agencies.models import Delegation, Posting
from onestop.agencies.queries.trees import get_tree_of
from onestop.agencies.rules import is_valid_on
from onestop.errors import NotFound

_HELD = "{0}.held_from <= %(at)s AND ({0}.held_until IS NULL OR {0}.held_until > %(at)s)"
_SQL = f"""
WITH acting AS (
    SELECT id, post_id, NULL::bigint AS giver_id, ARRAY[]::varchar[] AS verbs, NULL::bigint AS delegation_id
    FROM agencies_posting posting
    WHERE account_id = %(account)s AND {_HELD.format("posting")}
    UNION ALL
    SELECT given.id, given.post_id, given.account_id, delegation.verbs, delegation.id
    FROM agencies_posting own
        JOIN agencies_delegation delegation ON delegation.to_posting_id = own.id
            AND delegation.valid_from <= %(at)s AND delegation.valid_until > %(at)s
        JOIN agencies_posting given ON given.id = delegation.from_posting_id AND {_HELD.format("given")}
        JOIN accounts_account giver ON giver.id = given.account_id AND giver.is_active
    WHERE own.account_id = %(account)s AND {_HELD.format("own")}
)
SELECT acting.id, actor.id, actor.full_name, post.code, post.names, post.role, unit.id, unit.code, unit.names,
    (SELECT version FROM agencies_structure LIMIT 1), giver_id,
    (SELECT full_name FROM accounts_account WHERE id = giver_id), verbs, delegation_id
FROM acting
    JOIN accounts_account actor ON actor.id = %(account)s AND actor.is_active
    JOIN agencies_post post ON post.id = acting.post_id
    JOIN agencies_unit unit ON unit.id = post.unit_id
        AND (unit.valid_from IS NULL OR unit.valid_from <= %(on)s)
        AND (unit.valid_until IS NULL OR unit.valid_until > %(on)s)
ORDER BY giver_id NULLS FIRST, acting.id
"""  # noqa: S608  # only constants of this file are put together here; all values are parameters


@dataclass(frozen=True, slots=True)
class HeldPosting:
    """A posting in which an account may act: the own, or another's by delegation (then the giver is named)."""

    posting_id: int
    account_id: int
    account_name: str
    post_code: str
    titles: dict[str, str]
    role: Role
    unit_id: int
    unit_code: str
    unit_names: dict[str, str]
    structure: UUID | None
    giver_id: int | None
    giver_name: str
    verbs: frozenset[str]
    delegation_id: int | None


def find_principal(*, account_id: int, posting_id: int | None = None, at: datetime) -> Principal | None:
    """Return the principal of an account acting in `posting_id`, by default in its first own posting; or None.

    None if the account is closed, holds no such posting at `at`, and no valid delegation puts it there.
    `unit_ids` holds the post's unit and all below it: posts of leaders and clerks are at the agency itself, so they
    see the whole agency; officers of a desk and specialists see their own unit. One statement; after a change of the
    structure one more to read the tree.
    """
    rows = [row for row in _read(account_id, at) if posting_id in (None, row[0])]
    if not rows:
        return None
    held = [_held(row) for row in rows if row[0] == rows[0][0]]
    first = held[0]
    return Principal(
        account_id=first.account_id,
        name=first.account_name,
        roles=frozenset((first.role,)),
        key=f"officer:{first.account_id}",
        posting_id=first.posting_id,
        post_code=first.post_code,
        unit_id=first.unit_id,
        unit_code=first.unit_code,
        unit_ids=get_tree_of(first.structure).subordinate_ids(first.unit_id),
        on_behalf_of="" if first.giver_id is None else f"officer:{first.giver_id}",
        only_verbs=_verbs_together(held),
    )


def list_postings(account_id: int, at: datetime) -> list[HeldPosting]:
    """Return every posting in which the account may act at that moment, its own ones first."""
    return [_held(row) for row in _read(account_id, at)]


def list_officers(unit_ids: frozenset[int], *, roles: frozenset[Role], at: datetime) -> list[Posting]:
    """Return who holds a post of such a role in these units at that moment, with account, post and unit."""
    rows = Posting.objects.select_related("account", "post__unit").filter(
        post__unit_id__in=unit_ids, post__role__in=roles, held_from__lte=at, account__is_active=True
    )
    current = rows.exclude(held_until__lte=at)
    return [row for row in current.order_by("post__code", "id") if _exists(row, at)]


def get_delegation(delegation_id: int) -> Delegation:
    """Return a delegation with both postings, their accounts and posts. Raises `NotFound`."""
    rows = Delegation.objects.select_related(
        "from_posting__account", "from_posting__post__unit", "to_posting__account", "to_posting__post__unit"
    )
    found = rows.filter(pk=delegation_id).first()
    if found is None:
        raise NotFound("delegation.not_found", delegation_id=delegation_id)
    return found


def _exists(posting: Posting, at: datetime) -> bool:
    unit = posting.post.unit
    return is_valid_on(localdate(at), unit.valid_from, unit.valid_until)


def _read(account_id: int, at: datetime) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"account": account_id, "at": at, "on": localdate(at)})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _held(row: tuple[Any, ...]) -> HeldPosting:
    posting, account, name, post, titles, role, unit, unit_code, names, version, giver, giver_name, verbs, by = row
    return HeldPosting(
        posting_id=posting,
        account_id=account,
        account_name=name,
        post_code=post,
        titles=json.loads(titles),
        role=Role(role),
        unit_id=unit,
        unit_code=unit_code,
        unit_names=json.loads(names),
        structure=version,
        giver_id=giver,
        giver_name=giver_name or "",
        verbs=frozenset(verbs),
        delegation_id=by,
    )


def _verbs_together(held: list[HeldPosting]) -> frozenset[str]:
    """Several delegations of one posting add up; one that names no verbs covers all."""
    if any(not posting.verbs for posting in held):
        return frozenset()
    return frozenset().union(*(posting.verbs for posting in held))
