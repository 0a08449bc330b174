"""Every sentence a person reads is there in Vietnamese and in Urdu."""

import re
from pathlib import Path

import polib
import pytest

import onestop

SRC = Path(onestop.__file__).parent
FACES = sorted(path.name for path in (SRC / "web").iterdir() if (path / "locale").is_dir())
IN_TEMPLATES = re.compile(r"""{%\s*(?:translate|trans)\s+(?P<q>["'])(?P<text>.*?)(?P=q)""")
IN_CODE = re.compile(r"""\b(?:_|gettext|gettext_lazy|pgettext)\(\s*"((?:[^"\\]|\\.)*)"\s*[,)]""")
IN_BLOCKS = re.compile(r"{%\s*blocktranslate\b(?P<with>.*?)%}(?P<text>.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
PLACE = re.compile(r"%\((\w+)\)[sd]|{(\w+)}")


def in_blocks(template: str) -> set[str]:
    """The texts of `blocktranslate`, singular, as they stand in the catalogues."""
    found = set()
    for block in IN_BLOCKS.finditer(template):
        text = re.split(r"{%\s*plural\s*%}", block["text"])[0]
        if "trimmed" in block["with"].split():
            text = " ".join(line.strip() for line in text.strip().splitlines())
        found.add(re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text.replace("%", "%%")))
    return found


def catalogue(face: str, language: str) -> polib.POFile:
    return polib.pofile(str(SRC / "web" / face / "locale" / language / "LC_MESSAGES" / "django.po"))


def test_every_face_that_speaks_has_both_languages() -> None:
    speaking = {path.relative_to(SRC / "web").parts[0] for path in (SRC / "web").rglob("templates/**/*.html")}
    assert speaking <= set(FACES)
    assert not [
        f"{face}/{language}"
        for face in FACES
        for language in ("vi", "ur")
        if not (SRC / "web" / face / "locale" / language / "LC_MESSAGES" / "django.po").exists()
    ]


@pytest.mark.parametrize("language", ["vi", "ur"])
@pytest.mark.parametrize("face", FACES)
def test_nothing_is_left_untranslated(face: str, language: str) -> None:
    entries = [entry for entry in catalogue(face, language) if not entry.obsolete]
    assert entries
    assert not [entry.msgid for entry in entries if not entry.translated()]


@pytest.mark.parametrize("language", ["vi", "ur"])
@pytest.mark.parametrize("face", FACES)
def test_translations_keep_the_places_for_names_and_numbers(face: str, language: str) -> None:
    def places(text: str) -> set[str]:
        return {a or b for a, b in PLACE.findall(text)}

    wrong = []
    for entry in catalogue(face, language):
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        wanted = places(entry.msgid) | places(entry.msgid_plural or "")
        wrong += [entry.msgid for text in texts if text and not places(text) <= wanted]
        wrong += [entry.msgid for text in texts if text and not entry.msgid_plural and places(text) != wanted]
    assert not wrong


@pytest.mark.parametrize("language", ["vi", "ur"])
def test_every_sentence_in_a_template_has_an_entry(language: str) -> None:
    known = {entry.msgid for face in FACES for entry in catalogue(face, language)}
    missing = set()
    for path in (SRC / "web").rglob("templates/**/*.html"):
        missing |= ({m["text"] for m in IN_TEMPLATES.finditer(path.read_text())} | in_blocks(path.read_text())) - known
    for path in (SRC / "web").rglob("*.py"):
        missing |= {text.replace('\\"', '"').replace("\\n", "\n") for text in IN_CODE.findall(path.read_text())} - known
    assert not missing


def test_urdu_is_written_in_its_own_script() -> None:
    """A translation copied from another language is none."""
    letters = re.compile(r"[A-Za-zà-ỹ]{4,}")
    copied = []
    for face in FACES:
        for entry in catalogue(face, "ur"):
            words = letters.findall(re.sub(r"%\(\w+\)s|{\w+}|<[^>]+>|&\w+;", "", entry.msgstr))
            if words and not re.search(r"[\u0600-\u06ff]", entry.msgstr):
                copied.append(f"{face}: {entry.msgid}")
    assert not copied
