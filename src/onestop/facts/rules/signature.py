"""A dossier reduced to what figures can see of it: which plain facts hold, and the months that periods ask about.

Every test is put together from *atoms*: single comparisons. An atom that does not ask about the begin of the period is
true or false of a dossier at a moment: one bit. An atom that does (`finished_at < period_from`) depends only on the
month of its fact, as long as periods begin with a month. So a dossier is a few bits and a few months, its *signature*;
equal signatures count alike in every figure, for every period. A hundred million dossiers have some thousands of
signatures: each is evaluated once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from onestop.facts.rules.columns import Columns
from onestop.facts.rules.expressions import All, Compare, Expression, Fact, Holds, Known, Not, Some
from onestop.facts.rules.spans import TURNED, find_bound
from onestop.facts.rules.steps import Atom, Steps, Truths, list_steps
from onestop.facts.rules.tally import Numbers

BITS = 62
"""How many atoms go into one word of a signature."""
UNKNOWN = -1_000_000
"""The month of a fact that is unknown: earlier than any real one, also counted from another month."""
ALWAYS = 1_000_000
"""The month of what counts in every period, however late it begins: later than any real one."""
BEGIN = Fact("period_from")
MOVING = ("as_of", "judged_at")


@dataclass(frozen=True)
class Layout:
    """How signatures are written: the bit of each atom, the place of each month, and the tests they answer."""

    tests: tuple[Expression, ...]
    atoms: tuple[Atom, ...]
    begins: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words of bits a signature has, before its months."""
        return -(-len(self.atoms) // BITS)

    @cached_property
    def name(self) -> str:
        """A hash of all this: what was kept under another layout cannot be read by this one."""
        return sha256(repr((self.tests, self.atoms, self.begins)).encode()).hexdigest()

    @cached_property
    def steps(self) -> Steps:
        """How the tests are evaluated."""
        return list_steps(self.tests)

    @cached_property
    def places(self) -> tuple[int | None, ...]:
        """The bit of each of the steps that has one."""
        bits: dict[Expression, int] = {atom: place for place, atom in enumerate(self.atoms)}
        return tuple(bits.get(step.expression) for step in self.steps.all)

    @cached_property
    def columns(self) -> Columns:
        """Where the numbers of each definition lie among those of all tests."""
        return Columns(self.tests)

    @cached_property
    def crossings(self) -> tuple["Crossing", ...]:
        """When the passing of time alone may turn a bit of a dossier."""
        return tuple(dict.fromkeys(crossing for atom in self.atoms for crossing in _crossings(atom)))


@dataclass(frozen=True, slots=True)
class Crossing:
    """Now comes to, or has just passed, so many seconds after the moment of `fact`."""

    fact: str
    seconds: int


def find_layout(tests: Iterable[Expression]) -> Layout:
    """Return the layout of signatures for those of the tests that can be kept.

    Left out is a test that asks for more of the begin of the period than whether a fact lies before it or not.
    """
    kept = tuple(test for test in tests if all(_is_plain(atom) for atom in _atoms(test)))
    found = dict.fromkeys(atom for test in kept for atom in _atoms(test))
    begins = dict.fromkeys(_begin_of(atom)[0] for atom in found if _asks_begin(atom))
    return Layout(kept, tuple(atom for atom in found if not _asks_begin(atom)), tuple(begins))


def spread(layout: Layout, signatures: Numbers) -> Iterator[tuple[Numbers, npt.NDArray[np.int8]]]:
    """Yield, for signatures one a row, months and what each adds to each test in that month.

    What a period counts is the sum over the months from its begin on. A dossier filed in May adds one to "filed" in
    May: periods that begin later do not count it. Only months in which something of the dossier changes add anything.
    """
    rows = len(signatures)
    always = np.full(rows, ALWAYS, dtype=np.int64)
    yield always, evaluate_all(layout, signatures, always).astype(np.int8)
    months = signatures[:, layout.words :]
    for place in range(months.shape[1]):
        month = months[:, place]
        seen = (months[:, :place] == month[:, None]).any(axis=1)
        fresh = np.flatnonzero((month != UNKNOWN) & ~seen)
        if len(fresh):
            at, after = (evaluate_all(layout, signatures[fresh], month[fresh] + late) for late in (0, 1))
            yield _placed(month, fresh), _scattered(at.astype(np.int8) - after.astype(np.int8), fresh, rows)


def evaluate_all(layout: Layout, signatures: Numbers, months: Numbers) -> Truths:
    """Return which tests hold for each signature (row), for a period that begins with its month of `months`."""

    def find(number: int) -> Truths:
        place = layout.places[number]
        if place is not None:
            return (signatures[:, place // BITS] >> (place % BITS) & 1).astype(bool)
        fact, is_before = _begin_of(layout.steps.all[number].expression)
        month = signatures[:, layout.words + layout.begins.index(fact)]
        holds: Truths = (month != UNKNOWN) & ((month < months) if is_before else (month >= months))
        return holds

    return layout.steps.evaluate(len(signatures), find)


def _atoms(test: Expression) -> Iterator[Atom]:
    match test:
        case Not(inner):
            yield from _atoms(inner)
        case All(inner) | Some(inner):
            for item in inner:
                yield from _atoms(item)
        case Compare() | Known() | Holds():
            yield test


def facts_of(test: Expression) -> frozenset[str]:
    """Return the names of all facts that a test asks about."""
    terms = []
    for atom in _atoms(test):
        match atom:
            case Compare(_, left, right):
                terms += [left, right]
            case Known(fact):
                terms.append(fact)
            case Holds(term):
                terms.append(term)
    return frozenset(term.name for term in terms if isinstance(term, Fact))


def _asks_begin(atom: Atom) -> bool:
    return isinstance(atom, Compare) and BEGIN in (atom.left, atom.right)


def _is_plain(atom: Atom) -> bool:
    """True if a bit, or the month of a fact, answers the atom for every period that begins with a month."""
    if not _asks_begin(atom):
        return not _is_unbound(atom)
    assert isinstance(atom, Compare)
    other, sign = (atom.left, atom.sign) if atom.right == BEGIN else (atom.right, TURNED[atom.sign])
    return isinstance(other, Fact) and other.name not in (*MOVING, BEGIN.name) and sign in ("<", ">=")


def _is_unbound(atom: Atom) -> bool:
    """True if a span is compared with something else than a number, so that nobody knows when the answer turns."""
    try:
        find_bound(atom)
    except ValueError:
        return True
    return False


def _crossings(atom: Atom) -> Iterator[Crossing]:
    bound = find_bound(atom)
    if bound:
        span = bound.span
        forward = span.end in MOVING
        for units in bound.thresholds:
            yield Crossing(span.start if forward else span.end, units * span.seconds * (1 if forward else -1))
    elif isinstance(atom, Compare):
        for moving, other in ((atom.left, atom.right), (atom.right, atom.left)):
            if isinstance(moving, Fact) and moving.name in MOVING and isinstance(other, Fact):
                yield Crossing(other.name, 0)


def _begin_of(atom: Expression) -> tuple[str, bool]:
    """Return the fact that an atom holds against the begin of the period, and whether it must lie before it."""
    assert isinstance(atom, Compare)
    if atom.right == BEGIN:
        assert isinstance(atom.left, Fact)
        return atom.left.name, atom.sign == "<"
    assert isinstance(atom.right, Fact)
    return atom.right.name, TURNED[atom.sign] == "<"


def _placed(month: Numbers, fresh: npt.NDArray[np.intp]) -> Numbers:
    found = np.full(len(month), ALWAYS, dtype=np.int64)
    found[fresh] = month[fresh]
    return found


def _scattered(changes: npt.NDArray[np.int8], fresh: npt.NDArray[np.intp], rows: int) -> npt.NDArray[np.int8]:
    found = np.zeros((rows, changes.shape[1]), dtype=np.int8)
    found[fresh] = changes
    return found


def signature_of(layout: Layout, bits: Sequence[bool], months: Sequence[int]) -> list[int]:
    """Return a signature from the truth of each atom and the month of each begin."""
    words = [0] * layout.words
    for place, holds in enumerate(bits):
        words[place // BITS] |= int(holds) << (place % BITS)
    return [*words, *months]
