"""The map in `onestop/__init__.py` and the folders say the same."""

import re
from pathlib import Path

import onestop

SRC = Path(onestop.__file__).parent
FOLDERS = {path.name for path in SRC.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
LINES = dict(re.findall(r"^    (\w+) +(\S.*)$", onestop.__doc__ or "", re.MULTILINE))


def test_every_chapter_stands_in_the_map_and_nothing_else() -> None:
    assert set(LINES) == FOLDERS


def test_every_chapter_says_what_it_is_and_its_vietnamese_name() -> None:
    mute = []
    for chapter in sorted(FOLDERS):
        text = (SRC / chapter / "__init__.py").read_text()
        if not text.startswith('"""') or not re.search(r"[à-ỹđ]", text, re.IGNORECASE):
            mute.append(chapter)
    assert not mute, "no docstring with the Vietnamese name"


def test_a_chapter_s_front_page_holds_no_code() -> None:
    found = []
    for init in sorted(SRC.rglob("__init__.py")):
        code = init.read_text().split('"""')[-1] if '"""' in init.read_text() else init.read_text()
        lines = [line for line in code.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        if any(re.match(r"(def|class|async) ", line) for line in lines):
            found.append(str(init.relative_to(SRC)))
    assert not found
