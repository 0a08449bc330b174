"""The leader signs with a key that asks for factors: one consent for everything chosen, one transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from onestop.accounts.rules import Principal
from onestop.dossiers.rules.states import Verb
from onestop.errors import OneStopError, Unavailable
from onestop.process.operations.bulk import Outcome, Seen
from onestop.process.operations.steps import move_on
from onestop.signing.operations.leading import Draft, Opened, draft_result, keep_signed, open_for_leader
from onestop.trust import ports


@transaction.atomic
def sign_with_factors(
    *, codes: Iterable[str], factors: Mapping[str, str], by: Principal, at: datetime, seen: Seen | None = None
) -> tuple[Outcome, ...]:
    """Sign and approve several as `sign_and_approve` does, after what the holder typed: at most `Consent.at_once`.

    What may not be signed is left out before the key is asked, and its outcome says why; for the rest it is all or
    nothing. The factors are handed on once and kept nowhere. Raises `Unavailable` (`key.refused`, `key.locked`,
    `keys.down`): then every dossier is as it was.
    """
    seen, outcomes, opened = seen or {}, {}, []
    for code in sorted(set(codes)):  # one order for everybody, and all locked before a number is taken
        try:
            opened.append(open_for_leader(code=code, by=by, at=at, seen=seen.get(code)))
        except OneStopError as error:
            outcomes[code] = Outcome(code, error)
    drafted: list[tuple[Opened, Draft | None]] = []
    for one in sorted(opened, key=_series):
        try:
            with transaction.atomic():  # a number taken for nothing is given back
                drafted.append((one, draft_result(one, by, at)))
        except OneStopError as error:
            outcomes[one.dossier.code] = Outcome(one.dossier.code, error)
    signatures = iter(_consented([draft for _, draft in drafted if draft is not None], factors))
    for one, draft in drafted:
        if draft is not None:
            keep_signed(one, draft, next(signatures), by, at)
        move_on(one.dossier, one.step, Verb.APPROVE, by, at, {})
        outcomes[one.dossier.code] = Outcome(one.dossier.code)
    return tuple(outcomes[code] for code in sorted(outcomes))


def _consented(drafts: list[Draft], factors: Mapping[str, str]) -> tuple[bytes, ...]:
    """Ask once for all signatures."""
    if not drafts:
        return ()
    keys, key = ports.keys(), drafts[0].prepared.key
    consent = keys.consent(key)
    if consent is not None and not consent.asks:
        raise Unavailable("key.asks_telephone", key=key)
    request = keys.request(key, *(draft.prepared.digest for draft in drafts))
    signatures = keys.collect_all(keys.confirm(request, factors))
    if signatures is None:
        raise Unavailable("key.refused", key=key)
    return signatures


def _series(opened: Opened) -> tuple[str, str]:
    return (opened.paper.series if opened.paper else "", opened.dossier.code)
