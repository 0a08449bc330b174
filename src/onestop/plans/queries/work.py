"""The work of officials as the journal tells it, for the points of Decree 335/2025: done, failed, late, left undone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from onestop.accounts.rules import Principal
from onestop.agencies.models import Posting
from onestop.agencies.queries import list_officers
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.states import Verb
from onestop.errors import NotFound
from onestop.journal.models import JournalEntry
from onestop.plans.models import GeneralScore
from onestop.plans.queries.scoring import HANDLING, may_see_points, parts_of_led_unit
from onestop.plans.rules.decree_335 import Points, Product, Rating, Results, find_rating, judge_results, total
from onestop.process.queries.templates import get_template
from onestop.process.rules.templates import Template
from onestop.worktime.queries import get_calendar
from onestop.worktime.rules import WorkingCalendar, working_minutes_between

LEADING_ON = (Verb.SUSPEND, Verb.REQUEST_SUPPLEMENT)


@dataclass(frozen=True, slots=True)
class Assessment:
    """An official with results, general criteria as last entered (None: not yet), the whole and the rating."""

    posting_id: int
    account_id: int
    name: str
    post: str
    done: int
    undone: int
    products: tuple[Product, ...]
    results: Results
    general: GeneralScore | None
    points: Points | None
    rating: Rating | None


def assess_unit(*, unit: str, year: int, begin: datetime, end: datetime, by: Principal) -> list[Assessment]:
    """Return every official of a unit and of its parts, for its head: others get `Refused`."""
    officers = list_officers(parts_of_led_unit(unit, by), roles=frozenset(HANDLING), at=end)
    return _assess(list(officers), year, begin, end)


def assess_posting(*, posting_id: int, year: int, begin: datetime, end: datetime, by: Principal) -> Assessment:
    """Return one official: for themselves, and for the head of the unit. Others get `NotFound`."""
    posting = Posting.objects.select_related("account", "post__unit").filter(pk=posting_id).first()
    if posting is None or not may_see_points(posting, by):
        raise NotFound("score.unknown")
    return _assess([posting], year, begin, end)[0]


def _assess(postings: Sequence[Posting], year: int, begin: datetime, end: datetime) -> list[Assessment]:
    work = _list_work({f"officer:{posting.account_id}" for posting in postings}, begin, end)
    undone, general = _count_undone(postings, end), _general(postings, year, end)
    found = []
    for posting in postings:
        products = tuple(work.get(f"officer:{posting.account_id}", ()))
        results = judge_results(products, undone=undone.get(posting.pk, 0))
        entered = general.get(posting.pk)
        points = total(results, entered.points if entered else None)
        found.append(
            Assessment(
                posting_id=posting.pk,
                account_id=posting.account_id,
                name=posting.account.full_name,
                post=posting.post.name(),
                done=len(products),
                undone=undone.get(posting.pk, 0),
                products=products,
                results=results,
                general=entered,
                points=points,
                rating=find_rating(points),
            )
        )
    return found


@dataclass(slots=True)
class _Piece:
    """A piece of work while its dossier's journal is read."""

    step: str
    done_at: list[datetime] = field(default_factory=list)
    failed_at: list[datetime] = field(default_factory=list)
    late: int = 0
    unjudged: int = 0


def _list_work(actors: Collection[str], begin: datetime, end: datetime) -> dict[str, list[Product]]:
    """Return the pieces of work that each actor finished in the period, from three statements."""
    touched = JournalEntry.objects.filter(actor__in=actors, stream__gt=0, at__gte=begin, at__lte=end)
    streams = set(touched.values_list("stream", flat=True))
    dossiers = {item.pk: item for item in Dossier.objects.filter(pk__in=streams)}
    rows = JournalEntry.objects.filter(stream__in=streams, at__lte=end).order_by("stream", "sequence")
    found: dict[str, list[Product]] = {actor: [] for actor in actors}
    for stream, entries in groupby(rows, key=lambda entry: entry.stream):
        dossier = dossiers.get(stream)
        if dossier is None or not dossier.process:
            continue
        for actor, piece in _pieces(dossier, list(entries), begin):
            if actor in found and piece.done_at:
                found[actor].append(_product(dossier, piece))
    return found


