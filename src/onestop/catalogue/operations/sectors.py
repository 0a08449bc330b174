"""Finding the sector a record names, by its code or its Vietnamese name; making it if it is new."""

import hashlib

from onestop.catalogue import queries
from onestop.catalogue.models import Sector
from onestop.catalogue.rules.facts import SectorFacts
from onestop.catalogue.rules.words import fold, sort_key

LONGEST_CODE = 40


class SectorShelf:
    """The sectors there are, and those made during one import."""

    def __init__(self) -> None:
        self._by_code = {row.code: row for row in Sector.objects.all()}
        self._by_name = {fold(row.names["vi"]): row for row in self._by_code.values()}
        self._vocabulary = {fold(names["vi"]): (code, names) for code, names in queries.vocabulary()["fields"].items()}

    def find(self, facts: SectorFacts) -> Sector:
        """Return the sector, made if need be. A name known under another code stays under that code."""
        name = fold(facts.names["vi"])
        found = self._by_code.get(facts.code) if facts.code else None
        found = found or self._by_name.get(name)
        if found is None:
            code, names = self._vocabulary.get(name, (facts.code or code_from(name), facts.names))
            found = self._by_code.get(code) or Sector.objects.create(
                code=code,
                names=dict(names),
                sort_key=sort_key(names["vi"]),
                national_code=facts.national_code,
            )
            self._by_code[code] = found
        self._by_name[name] = found
        if facts.national_code and not found.national_code:
            found.national_code = facts.national_code
            found.save(update_fields=["national_code"])
        return found


def code_from(folded_name: str) -> str:
    """Return a code made from a folded name: its words with hyphens, shortened with a hash where too long."""
    slug = "-".join(folded_name.replace(".", "").split())
    if len(slug) <= LONGEST_CODE:
        return slug
    return f"{slug[:33].rstrip('-')}-{hashlib.sha256(slug.encode()).hexdigest()[:6]}"
