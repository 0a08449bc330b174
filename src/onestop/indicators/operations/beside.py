"""Keeping what is counted beside the cube, as often as its own cost allows."""

from datetime import datetime, timedelta

from django.db import transaction

from onestop.facts.rules.periods import year_start
from onestop.indicators.models import KeptBeside
from onestop.indicators.queries.beside import as_columns, beside_layout, count_all_beside


def keep_beside(*, at: datetime, pause: timedelta) -> bool:
    """Count anew, as of `at`, what is kept of its year. Returns False if that is not `pause` old yet.

    Also False if somebody else is at it. What is kept of other years goes.
    """
    period_from, layout = year_start(at), beside_layout()
    begun = {"layout": "", "as_of": at, "grouped": [], "procedures": {}}
    with transaction.atomic():
        KeptBeside.objects.get_or_create(period_from=period_from, defaults=begun)
        row = KeptBeside.objects.select_for_update(skip_locked=True).filter(period_from=period_from).first()
        if row is None or (row.layout == layout and at - row.as_of < pause):
            return False
        counted = count_all_beside(as_of=at, period_from=period_from)
        KeptBeside.objects.filter(period_from=period_from).update(layout=layout, **as_columns(counted))
        KeptBeside.objects.exclude(period_from=period_from).delete()
    return True
