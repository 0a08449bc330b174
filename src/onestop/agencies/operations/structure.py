"""Units ending and being taken over by others."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.functions import RandomUUID
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_default_timezone

from onestop.accounts.rules import Principal
from onestop.agencies.models import Posting, Structure, Succession, Unit
from onestop.agencies.operations.authority import refuse_others
from onestop.agencies.rules import SuccessionShare
from onestop.errors import Fault, Invalid, NotFound

Heir = tuple[str, SuccessionShare, bool]
"""A successor's code, its share, and whether it is the main one."""


@transaction.atomic
def succeed(
    *, predecessor_code: str, heirs: Sequence[Heir], on: date, ground: str, by: Principal, at: datetime
) -> list[Succession]:
    """End a unit, and all below it, at the beginning of the day `on`; `heirs` take it over (kế thừa, sáp nhập).

    Postings in these units end with them. A merger is this, done for each of the units merged. Raises `Invalid`
    unless there is one whole heir, or several parts with one main among them; `NotFound` for unknown codes.
    """
    refuse_others(by)
    unit = Unit.objects.select_for_update(of=("self",)).filter(code=predecessor_code).first()
    successors = Unit.objects.in_bulk([code for code, _, _ in heirs], field_name="code")
    if unit is None or len(successors) != len(heirs):
        raise NotFound("unit.not_found", unit=predecessor_code, heirs=[code for code, _, _ in heirs])
    faults = _heir_faults(heirs)
    if faults:
        raise Invalid("succession.invalid", faults=faults)
    _end(unit, on)
    rows = [
        Succession(predecessor=unit, successor=successors[code], share=share, is_main=main, on=on, ground=ground)
        for code, share, main in heirs
    ]
    mark_changed(by=by, at=at)
    return Succession.objects.bulk_create(rows)


def mark_changed(*, by: Principal, at: datetime) -> None:
    """Give the structure a new version, so that no process goes on with an old tree."""
    version: Any = RandomUUID()  # made by the database
    Structure.objects.update_or_create(
        pk=1, defaults={"version": version, "changed_at": at, "changed_by_id": by.account_id}
    )


def _heir_faults(heirs: Sequence[Heir]) -> tuple[Fault, ...]:
    whole = [share for _, share, _ in heirs if share is SuccessionShare.WHOLE]
    faults = []
    if not heirs or (whole and len(heirs) > 1):
        faults.append(Fault("heirs", "succession.one_whole_or_parts"))
    if sum(main for _, _, main in heirs) != 1:
        faults.append(Fault("heirs", "succession.one_main"))
    return tuple(faults)


def _end(unit: Unit, on: date) -> None:
    ending = Unit.objects.filter(path__startswith=unit.path).filter(Q(valid_until=None) | Q(valid_until__gt=on))
    ids = list(ending.values_list("id", flat=True))
    Unit.objects.filter(id__in=ids).update(valid_until=on)
    midnight = datetime.combine(on, time.min, tzinfo=get_default_timezone())
    held = Posting.objects.filter(post__unit_id__in=ids, held_from__lte=midnight)
    held.filter(Q(held_until=None) | Q(held_until__gt=midnight)).update(held_until=midnight)
