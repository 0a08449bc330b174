"""Whom an entry concerns: accounts of applicants and of who represents them, of officers, of holders of posts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from onestop.accounts.rules import Role
from onestop.agencies.models import Posting
from onestop.applicants.models import Representation
from onestop.dossiers.models import Dossier
from onestop.journal.models import JournalEntry
from onestop.notices.rules.messages import Audience, Told


@dataclass(frozen=True, slots=True)
class Held:
    """An account for a time: from, until (None: still)."""

    account: int
    begin: datetime
    end: datetime | None

    def at(self, moment: datetime) -> bool:
        """True if it held at that moment."""
        return self.begin <= moment and (self.end is None or moment < self.end)


def find_dossiers(entries: Iterable[JournalEntry]) -> dict[int, Dossier]:
    """Return the dossiers of these entries by stream, with what says whom they concern."""
    streams = {entry.stream for entry in entries if entry.stream > 0}
    rows = Dossier.objects.select_related("applicant", "assignee").only(
        "code", "applicant__account", "assignee__account"
    )
    return rows.in_bulk(streams)


class Recipients:
    """Answers for a handful of entries, read at once."""

    def __init__(self, told: Iterable[tuple[JournalEntry, Told]], dossiers: Mapping[int, Dossier]) -> None:
        self._dossiers = dossiers
        chosen = list(told)
        self._representatives = _representatives({dossier.applicant_id for dossier in dossiers.values()})
        self._posts = _holders_of_posts({post for entry, _ in chosen for post in posts_of(entry)})
        self._openers = _openers({entry.stream for entry, item in chosen if item.audience is Audience.OPENER})
        asked = {entry.payload.get("unit", "") for entry, item in chosen if item.audience is Audience.CONSULTED}
        self._leaders = _leaders(asked)
        self._postings = _accounts_of_postings(
            {entry.payload["posting"] for entry, item in chosen if _names_a_posting(entry, item)}
        )

    def of(self, entry: JournalEntry, told: Told) -> frozenset[int]:
        """Return the accounts that are told of an entry; never the one that did it."""
        found = {held.account for held in self._held(entry, told) if held.at(entry.at)}
        return frozenset(found - {_actor(entry)})

    def _held(self, entry: JournalEntry, told: Told) -> list[Held]:
        match told.audience:
            case Audience.POSTS:
                return [held for post in posts_of(entry) for held in self._posts[post]]
            case Audience.CONSULTED:
                return self._leaders[entry.payload.get("unit", "")]
            case Audience.OPENER:
                return _then(entry, self._openers.get(entry.stream))
            case Audience.ASSIGNEE:
                return _then(entry, self._assignee(entry, told))
            case Audience.APPLICANT:
                applicant = self._dossiers[entry.stream].applicant
                return [*_then(entry, applicant.account_id), *self._representatives[applicant.pk]]

    def _assignee(self, entry: JournalEntry, told: Told) -> int | None:
        """The officer whom the entry names, else the one who has the dossier."""
        if _names_a_posting(entry, told):
            return self._postings.get(entry.payload["posting"])
        assignee = self._dossiers[entry.stream].assignee
        return assignee.account_id if assignee else None


def posts_of(entry: JournalEntry) -> tuple[str, ...]:
    """Return the codes of the posts that an entry names as those to be told."""
    one = entry.payload.get("post", "")
    return tuple(entry.payload.get("posts", [one] if one else []))


def _then(entry: JournalEntry, account: int | None) -> list[Held]:
    """An account, if there is one, at the moment of the entry."""
    return [Held(account, entry.at, None)] if account else []


def _names_a_posting(entry: JournalEntry, told: Told) -> bool:
    return told.audience is Audience.ASSIGNEE and "posting" in entry.payload


def _actor(entry: JournalEntry) -> int:
    kind, _, number = entry.actor.partition(":")
    return int(number) if kind in {"officer", "account"} else 0


def _representatives(applicants: Collection[int]) -> Mapping[int, list[Held]]:
    rows = Representation.objects.filter(principal_id__in=applicants, representative__account__isnull=False)
    found: defaultdict[int, list[Held]] = defaultdict(list)
    columns = ("principal_id", "representative__account_id", "valid_from", "valid_until")
    for principal, account, begin, end in rows.values_list(*columns):
        found[principal].append(Held(account, begin, end))
    return found


def _holders_of_posts(codes: Collection[str]) -> Mapping[str, list[Held]]:
    return _postings(Q(post__code__in=codes), "post__code") if codes else defaultdict(list)


def _leaders(units: Collection[str]) -> Mapping[str, list[Held]]:
    wanted = Q(post__unit__code__in=units, post__role=Role.LEADER)
    return _postings(wanted, "post__unit__code") if units else defaultdict(list)


def _postings(wanted: Q, key: str) -> Mapping[str, list[Held]]:
    rows = Posting.objects.filter(wanted, account__is_active=True)
    found: defaultdict[str, list[Held]] = defaultdict(list)
    for name, account, begin, end in rows.values_list(key, "account_id", "held_from", "held_until"):
        found[name].append(Held(account, begin, end))
    return found


def _accounts_of_postings(ids: Collection[int]) -> dict[int, int]:
    return dict(Posting.objects.filter(pk__in=ids).values_list("pk", "account_id")) if ids else {}


def _openers(streams: Collection[int]) -> dict[int, int]:
    """Return the account that wrote the first entry of each stream for itself; who wrote it as an officer did not."""
    if not streams:
        return {}
    firsts = JournalEntry.objects.filter(stream__in=streams, sequence=1, actor__startswith="account:")
    return {stream: int(actor.partition(":")[2]) for stream, actor in firsts.values_list("stream", "actor")}
