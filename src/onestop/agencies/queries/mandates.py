"""What is on record about somebody who acts in a post, in one statement."""

from django.db import connection

from onestop.agencies.queries.trees import get_tree_of
from onestop.agencies.rules.mandates import DelegatedTerm, Mandate
from onestop.agencies.rules.units import Period

_SQL = """
SELECT post.role, post.unit_id, (SELECT version FROM agencies_structure LIMIT 1), posting.held_from,
    posting.held_until, posting.account_id = actor.id, actor.is_active AND holder.is_active,
    delegation.valid_from, delegation.valid_until, delegation.verbs, own.held_from, own.held_until
FROM agencies_posting posting
    JOIN agencies_post post ON post.id = posting.post_id
    JOIN accounts_account holder ON holder.id = posting.account_id
    JOIN accounts_account actor ON actor.id = %(account)s
    LEFT JOIN (agencies_delegation delegation
        JOIN agencies_posting own ON own.id = delegation.to_posting_id AND own.account_id = %(account)s)
        ON delegation.from_posting_id = posting.id AND posting.account_id <> actor.id
WHERE posting.id = %(posting)s
"""


def find_mandate(*, account_id: int | None, posting_id: int | None) -> Mandate | None:
    """Return what is on record about an account in a posting, its own or another's; None if there is nothing.

    Whether it holds at a moment is for `find_mandate_faults` to say: past postings and delegations are found too.
    """
    if account_id is None or posting_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"account": account_id, "posting": posting_id})
        rows = cursor.fetchall()
    if not rows:
        return None
    role, unit_id, version, held_from, held_until, own, is_active = rows[0][:7]
    tree = get_tree_of(version)
    delegations = tuple(
        DelegatedTerm(Period(begin, end), frozenset(verbs), Period(since, until))
        for begin, end, verbs, since, until in (row[7:] for row in rows)
        if begin is not None
    )
    return Mandate(
        role=role,
        unit=tree.by_id[unit_id],
        agency=tree.agency_of(unit_id),
        posting=Period(held_from, held_until),
        is_active=is_active,
        delegations=None if own else delegations,
    )
