"""What is kept for ever says nothing about a person: no name, no number, no address, no phone."""

import re
import unicodedata

from onestop.demo import answers, cast
from onestop.journal.models import JournalEntry
from onestop.journal.queries import stored
from onestop.journal.rules import canonical

Codes = dict[str, str]


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def personal() -> set[str]:
    """Everything personal in the demo: of the cast, and what they typed of others."""
    found = set()
    for person in cast.APPLICANTS:
        found |= {person.name, person.personal_id, person.phone, person.address, person.tax_code, person.birth_date}
    found |= {officer.name for officer in cast.OFFICERS}
    typed = [answers.birth(), answers.birth("oanh"), answers.work_permit(), answers.record("binh")]
    for given in typed:
        found |= {str(value) for name, value in given.items() if name.endswith(("_name", "_no", "_pin", "_passport"))}
    return {word for word in found if len(word) > 5}


def test_no_entry_of_the_journal_names_a_person(played: Codes) -> None:
    words = personal()
    assert {"Nguyễn Thị Lan", "022195004321", "Nguyễn Gia Bảo An", "HANS WEBER", "C01X00T47", "0912345678"} <= words
    entries = list(JournalEntry.objects.all())
    assert len(entries) > 80
    text = "\n".join(folded(canonical(stored(row).body).decode()) for row in entries)
    assert [word for word in sorted(words) if folded(word) in text] == []
    assert not re.search(r"(?<![0-9a-f])0\d{9}(?![0-9a-f])", text)  # a phone
    assert not re.search(r"(?<![0-9a-f])\d{12}(?![0-9a-f])", text)  # a personal number


def test_actors_are_numbers_and_posts(played: Codes) -> None:
    for row in JournalEntry.objects.all():
        assert re.fullmatch(r"(officer|account):\d+", row.actor)
        assert bool(row.post) == row.actor.startswith("officer:")
        assert bool(row.unit) == bool(row.post)
