"""Nothing the state already holds is asked for twice (không yêu cầu lại giấy tờ, dữ liệu nhà nước đã có).

Sources: Decree 47/2020/NĐ-CP Art 5(2), 9(3); Decree 224/2026/NĐ-CP Art 15(1)(d), 18(4); Decree 309/2026/NĐ-CP
Art 4(2a): an officer uses the data instead, and may ask only if the database fails or its data are wrong.

All findings are returned, in the order of the catalogue. They are places to look, for a reviewer with a name: whether
a paper may go is decided by the authority that issued the procedure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from onestop.catalogue.rules.content import ProcedureContent, RequiredDocument
from onestop.catalogue.rules.forms import Form
from onestop.catalogue.rules.kinds import DocumentKind
from onestop.catalogue.rules.words import fold

PAPERS = (DocumentKind.SUBMIT, DocumentKind.PRESENT)
ISSUED = "RESULT"  # the database of settlement results: what an authority has issued itself


class Kind(StrEnum):
    """What is wrong with asking (loại phát hiện)."""

    REPLACEABLE = "replaceable"  # the source itself says that data replace the paper, and it is still a component
    HELD = "held"  # a database of the state holds it
    ISSUED_HERE = "issued_here"  # it is the result of another procedure of this catalogue
    ABOLISHED = "abolished"  # the paper exists no longer
    ASKED_TWICE = "asked_twice"  # two papers that everybody hands in are answered by one database
    TYPED_AGAIN = "typed_again"  # a field of the e-form that a database answers, and that is not filled in before


@dataclass(frozen=True, slots=True)
class Holding:
    """What one database holds: `papers` and `fields` are folded words, `but_not` words that mean something else."""

    database: str
    law: str
    since: date
    papers: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    abolished: bool = False

    def names_paper(self, folded: str) -> bool:
        """True if a paper of this folded name is one that the database holds."""
        return _has(folded, self.papers) and not _has(folded, self.but_not)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that need not be asked: in which procedure, which component or field, why, and by which law.

    `databases` are codes; `other` is the code of the procedure that issues the paper, or the second component.
    """

    procedure: str
    subject: str
    name: str
    kind: Kind
    databases: tuple[str, ...]
    law: str
    other: str = ""


def review(
    contents: Sequence[ProcedureContent], forms: Mapping[str, Form], holdings: Sequence[Holding], *, on: date
) -> tuple[Finding, ...]:
    """Return everything that these procedures and their forms (by procedure) ask although the state holds it.

    `on` is the day of the review: holdings that are not yet law are left out.
    """
    valid = tuple(holding for holding in holdings if holding.since <= on)
    issued = _issued(contents)
    found: list[Finding] = []
    for content in contents:
        found += _papers(content, valid, issued)
        found += _twice(content)
        found += _typed(content.code, forms.get(content.code), valid)
    return tuple(found)


def _papers(
    content: ProcedureContent, holdings: Sequence[Holding], issued: Mapping[str, str]
) -> Iterator[Finding]:  # each paper once, by the strongest reason
    for paper in content.components:
        if paper.kind in PAPERS:
            finding = _paper(content.code, paper, holdings, issued)
            if finding is not None:
                yield finding


def _paper(
    procedure: str, paper: RequiredDocument, holdings: Sequence[Holding], issued: Mapping[str, str]
) -> Finding | None:
    name = paper.names["vi"]
    folded = fold(name)
    held = [holding for holding in holdings if holding.names_paper(folded)]
    law = held[0].law if held else next((h.law for h in holdings if h.database in paper.reuse_from), "")
    gone = next((holding for holding in held if holding.abolished), None)
    if gone is not None:
        return Finding(procedure, paper.code, name, Kind.ABOLISHED, (gone.database,), gone.law)
    if paper.reuse_from and paper.reuse_stated:
        return Finding(procedure, paper.code, name, Kind.REPLACEABLE, paper.reuse_from, law)
    issuer = next((code for result, code in issued.items() if _has(folded, (result,)) and code != procedure), "")
    if issuer or ISSUED in paper.reuse_from:
        return Finding(procedure, paper.code, name, Kind.ISSUED_HERE, paper.reuse_from or (ISSUED,), law, issuer)
    if held or paper.reuse_from:
        databases = paper.reuse_from or tuple(dict.fromkeys(holding.database for holding in held))
        return Finding(procedure, paper.code, name, Kind.HELD, databases, law)
    return None


def _twice(content: ProcedureContent) -> Iterator[Finding]:
    everybodys = [p for p in content.components if p.kind in PAPERS and p.condition is None and p.reuse_from]
    for first, second in combinations(everybodys, 2):
        both = tuple(database for database in first.reuse_from if database in second.reuse_from)
        if both and first.code != second.code:
            yield Finding(content.code, second.code, second.names["vi"], Kind.ASKED_TWICE, both, "", first.code)


def _typed(procedure: str, form: Form | None, holdings: Sequence[Holding]) -> Iterator[Finding]:
    """Fields about the applicant: the account that files proves who it is, so the database can answer."""
    if form is None:
        return
    for field in form.fields:
        if not field.key.startswith("applicant_") or field.prefill or field.reuse or field.derived_from:
            continue
        label = fold(field.label["vi"])
        for holding in holdings:
            if _has(label, holding.fields):
                name = field.label["vi"]
                yield Finding(procedure, field.key, name, Kind.TYPED_AGAIN, (holding.database,), holding.law)
                break


def _issued(contents: Iterable[ProcedureContent]) -> dict[str, str]:
    """Return the folded names of results, each with the first procedure that issues it; short names say too little."""
    issued: dict[str, str] = {}
    for content in contents:
        for result in content.results:
            name = fold(result.names["vi"])
            if len(name.split()) > 2:
                issued.setdefault(name, content.code)
    return issued


def _has(folded: str, phrases: Iterable[str]) -> bool:
    """True if one of the folded phrases stands in a folded text as whole words."""
    return any(f" {phrase} " in f" {folded} " for phrase in phrases)
