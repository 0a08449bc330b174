"""By which words a procedure is found: the search columns, computed here and never by the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from onestop.catalogue.rules.kinds import Names
from onestop.catalogue.rules.words import accented, core_of, searched

LONGEST = 1600


@dataclass(frozen=True, slots=True)
class SearchColumns:
    """The columns of one procedure: `search_name` Vietnamese without marks, `search_accented` with them,
    `search_other` English, Urdu and everyday phrases, each between bars, `search_words` every word once.
    """

    search_name: str
    search_accented: str
    search_other: str
    search_words: str


def search_columns(code: str, names: Names, sector: Names, everyday: Iterable[str] = ()) -> SearchColumns:
    """Compute the search columns. `everyday` are phrases people use for it (`sổ đỏ`, `làm khai sinh`)."""
    name = core_of(searched(names["vi"]))[:LONGEST]
    others = [searched(names[language]) for language in ("en", "ur") if names.get(language)]
    others += [searched(phrase) for phrase in everyday]
    all_words = [code, *searched(names["vi"]).split(), *" ".join(others).split()]
    all_words += [word for language in ("vi", "en", "ur") for word in searched(sector.get(language, "")).split()]
    return SearchColumns(
        search_name=name,
        search_accented=accented(names["vi"])[:LONGEST],
        search_other="".join(f"|{phrase}" for phrase in others)[:2398] + "|" if others else "",
        search_words=" ".join(dict.fromkeys(all_words)),
    )
