"""Finds every sentence meant for people in code and templates, and adds what a catalogue lacks.

python -m onestop.config.message_ids src/onestop/web/desk     adds empty entries to locale/{vi,ur} of that folder
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po

LANGUAGES = ("vi", "ur")
WORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
IN_TAGS = re.compile(r"""_\((?P<quote>["'])(?P<text>.*?)(?<!\\)(?P=quote)\)""")

Sentence = tuple[str, str, str]  # context, sentence, plural


def find_sentences(folder: Path) -> set[Sentence]:
    """Return every sentence below `folder`: context, sentence, plural; the latter two may be empty."""
    found: set[Sentence] = set()
    for path in sorted(folder.rglob("*.py")):
        found.update(_of_python(path.read_bytes()))
    for path in sorted(folder.rglob("templates/**/*.html")):
        found.update(_of_template(path.read_text(encoding="utf-8")))
    return found


def read_catalogue(folder: Path, language: str) -> Catalog:
    """Return the catalogue of a folder, empty if there is none."""
    path = _path(folder, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as source:
        return read_po(source, locale=language)


def add_missing(folder: Path, language: str) -> int:
    """Add what the catalogue lacks, with empty translations. How many were added."""
    catalogue = read_catalogue(folder, language)
    missing = [item for item in sorted(find_sentences(folder)) if not _has(catalogue, item)]
    for context, sentence, plural in missing:
        catalogue.add((sentence, plural) if plural else sentence, context=context or None)
    path = _path(folder, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    target = io.BytesIO()
    write_po(target, catalogue, width=120, sort_output=False, omit_header=False)
    path.write_bytes(target.getvalue())
    return len(missing)


def _has(catalogue: Catalog, item: Sentence) -> bool:
    context, sentence, plural = item
    return catalogue.get((sentence, plural) if plural else sentence, context or None) is not None


def _path(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def _of_python(source: bytes) -> Iterator[Sentence]:
    for _line, name, told, _comments in extract_python(io.BytesIO(source), WORDS, [], {}):
        said: Any = told  # one sentence, or several with gaps for what is no text
        parts = [part for part in ((said,) if isinstance(said, str) else said) if isinstance(part, str)]
        if not parts or not all(parts):
            continue
        context = parts.pop(0) if "pgettext" in name else ""
        yield context, parts[0], parts[1] if "ngettext" in name or "npgettext" in name else ""


def _of_template(source: str) -> Iterator[Sentence]:
    from django.utils.translation.template import templatize

    flat = "\n".join(line.lstrip() for line in templatize(source).splitlines())  # else read as Python's blocks
    yield from _of_python(flat.encode())
    for found in IN_TAGS.finditer(source):  # {% tag _("word") %}, which templatize passes over
        yield "", found["text"], ""


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    for name in sys.argv[1:]:
        for language in LANGUAGES:
            sys.stderr.write(f"{name} {language}: {add_missing(Path(name), language)} added\n")
