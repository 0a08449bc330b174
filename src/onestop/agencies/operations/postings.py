"""Putting officers into posts, and letting one act for another."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from onestop.accounts.models import Account
from onestop.accounts.rules import Principal
from onestop.agencies.models import Delegation, Post, Posting
from onestop.agencies.operations.authority import refuse_others
from onestop.agencies.rules import ActingForm, Period, find_delegation_faults, is_valid_on
from onestop.errors import Fault, Invalid, NotFound, Refused


@transaction.atomic
def appoint(
    *,
    account_id: int,
    post_code: str,
    held_from: datetime,
    by: Principal,
    at: datetime,
    held_until: datetime | None = None,
    decision_number: str = "",
) -> Posting:
    """Let an account hold a post from a moment on (bố trí vị trí việc làm).

    Raises `Refused` if `by` may not, `NotFound` for account or post, `Invalid` naming everything that hinders it.
    """
    refuse_others(by)
    account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
    post = Post.objects.select_related("unit").filter(code=post_code).first()
    if account is None or post is None:
        raise NotFound("posting.no_such_account_or_post", account_id=account_id, post_code=post_code)
    faults = _appointment_faults(account, post, Period(held_from, held_until))
    if faults:
        raise Invalid("posting.invalid", faults=faults)
    return Posting.objects.create(
        account=account,
        post=post,
        held_from=held_from,
        held_until=held_until,
        decision_number=decision_number,
        recorded_by_id=by.account_id,
        recorded_at=at,
    )


@transaction.atomic
def end_posting(*, posting_id: int, by: Principal, at: datetime, until: datetime | None = None) -> Posting:
    """End a posting at `until`, by default now; delegations from and to it lose their effect by themselves.

    Raises `Refused` if it has ended already or had not begun.
    """
    refuse_others(by)
    posting = _lock(posting_id)
    end = until or at
    if end < posting.held_from or (posting.held_until is not None and posting.held_until <= end):
        raise Refused("posting.not_open", posting_id=posting_id)
    posting.held_until = end
    posting.save(update_fields=["held_until"])
    return posting


@transaction.atomic
def delegate(
    *,
    from_posting_id: int,
    to_posting_id: int,
    valid_from: datetime,
    valid_until: datetime,
    form: ActingForm,
    ground: str,
    document_number: str,
    by: Principal,
    at: datetime,
    verbs: frozenset[str] = frozenset(),
) -> Delegation:
    """Let the holder of one posting act in another's post for a term (uỷ quyền); no `verbs` means all.

    By the delegating officer in person, or an administrator. Raises `Refused` or `Invalid` with every fault.
    """
    given, held = _lock(from_posting_id), _lock(to_posting_id)
    refuse_others(by, given.account_id)
    if by.on_behalf_of:
        raise Refused("delegation.not_passed_on")
    faults = find_delegation_faults(
        asked=Period(valid_from, valid_until),
        given=_period(given),
        held=_period(held),
        same_account=given.account_id == held.account_id,
        ground=ground,
        document_number=document_number,
    )
    if faults:
        raise Invalid("delegation.invalid", faults=faults)
    return Delegation.objects.create(
        from_posting=given,
        to_posting=held,
        form=form,
        verbs=sorted(verbs),
        valid_from=valid_from,
        valid_until=valid_until,
        ground=ground.strip(),
        document_number=document_number.strip(),
        recorded_by_id=by.account_id,
        recorded_at=at,
    )


@transaction.atomic
def end_delegation(*, delegation_id: int, by: Principal, at: datetime) -> Delegation:
    """End a delegation now; one that had not begun never takes effect. By the delegating officer or an administrator.

    Raises `Refused` if its term is over already.
    """
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("from_posting")
    delegation = rows.filter(pk=delegation_id).first()
    if delegation is None:
        raise NotFound("delegation.not_found", delegation_id=delegation_id)
    refuse_others(by, delegation.from_posting.account_id)
    if delegation.valid_until <= at:
        raise Refused("delegation.over", delegation_id=delegation_id)
    delegation.valid_until = max(at, delegation.valid_from)
    delegation.save(update_fields=["valid_until"])
    return delegation


def _lock(posting_id: int) -> Posting:
    posting = Posting.objects.select_for_update(of=("self",)).filter(pk=posting_id).first()
    if posting is None:
        raise NotFound("posting.not_found", posting_id=posting_id)
    return posting


def _period(posting: Posting) -> Period:
    return Period(posting.held_from, posting.held_until)


def _appointment_faults(account: Account, post: Post, asked: Period) -> tuple[Fault, ...]:
    faults = []
    if not account.is_active:
        faults.append(Fault("account", "posting.account_closed"))
    if asked.end is not None and asked.end <= asked.start:
        faults.append(Fault("held_until", "posting.ends_before_it_begins"))
    if not is_valid_on(localdate(asked.start), post.unit.valid_from, post.unit.valid_until):
        faults.append(Fault("post", "posting.unit_not_valid", {"unit": post.unit.code}))
    others = Posting.objects.filter(account=account, post=post)
    if any(asked.overlaps(_period(other)) for other in others):
        faults.append(Fault("post", "posting.held_already"))
    return tuple(faults)