def _product(dossier: Dossier, piece: _Piece) -> Product:
    names = get_template(dossier.process).step(piece.step).names
    return Product(dossier.code, piece.step, len(piece.failed_at), piece.late, piece.unjudged, names)


def _pieces(dossier: Dossier, entries: Sequence[JournalEntry], begin: datetime) -> Iterable[tuple[str, _Piece]]:
    """Return who did which step: passes and failures since `begin`.

    A step is left by the deed that moves the dossier on: reception by the acceptance, the last by the return. A deed
    that moves it back fails whoever had left the step it returns to; the revocation of a result fails whoever approved.
    """
    template, judge = get_template(dossier.process), _Judge(dossier, entries)
    pieces: dict[tuple[str, str], _Piece] = {}
    last_at: dict[str, str] = {}
    entered: tuple[datetime, str] | None = (dossier.submitted_at, template.steps[0].code)
    for entry in entries:
        if entry.kind == Verb.REVOKE_RESULT:
            _fail(pieces, last_at, _approval(template), entry, begin)
        step = entry.payload.get("step") or ("" if entry.kind == Verb.RETURN_RESULT else None)
        if step is None:
            continue
        if entry.kind == Verb.SEND_BACK:
            _fail(pieces, last_at, step, entry, begin)
        elif entered is not None:
            since, code = entered
            last_at[code] = entry.actor
            piece = pieces.setdefault((entry.actor, code), _Piece(code))
            if entry.at >= begin:
                piece.done_at.append(entry.at)
                is_late = entry.kind != Verb.RETURN_RESULT and judge.is_late(template, code, since, entry.at)
                piece.late += is_late is True
                piece.unjudged += is_late is None
        entered = (entry.at, step)
    return [(actor, piece) for (actor, _), piece in pieces.items()]


def _fail(
    pieces: dict[tuple[str, str], _Piece], last_at: dict[str, str], step: str, entry: JournalEntry, begin: datetime
) -> None:
    piece = pieces.get((last_at.get(step, ""), step))
    if piece is not None and entry.at >= begin:
        piece.failed_at.append(entry.at)


def _approval(template: Template) -> str:
    return next(step.code for step in reversed(template.steps) if step.kind == "approve")


class _Judge:
    """Says whether a pass took longer than its share of the whole time; nothing of dossiers whose clock stood still.

    A step for which the template sets no time cannot be late; nor can the return, which waits for the applicant.
    """

    def __init__(self, dossier: Dossier, entries: Sequence[JournalEntry]) -> None:
        self.calendar: WorkingCalendar = get_calendar()
        stood_still = dossier.supplements or any(entry.kind in LEADING_ON for entry in entries)
        self.whole: int | None = None
        if not stood_still and dossier.clock_from is not None and dossier.due_at is not None:
            self.whole = working_minutes_between(self.calendar, dossier.clock_from, dossier.due_at)

    def is_late(self, template: Template, code: str, since: datetime, at: datetime) -> bool | None:
        if self.whole is None:
            return None
        given = template.share_of(template.step(code), self.whole)
        return given is not None and working_minutes_between(self.calendar, since, at) > given


def _count_undone(postings: Collection[Posting], end: datetime) -> dict[int, int]:
    """Return how many dossiers lie at a post beyond the time of their step."""
    rows = Dossier.objects.filter(assignee__in=postings, finished_at=None, step_due_at__lt=end)
    found: dict[int, int] = {}
    for posting_id in rows.values_list("assignee_id", flat=True):
        if posting_id is not None:
            found[posting_id] = found.get(posting_id, 0) + 1
    return found


def _general(postings: Collection[Posting], year: int, end: datetime) -> dict[int, GeneralScore]:
    rows = GeneralScore.objects.select_related("given_by__account").filter(
        posting__in=postings, year=year, given_at__lte=end
    )
    return {row.posting_id: row for row in rows.order_by("given_at", "id")}
